// Package silent asks through containerd's client.
package silent

import (
	"context"

	"github.com/containerd/containerd/v2/client"
	"github.com/containerd/errdefs"
)

func Exists(ctx context.Context, cli *client.Client, id string) (bool, error) {
	_, err := cli.LoadContainer(ctx, id)
	if errdefs.IsNotFound(err) {
		return false, nil
	}
	return true, err
}

func Serving(ctx context.Context, cli *client.Client) bool {
	ok, err := cli.IsServing(ctx)
	return ok && err == nil
}
