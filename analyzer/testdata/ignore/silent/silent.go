// Package silent accepts findings, in every way.
package silent

import (
	"context"

	"github.com/docker/docker/client"
)

func Trailing(ctx context.Context, cli *client.Client, id string) bool {
	_, err := cli.ContainerInspect(ctx, id)
	return err == nil //errswallow:ignore collapse shown in a status line only
}

func Above(ctx context.Context, cli *client.Client, id string) bool {
	_, err := cli.ContainerInspect(ctx, id)
	//errswallow:ignore collapse shown in a status line only
	return err == nil
}

func AboveOthers(ctx context.Context, cli *client.Client, id string) bool {
	_, err := cli.ContainerInspect(ctx, id)
	//errswallow:ignore collapse shown in a status line only
	// That is all.
	return err == nil
}

// Documented is shown in a status line.
//
//errswallow:ignore collapse shown in a status line only
func Documented(ctx context.Context, cli *client.Client, id, other string) bool {
	if _, err := cli.ContainerInspect(ctx, id); err != nil {
		return false
	}
	_, err := cli.ContainerInspect(ctx, other)
	return err == nil
}

//errswallow:ignore empty shown in a status line only
func Directive(ctx context.Context, cli *client.Client, id string) (string, error) {
	info, err := cli.ContainerInspect(ctx, id)
	if err != nil {
		return "", nil
	}
	return info.ID, nil
}
