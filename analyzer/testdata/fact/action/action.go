// Package action cannot be undone.
package action

import (
	"context"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"
)

func Recreate(ctx context.Context, cli *client.Client, id string) error { // want Recreate:"destroys by ContainerRemove"
	return cli.ContainerRemove(ctx, id, container.RemoveOptions{Force: true})
}

func RestartAll(ctx context.Context, cli *client.Client, ids []string) { // want RestartAll:"destroys by ContainerRemove"
	for _, id := range ids {
		recreate(ctx, cli, id)
	}
}

func recreate(ctx context.Context, cli *client.Client, id string) { // want recreate:"destroys by ContainerRemove"
	_ = Recreate(ctx, cli, id)
}
