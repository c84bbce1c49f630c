package silent

import (
	"context"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"
)

func up(ctx context.Context, cli *client.Client, id string) (bool, error) {
	info, err := cli.ContainerInspect(ctx, id)
	if err != nil {
		return false, err
	}
	return info.State.Running, nil
}

// It is removed by force, whether it was stopped before or not.
func Cleanup(ctx context.Context, cli *client.Client, id string) {
	if running, _ := up(ctx, cli, id); running {
		_ = cli.ContainerStop(ctx, id, container.StopOptions{})
	}
	_ = cli.ContainerRemove(ctx, id, container.RemoveOptions{Force: true})
}
