package silent

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

// A fault is waited for as a container that runs is.
func Clean(ctx context.Context, cli *client.Client, id string) error {
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Second):
			if up, err := running(ctx, cli, id); err == nil && !up {
				return cli.ContainerRemove(ctx, id, container.RemoveOptions{})
			}
		}
	}
}
