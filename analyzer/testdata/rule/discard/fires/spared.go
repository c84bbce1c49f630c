package fires

import (
	"context"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"
)

// The caller of a removal that answers nil for a fault takes the container for gone.
func RemoveStopped(ctx context.Context, cli *client.Client, id string) error {
	if running, _ := up(ctx, cli, id); running { // want `RemoveStopped: drops the error of up \(ContainerInspect\) and decides .* \(discard\)`
		return cli.ContainerStop(ctx, id, container.StopOptions{})
	}
	return nil
}
