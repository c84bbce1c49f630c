// Package handed hands two implementations of an interface around, and has two callers
// that lose something by one answer.
package handed

import (
	"context"
	"os"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"
)

type Inspector interface {
	Exists(ctx context.Context, id string) (bool, error)
}

type containers struct{ cli *client.Client }

func (d containers) Exists(ctx context.Context, id string) (bool, error) {
	if _, err := d.cli.ContainerInspect(ctx, id); err != nil {
		return false, err
	}
	return true, nil
}

type images struct{ cli *client.Client }

func (d images) Exists(ctx context.Context, id string) (bool, error) {
	if _, err := d.cli.ImageInspect(ctx, id); err != nil {
		return false, err
	}
	return true, nil
}

func Containers(cli *client.Client) Inspector { return containers{cli} }

func Images(cli *client.Client) Inspector { return images{cli} }

func Dropped(ctx context.Context, s Inspector) bool {
	there, _ := s.Exists(ctx, "a") // want `\(discard\)`
	return there
}

func gone(ctx context.Context, cli *client.Client) bool {
	_, err := cli.ContainerInspect(ctx, "a")
	return err != nil // want `\(collapse\)`
}

func Second(ctx context.Context, cli *client.Client) {
	if gone(ctx, cli) {
		os.RemoveAll("/a")
		cli.ContainerRemove(ctx, "a", container.RemoveOptions{})
	}
}

func First(ctx context.Context, cli *client.Client) {
	if gone(ctx, cli) {
		cli.ContainerKill(ctx, "a", "KILL")
	}
}
