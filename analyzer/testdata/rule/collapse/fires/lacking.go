package fires

import (
	"context"
	"log"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"
)

// The new container lacks what the old one has: only a line in a log says so.
func recreate(ctx context.Context, cli *client.Client, old, name string) error {
	hosts := &container.HostConfig{}
	found, err := cli.ContainerInspect(ctx, old)
	if err != nil {
		log.Printf("the old container cannot be read: %v", err)
	} else {
		hosts.Binds = found.HostConfig.Binds
	}
	_, err = cli.ContainerCreate(ctx, nil, hosts, nil, nil, name) // want `recreate: calls ContainerCreate without what ContainerInspect answers, as for a container that does not exist, when ContainerInspect times out \(collapse\)`
	return err
}
