package silent

import (
	"context"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"

	"testdata/fact/rows"
)

func Named(ctx context.Context, cli *client.Client, name string) (named bool, err error) {
	err = rows.Each(ctx, cli, func(list []container.Summary) error {
		named = len(list) > 0 && list[0].ID == name
		return nil
	})
	return named, err
}
