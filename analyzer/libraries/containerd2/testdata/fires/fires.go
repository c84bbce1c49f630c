// Package fires asks through containerd's client.
package fires

import (
	"context"

	"github.com/containerd/containerd/v2/client"
)

func Exists(ctx context.Context, cli *client.Client, id string) bool {
	_, err := cli.LoadContainer(ctx, id)
	return err == nil // want `Exists: answers false, .* when LoadContainer times out \(collapse\)`
}

func Running(ctx context.Context, c client.Container) (bool, error) {
	task, err := c.Task(ctx, nil)
	if err != nil {
		return false, nil // want `Running: answers \(false, nil\), as for a task .* \(collapse\)`
	}
	status, err := task.Status(ctx)
	return status.Status == client.Running, err
}
