package fires

import (
	"context"
	"errors"
	"time"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"
)

// A wait that ends well for a fault, and by its deadline as long as the container is there.
func removeAndWait(ctx context.Context, cli *client.Client, id string, deadline time.Time) error {
	if err := cli.ContainerRemove(ctx, id, container.RemoveOptions{}); err != nil {
		return err
	}
	for {
		if _, err := cli.ContainerInspect(ctx, id); err != nil {
			break
		}
		if time.Now().After(deadline) {
			return errors.New("the container is still there")
		}
		time.Sleep(time.Second)
	}
	return nil // want `removeAndWait: answers nil, as for a container that does not exist, when ContainerInspect times out \(collapse\)`
}
