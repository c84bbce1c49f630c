package fires

import (
	"context"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"

	"testdata/fact/rows"
)

func names(ctx context.Context, cli *client.Client) ([]string, error) {
	var all []string
	err := rows.Each(ctx, cli, func(list []container.Summary) error {
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
