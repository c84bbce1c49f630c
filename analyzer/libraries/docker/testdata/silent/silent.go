// Package silent tells absence from a fault.
package silent

import (
	"context"

	"github.com/containerd/errdefs"
	"github.com/docker/docker/client"
)

func IsRunning(ctx context.Context, cli *client.Client, id string) (bool, error) {
	info, err := cli.ContainerInspect(ctx, id)
	if errdefs.IsNotFound(err) {
		return false, nil
	}
	if err != nil {
		return true, err
	}
	return info.State.Running, nil
}
