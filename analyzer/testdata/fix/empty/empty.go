// Package empty has the shapes that a fix of empty tells apart.
package empty

import (
	"context"
	"log"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"
)

func List(ctx context.Context, cli *client.Client) ([]container.Summary, error) {
	list, err := cli.ContainerList(ctx, container.ListOptions{})
	if err != nil {
		log.Print(err)
		return nil, nil // want `\(empty\)`
	}
	return list, nil
}

func Inspect(ctx context.Context, cli *client.Client, id string) (container.InspectResponse, error) {
	info, err := cli.ContainerInspect(ctx, id)
	if err != nil {
		return container.InspectResponse{}, nil // want `\(empty\)`
	}
	return info, nil
}

func ID(ctx context.Context, cli *client.Client, name string) (string, error) {
	info, err := cli.ContainerInspect(ctx, name)
	if err == nil {
		return info.ID, nil
	}
	return "", nil // want `\(empty\)`
}
