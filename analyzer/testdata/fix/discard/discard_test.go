package discard

import (
	"testing"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"
)

func TestNone(t *testing.T) {
	cli, err := client.NewClientWithOpts(client.FromEnv)
	if err != nil {
		t.Fatal(err)
	}
	list, _ := cli.ContainerList(t.Context(), container.ListOptions{}) // want `\(discard\)`
	if len(list) == 0 {
		cli.ContainerStart(t.Context(), "one", container.StartOptions{})
	}
}
