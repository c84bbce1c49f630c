package fires

import (
	"context"
	"time"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"
)

func running(ctx context.Context, cli *client.Client, id string) (bool, error) {
	info, err := cli.ContainerInspect(ctx, id)
	if err != nil {
		return false, err
	}
	return info.State.Running, nil
}

// A fault ends the waiting, and what still runs is removed. Which channel is ready may be
// another in each turn.
func Clean(ctx context.Context, cli *client.Client, id string) error {
	up := true
loop:
	for up {
		select {
		case <-ctx.Done():
			break loop
		case <-time.After(time.Second):
			up, _ = running(ctx, cli, id)
		}
	}
	if up {
		return nil
	}
	return cli.ContainerRemove(ctx, id, container.RemoveOptions{}) // want `Clean: calls ContainerRemove, as for a container that does not exist, when running \(ContainerInspect\) times out \(destroy\)`
}
