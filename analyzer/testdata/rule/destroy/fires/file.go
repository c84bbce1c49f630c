package fires

import (
	"context"
	"os"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"
)

// The folder may stand on a disk that hangs.
func collect(ctx context.Context, cli *client.Client, folders map[string]string) {
	for id, dir := range folders {
		if _, err := os.Stat(dir); err != nil {
			cli.ContainerRemove(ctx, id, container.RemoveOptions{Force: true}) // want `collect: calls ContainerRemove, as for a file that does not exist, when Stat is not permitted \(destroy\)`
		}
	}
}
