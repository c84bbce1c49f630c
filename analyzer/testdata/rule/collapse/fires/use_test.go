package fires

import (
	"context"
	"testing"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"
)

func TestStarted(t *testing.T) {
	ctx := context.Background()
	cli, err := client.NewClientWithOpts()
	if err != nil {
		t.Fatal(err)
	}
	if Started(ctx, cli, "a") {
		cli.ContainerRemove(ctx, "a", container.RemoveOptions{})
	}
}
