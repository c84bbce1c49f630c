package silent

import (
	"context"
	"testing"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"
)

// A test that goes wrong is seen.
func TestRunning(t *testing.T) {
	cli := &client.Client{}
	info, _ := cli.ContainerInspect(context.Background(), "a")
	if !info.State.Running {
		t.Error("not running")
	}
	if list, _ := cli.ContainerList(context.Background(), container.ListOptions{}); len(list) > 0 {
		cli.ContainerRemove(context.Background(), list[0].ID, container.RemoveOptions{})
	}
}

// So is what a helper of tests answers.
func present(ctx context.Context, cli *client.Client) bool {
	list, _ := cli.ContainerList(ctx, container.ListOptions{})
	return len(list) > 0
}
