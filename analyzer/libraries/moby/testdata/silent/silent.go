// Package silent asks through moby/moby/client.
package silent

import (
	"context"

	"github.com/containerd/errdefs"
	"github.com/moby/moby/client"
)

func Exists(ctx context.Context, cli client.APIClient, id string) (bool, error) {
	_, err := cli.ContainerInspect(ctx, id, client.ContainerInspectOptions{})
	if errdefs.IsNotFound(err) {
		return false, nil
	}
	return true, err
}

func Up(ctx context.Context, cli *client.Client) bool {
	_, err := cli.Ping(ctx, client.PingOptions{})
	return err == nil
}
