package fires

import (
	"context"
	"errors"
	"log"

	"github.com/containerd/errdefs"
	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"
)

// It goes on with the other hosts, and nobody is told that one was left out.
func everywhere(ctx context.Context, hosts []*client.Client) (ids []string) {
	for _, cli := range hosts {
		list, err := cli.ContainerList(ctx, container.ListOptions{})
		if err != nil {
			log.Print(err)
			continue
		}
		for _, c := range list {
			ids = append(ids, c.ID)
		}
	}
	return ids // want `everywhere: answers nil, as for a container that does not exist, when ContainerList times out \(collapse\)`
}

var errNotFound = errors.New("not found")

// That something is made of an absence does not make "not found" true of a fault.
func update(ctx context.Context, cli *client.Client, id string, upsert bool) error {
	_, err := cli.ContainerInspect(ctx, id)
	if errdefs.IsNotFound(err) && upsert {
		_, err = cli.ContainerCreate(ctx, &container.Config{}, nil, nil, nil, id)
		return err
	}
	if err != nil {
		return errNotFound // want `update: answers errNotFound, as for a container that does not exist, when ContainerInspect times out \(collapse\)`
	}
	return cli.ContainerStart(ctx, id, container.StartOptions{})
}
