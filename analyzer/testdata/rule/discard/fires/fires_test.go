package fires

import (
	"context"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"
)

// What a helper answers goes on.
func present(ctx context.Context, cli *client.Client) bool {
	list, _ := cli.ContainerList(ctx, container.ListOptions{}) // want `present: drops the error of ContainerList and answers false, .* \(discard\)`
	return len(list) > 0
}
