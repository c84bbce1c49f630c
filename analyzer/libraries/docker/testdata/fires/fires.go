// Package fires asks the Docker engine, and takes no answer for absence.
package fires

import (
	"context"

	"github.com/docker/docker/client"
)

func IsRunning(ctx context.Context, cli *client.Client, id string) (bool, error) {
	info, err := cli.ContainerInspect(ctx, id)
	if err != nil {
		return false, nil // want `IsRunning: answers \(false, nil\), as for a container that does not exist, when ContainerInspect times out \(collapse\)`
	}
	return info.State.Running, nil
}
