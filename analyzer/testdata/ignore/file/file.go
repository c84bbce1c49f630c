//errswallow:ignore collapse a fake of the tests

// Package file accepts the findings of a whole file.
package file

import (
	"context"

	"github.com/docker/docker/client"
)

func One(ctx context.Context, cli *client.Client, id string) bool {
	_, err := cli.ContainerInspect(ctx, id)
	return err == nil
}

func Two(ctx context.Context, cli *client.Client, id string) bool {
	_, err := cli.ContainerInspect(ctx, id)
	return err == nil
}
