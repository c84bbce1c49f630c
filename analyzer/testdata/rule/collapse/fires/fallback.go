package fires

import (
	"context"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"
)

// Both are asked, whatever the first answers: the second is asked for something else.
func BothAsked(ctx context.Context, cli *client.Client, id string) (bool, error) {
	info, err := cli.ContainerInspect(ctx, id)
	_, listErr := cli.ContainerList(ctx, container.ListOptions{})
	if err == nil && info.State.Running {
		return true, nil
	}
	if listErr != nil {
		return false, listErr
	}
	return false, nil // want `BothAsked: answers \(false, nil\), as for a container that does not exist, when ContainerInspect times out \(collapse\)`
}
