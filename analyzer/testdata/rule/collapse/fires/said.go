package fires

import (
	"context"
	"errors"
	"fmt"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"
)

// Who is told "not found" in words looks no further.
func Described(ctx context.Context, cli *client.Client, id string) (container.InspectResponse, error) {
	info, err := cli.ContainerInspect(ctx, id)
	if err != nil {
		return info, fmt.Errorf("container %s does not exist", id) // want `Described: answers \(container\.InspectResponse{}, "container %s does not exist"\), as for a container that does not exist, when ContainerInspect times out \(collapse\)`
	}
	return info, nil
}

func MustHave(ctx context.Context, cli *client.Client, id string) error {
	if _, err := cli.ContainerInspect(ctx, id); err != nil {
		return errors.New("no such container") // want `MustHave: answers "no such container", .* \(collapse\)`
	}
	return nil
}

// An error of what is there alone permits by nil.
func NameFree(ctx context.Context, cli *client.Client, name string) error {
	if _, err := cli.ContainerInspect(ctx, name); err == nil {
		return errors.New("taken")
	}
	return nil // want `NameFree: answers nil, as for a container that does not exist, .* \(collapse\)`
}
