package silent

import (
	"context"
	"log"

	"github.com/containerd/errdefs"
	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/api/types/network"
	"github.com/docker/docker/client"
)

// The new container has what the old one has, or is not made.
func recreate(ctx context.Context, cli *client.Client, old, name string) error {
	hosts := &container.HostConfig{}
	found, err := cli.ContainerInspect(ctx, old)
	switch {
	case err == nil:
		hosts.Binds = found.HostConfig.Binds
	case !errdefs.IsNotFound(err):
		return err
	}
	_, err = cli.ContainerCreate(ctx, nil, hosts, &network.NetworkingConfig{}, nil, name)
	return err
}

// What is made has nothing of what was read.
func restartBeside(ctx context.Context, cli *client.Client, old, name string) error {
	found, err := cli.ContainerInspect(ctx, old)
	if err != nil {
		log.Printf("the old container cannot be read: %v", err)
	} else {
		log.Printf("the old container has the image %s", found.Image)
	}
	_, err = cli.ContainerCreate(ctx, nil, &container.HostConfig{}, &network.NetworkingConfig{}, nil, name)
	return err
}
