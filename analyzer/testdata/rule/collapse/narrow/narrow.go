// Package narrow knows of the client only the types that it answers.
package narrow

import (
	"context"

	"github.com/docker/docker/api/types/container"
)

type inspector interface {
	ContainerInspect(ctx context.Context, id string) (container.InspectResponse, error)
}

func IsRunning(ctx context.Context, cli inspector, id string) bool {
	info, err := cli.ContainerInspect(ctx, id)
	return err == nil && info.State.Running // want `IsRunning: answers false, .* \(collapse\)`
}

// The interface is not asked for what the client is.
type catalogue interface {
	Labels(info container.InspectResponse) (map[string]string, error)
}

func Labelled(c catalogue, info container.InspectResponse) bool {
	_, err := c.Labels(info)
	return err == nil
}
