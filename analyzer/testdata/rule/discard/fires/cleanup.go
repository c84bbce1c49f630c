package fires

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

// What runs is committed, and only then removed.
func Publish(ctx context.Context, cli *client.Client, id string) error {
	if running, _ := up(ctx, cli, id); running { // want `Publish: drops the error of up \(ContainerInspect\) and decides .* \(discard\)`
		if err := cli.ContainerStop(ctx, id, container.StopOptions{}); err != nil {
			return err
		}
	}
	if _, err := cli.ContainerCommit(ctx, id, container.CommitOptions{}); err != nil {
		return err
	}
	return cli.ContainerRemove(ctx, id, container.RemoveOptions{})
}
