// Package fires has comments that are about something else.
package fires

import (
	"context"

	"github.com/docker/docker/client"
)

func Spaced(ctx context.Context, cli *client.Client, id string) bool {
	_, err := cli.ContainerInspect(ctx, id)
	// errswallow:ignore collapse it looks like one // want `this comment says nothing: want //errswallow:ignore, without a space and after //`
	return err == nil // want `\(collapse\)`
}

func TwoLinesBelow(ctx context.Context, cli *client.Client, id, other string) bool {
	if _, err := cli.ContainerInspect(ctx, id); err != nil {
		return false //errswallow:ignore collapse shown in a status line only
	}
	_, err := cli.ContainerInspect(ctx, other)
	return err == nil // want `\(collapse\)`
}
