// Package discard has the shapes that a fix of discard tells apart.
package discard

import (
	"context"
	"log"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/api/types/volume"
	"github.com/docker/docker/client"
)

func Any(ctx context.Context, cli *client.Client) bool {
	list, _ := cli.ContainerList(ctx, container.ListOptions{}) // want `\(discard\)`
	return len(list) > 0
}

func Ensure(ctx context.Context, cli *client.Client, name string) error {
	list, _ := cli.VolumeList(ctx, volume.ListOptions{}) // want `\(discard\)`
	if len(list.Volumes) == 0 {
		cli.VolumeCreate(ctx, volume.CreateOptions{Name: name})
	}
	return nil
}

func Crash(ctx context.Context, cli *client.Client, id string) (string, bool, error) {
	info, _ := cli.ContainerInspect(ctx, id) // want `\(discard\)`
	return info.State.Status, true, nil
}

func Logged(ctx context.Context, cli *client.Client) (int, error) {
	list, err := cli.ContainerList(ctx, container.ListOptions{}) // want `\(discard\)`
	if err != nil {
		log.Print(err)
	}
	if len(list) == 0 {
		cli.ContainerStart(ctx, "one", container.StartOptions{})
	}
	return 1, nil
}

// Nobody can be told.
func Nobody(ctx context.Context, cli *client.Client) {
	list, _ := cli.ContainerList(ctx, container.ListOptions{}) // want `\(discard\)`
	if len(list) == 0 {
		cli.ContainerStart(ctx, "one", container.StartOptions{})
	}
}

// Declared has a variable of the name that the error would get.
func Declared(ctx context.Context, cli *client.Client) error {
	list, _ := cli.ContainerList(ctx, container.ListOptions{}) // want `\(discard\)`
	var err error
	if len(list) == 0 {
		err = cli.ContainerStart(ctx, "one", container.StartOptions{})
	}
	return err
}

// Redeclared has, too, and another beside it.
func Redeclared(ctx context.Context, cli *client.Client) error {
	list, _ := cli.ContainerList(ctx, container.ListOptions{}) // want `\(discard\)`
	if len(list) == 0 {
		cli.ContainerStart(ctx, "one", container.StartOptions{})
	}
	version, err := cli.ServerVersion(ctx)
	log.Print(version)
	return err
}
