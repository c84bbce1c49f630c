package fires

import (
	"context"
	"time"

	"github.com/docker/docker/api/types/container"
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

// A fault ends the waiting, and what still runs is removed. Which channel is ready may be
// another in each turn.
func Clean(ctx context.Context, cli *client.Client, id string) error {
	up := true
loop:
	for up {
		select {
		case <-ctx.Done():
			break loop
		case <-time.After(time.Second):
			up, _ = running(ctx, cli, id)
		}
	}
	if up {
		return nil
	}
	return cli.ContainerRemove(ctx, id, container.RemoveOptions{}) // want `Clean: calls ContainerRemove, as for a container that does not exist, when running \(ContainerInspect\) times out \(destroy\)`
}

// What could not be asked is not needed.
func Prune(ctx context.Context, cli *client.Client, names []string) error {
	needed := map[string]bool{}
	for _, name := range names {
		if up, err := running(ctx, cli, name); err == nil && up {
			needed[name] = true
		}
	}
	volumes, err := cli.VolumeList(ctx, volume.ListOptions{})
	if err != nil {
		return err
	}
	for _, v := range volumes.Volumes {
		if !needed[v.Name] {
			cli.VolumeRemove(ctx, v.Name, false) // want `Prune: calls VolumeRemove, as for a container that does not exist, when running \(ContainerInspect\) times out \(destroy\)`
		}
	}
	return nil
}
