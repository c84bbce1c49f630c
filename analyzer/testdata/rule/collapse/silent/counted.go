package silent

import (
	"context"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"
)

func busy(ctx context.Context, cli *client.Client) (int, error) {
	list, err := cli.ContainerList(ctx, container.ListOptions{})
	if err != nil {
		return 0, err
	}
	n := 0
	for range list {
		n++
	}
	return n, nil
}

func Drained(ctx context.Context, cli *client.Client) (string, error) {
	n, err := busy(ctx, cli)
	if err != nil {
		return "", err
	}
	if n == 0 {
		return "stopped", nil
	}
	return "running", nil
}
