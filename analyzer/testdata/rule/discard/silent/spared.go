package silent

import (
	"context"
	"log"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"
)

// What is not removed under a fault, by a function that says so and answers nothing, is removed
// the next time.
func pruneExcess(ctx context.Context, cli *client.Client) {
	list, err := cli.ContainerList(ctx, container.ListOptions{})
	if err != nil {
		log.Print(err)
	}
	if len(list) < 10 {
		return
	}
	if err := cli.ContainerRemove(ctx, list[0].ID, container.RemoveOptions{}); err != nil {
		log.Print(err)
	}
}
