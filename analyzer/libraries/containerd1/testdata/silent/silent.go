// Package silent asks through containerd's containerd.
package silent

import (
	"context"

	"github.com/containerd/containerd"
	"github.com/containerd/containerd/errdefs"
)

func Exists(ctx context.Context, cli *containerd.Client, id string) (bool, error) {
	_, err := cli.LoadContainer(ctx, id)
	if errdefs.IsNotFound(err) {
		return false, nil
	}
	return true, err
}

func Serving(ctx context.Context, cli *containerd.Client) bool {
	ok, err := cli.IsServing(ctx)
	return ok && err == nil
}
