package silent

import (
	"context"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"
)

// Who asks somebody else after a fault answers what that one says.
func FellBack(ctx context.Context, cli, other *client.Client, id string) bool {
	if info, err := cli.ContainerInspect(ctx, id); err == nil {
		return info.State.Running
	}
	list, err := other.ContainerList(ctx, container.ListOptions{})
	if err != nil {
		return true
	}
	for _, c := range list {
		if c.ID == id {
			return true
		}
	}
	return false
}
