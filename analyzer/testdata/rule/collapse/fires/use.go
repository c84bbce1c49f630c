package fires

import (
	"context"
	"errors"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"
)

// What a test does on an answer is no use of it: it is not safe because a test removes what it
// finds.
func Started(ctx context.Context, cli *client.Client, id string) bool {
	info, err := cli.ContainerInspect(ctx, id)
	return err == nil && info.State.Running // want `Started: answers false, as for a container that does not exist, when ContainerInspect times out \(collapse\)`
}

// Nothing is removed, which is safe, but somebody is told that it is not there.
func problem(ctx context.Context, cli *client.Client, id string) string {
	if _, err := cli.ContainerInspect(ctx, id); err != nil {
		return "container not found" // want `problem: answers "container not found", as for a container that does not exist, when ContainerInspect times out \(collapse\)`
	}
	return ""
}

func RemoveSound(ctx context.Context, cli *client.Client, id string) error {
	if text := problem(ctx, cli, id); text != "" {
		return errors.New(text)
	}
	return cli.ContainerRemove(ctx, id, container.RemoveOptions{})
}

// More is done for a fault than is left out: another one is made.
func keepsUp(ctx context.Context, cli *client.Client, id string) bool {
	_, err := cli.ContainerInspect(ctx, id)
	return err == nil // want `keepsUp: answers false, as for a container that does not exist, when ContainerInspect times out \(collapse\)`
}

func Replace(ctx context.Context, cli *client.Client, id, with string) error {
	if keepsUp(ctx, cli, id) {
		return cli.ContainerRemove(ctx, id, container.RemoveOptions{})
	}
	return cli.ContainerStart(ctx, with, container.StartOptions{})
}
