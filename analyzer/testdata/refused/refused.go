// Package refused has bugs that there are wrong ways to mend: those of TestMends.
package refused

import (
	"context"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"
	"github.com/docker/docker/errdefs"
)

// Ensure creates a container that may be there.
func Ensure(ctx context.Context, cli *client.Client, name string) error {
	info, _ := cli.ContainerInspect(ctx, name)
	if info.ContainerJSONBase == nil {
		_, err := cli.ContainerCreate(ctx, &container.Config{}, nil, nil, nil, name)
		return err
	}
	return nil
}

// IsRunning is told false of a fault.
func IsRunning(ctx context.Context, cli *client.Client, id string) bool {
	info, err := cli.ContainerInspect(ctx, id)
	if err != nil {
		return false
	}
	return info.State.Running
}

// A Cache keeps what it was told.
type Cache struct{ running map[string]bool }

// Look keeps a wrong answer before it is given.
func (c *Cache) Look(ctx context.Context, cli *client.Client, id string) (bool, error) {
	info, err := cli.ContainerInspect(ctx, id)
	if err != nil {
		c.running[id] = false
		return false, nil
	}
	c.running[id] = info.State.Running
	return info.State.Running, nil
}

// Exists does not tell an absence from a fault.
func Exists(ctx context.Context, cli *client.Client, id string) (bool, error) {
	_, err := cli.ContainerInspect(ctx, id)
	if err != nil {
		return false, nil
	}
	return true, nil
}

// Reset forgets what it is told at the end.
func Reset(ctx context.Context, cli *client.Client, id string) (running bool, err error) {
	defer func() {
		if !running {
			err = nil
		}
	}()
	_, err = cli.ContainerInspect(ctx, id)
	if err != nil {
		return false, nil
	}
	return true, nil
}

var _ = errdefs.IsNotFound
