package silent

import (
	"context"
	"errors"
	"time"

	"github.com/containerd/errdefs"
	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"
)

// Absence alone ends the wait well.
func removeAndWait(ctx context.Context, cli *client.Client, id string, deadline time.Time) error {
	if err := cli.ContainerRemove(ctx, id, container.RemoveOptions{}); err != nil {
		return err
	}
	for {
		if _, err := cli.ContainerInspect(ctx, id); errdefs.IsNotFound(err) {
			break
		}
		if time.Now().After(deadline) {
			return errors.New("the container is still there")
		}
		time.Sleep(time.Second)
	}
	return nil
}

// A container that is there may let this succeed, too.
func waitForChange(ctx context.Context, cli *client.Client, id, image string, deadline time.Time) error {
	for {
		j, err := cli.ContainerInspect(ctx, id)
		if err == nil && j.Image != image {
			return nil
		}
		if time.Now().After(deadline) {
			return errors.New("the image did not change")
		}
		time.Sleep(time.Second)
	}
}
