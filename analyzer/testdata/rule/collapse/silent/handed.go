package silent

import (
	"context"
	"fmt"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"
)

func each(ctx context.Context, cli *client.Client, fn func([]container.Summary) error) error {
	if _, err := cli.Info(ctx); err != nil {
		return err
	}
	list, err := cli.ContainerList(ctx, container.ListOptions{})
	if err != nil {
		return fmt.Errorf("list: %w", err)
	}
	return fn(list)
}

func Named(ctx context.Context, cli *client.Client, name string) (named bool, err error) {
	err = each(ctx, cli, func(list []container.Summary) error {
		named = len(list) > 0 && list[0].ID == name
		return nil
	})
	return named, err
}
