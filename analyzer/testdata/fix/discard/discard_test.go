package discard

import (
	"testing"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"
)

func present(t *testing.T) bool {
	cli, err := client.NewClientWithOpts(client.FromEnv)
	if err != nil {
		t.Fatal(err)
	}
	list, _ := cli.ContainerList(t.Context(), container.ListOptions{}) // want `\(discard\)`
	return len(list) > 0
}
