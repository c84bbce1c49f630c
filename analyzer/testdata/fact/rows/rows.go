// Package rows asks for others, and hands on what it is answered.
package rows

import (
	"context"
	"fmt"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"
)

func Each(ctx context.Context, cli *client.Client, fn func([]container.Summary) error) error { // want Each:"ContainerList fails -> fault"
	if _, err := cli.Info(ctx); err != nil {
		return err
	}
	list, err := cli.ContainerList(ctx, container.ListOptions{})
	if err != nil {
		return fmt.Errorf("list: %w", err)
	}
	return fn(list)
}
