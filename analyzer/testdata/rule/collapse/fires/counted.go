package fires

import (
	"context"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"
)

// busy counts what there is: it asks, for who calls it.
func busy(ctx context.Context, cli *client.Client) (int, error) {
	list, err := cli.ContainerList(ctx, container.ListOptions{})
	if err != nil {
		return 0, err
	}
	n := 0
	for _, c := range list {
		if c.State == container.StateRunning {
			n++
		}
	}
	return n, nil
}

func Drained(ctx context.Context, cli *client.Client) string {
	n, err := busy(ctx, cli)
	if err != nil || n == 0 {
		return "stopped" // want `Drained: answers "stopped", as for a container that does not exist, when busy \(ContainerList\) times out \(collapse\)`
	}
	return "running"
}
