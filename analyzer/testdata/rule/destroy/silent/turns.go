package silent

import (
	"context"
	"time"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/api/types/network"
	"github.com/docker/docker/api/types/volume"
	"github.com/docker/docker/client"
)

func running(ctx context.Context, cli *client.Client, id string) (bool, error) {
	info, err := cli.ContainerInspect(ctx, id)
	if err != nil {
		return false, err
	}
	return info.State.Running, nil
}

// A fault is waited for as a container that runs is.
func Clean(ctx context.Context, cli *client.Client, id string) error {
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Second):
			if up, err := running(ctx, cli, id); err == nil && !up {
				return cli.ContainerRemove(ctx, id, container.RemoveOptions{})
			}
		}
	}
}

// What is not needed is removed by its own list, whatever became of the first one: that the
// function knows nothing to be needed yet, where it has taken no turn, is no reason.
func Prune(ctx context.Context, cli *client.Client, names []string) error {
	needed := map[string]bool{}
	for _, name := range names {
		needed[name] = true
	}
	if volumes, err := cli.VolumeList(ctx, volume.ListOptions{}); err == nil {
		for _, v := range volumes.Volumes {
			if !needed[v.Name] {
				cli.VolumeRemove(ctx, v.Name, false)
			}
		}
	}
	if networks, err := cli.NetworkList(ctx, network.ListOptions{}); err == nil {
		for _, n := range networks {
			if !needed[n.Name] {
				cli.NetworkRemove(ctx, n.ID)
			}
		}
	}
	return nil
}
