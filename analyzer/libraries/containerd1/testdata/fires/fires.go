// Package fires asks through containerd's containerd.
package fires

import (
	"context"

	"github.com/containerd/containerd"
)

func Exists(ctx context.Context, cli *containerd.Client, id string) bool {
	_, err := cli.LoadContainer(ctx, id)
	return err == nil // want `Exists: answers false, .* when LoadContainer times out \(collapse\)`
}

func Running(ctx context.Context, c containerd.Container) (bool, error) {
	task, err := c.Task(ctx, nil)
	if err != nil {
		return false, nil // want `Running: answers \(false, nil\), as for a task .* \(collapse\)`
	}
	status, err := task.Status(ctx)
	return status.Status == containerd.Running, err
}
