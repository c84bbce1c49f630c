package silent

import (
	"context"
	"errors"
	"fmt"

	"github.com/containerd/errdefs"
	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"
)

func Described(ctx context.Context, cli *client.Client, id string) (container.InspectResponse, error) {
	info, err := cli.ContainerInspect(ctx, id)
	if errdefs.IsNotFound(err) {
		return info, fmt.Errorf("container %s does not exist", id)
	}
	return info, err
}

// The words do not say that it is absent, and the cause stands beside them.
func MustHave(ctx context.Context, cli *client.Client, id string) error {
	if _, err := cli.ContainerInspect(ctx, id); err != nil {
		return errors.New("cannot say whether the container exists")
	}
	return nil
}

func Caused(ctx context.Context, cli *client.Client, id string) error {
	if _, err := cli.ContainerInspect(ctx, id); err != nil {
		return fmt.Errorf("container not found: %w", err)
	}
	return nil
}

func Printed(ctx context.Context, cli *client.Client, id string) error {
	if _, err := cli.ContainerInspect(ctx, id); err != nil {
		return fmt.Errorf("container not found: %v", err)
	}
	return nil
}

func NameFree(ctx context.Context, cli *client.Client, name string) error {
	_, err := cli.ContainerInspect(ctx, name)
	switch {
	case err == nil:
		return errors.New("taken")
	case errdefs.IsNotFound(err):
		return nil
	}
	return err
}

// A check of some of those that are there is left out: that is possible, and no more.
func Policy(ctx context.Context, cli *client.Client, name string) error {
	info, err := cli.ContainerInspect(ctx, name)
	if err != nil {
		return nil
	}
	if info.Config != nil && info.Config.User == "root" {
		return errors.New("runs as root")
	}
	return nil
}
