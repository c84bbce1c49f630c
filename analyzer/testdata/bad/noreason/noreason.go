package noreason

import (
	"context"

	"github.com/docker/docker/client"
)

func NoReason(ctx context.Context, cli *client.Client, id string) bool {
	_, err := cli.ContainerInspect(ctx, id)
	return err == nil //errswallow:ignore collapse
}
