package fires

import (
	"context"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"
)

// Replace goes on without the removal of a container that could not be asked for.
func Replace(ctx context.Context, cli *client.Client, name string) error {
	if _, err := cli.ContainerInspect(ctx, name); err == nil {
		return cli.ContainerRemove(ctx, name, container.RemoveOptions{})
	}
	_, err := cli.ContainerCreate(ctx, &container.Config{}, nil, nil, nil, name) // want `Replace: calls ContainerCreate, as for a container that does not exist, when ContainerInspect times out \(destroy\)`
	return err
}
