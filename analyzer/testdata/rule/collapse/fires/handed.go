package fires

import (
	"context"
	"fmt"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"
)

// each asks for others: it hands on what it was answered.
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

func names(ctx context.Context, cli *client.Client) ([]string, error) {
	var all []string
	err := each(ctx, cli, func(list []container.Summary) error {
		for _, c := range list {
			all = append(all, c.Names...)
		}
		return nil
	})
	return all, err
}

func Named(ctx context.Context, cli *client.Client, name string) bool {
	all, err := names(ctx, cli)
	if err != nil {
		return false // want `Named: answers false, as for a container that does not exist, when names \(ContainerList\) times out \(collapse\)`
	}
	return len(all) > 0 && all[0] == name
}
