// Package said answers by the words of another.
package said

import (
	"context"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"

	"testdata/fact/word"
)

func Reconcile(ctx context.Context, cli *client.Client, id string) (word.Result, error) {
	if _, err := cli.ContainerInspect(ctx, id); err != nil {
		return word.Done() // want `Reconcile: answers \(word.Result{}, nil\) and does nothing, as for a container that does not exist, when ContainerInspect times out \(empty\)`
	}
	return word.Result{}, cli.ContainerStart(ctx, id, container.StartOptions{})
}

func Again(ctx context.Context, cli *client.Client, id string) (word.Result, error) {
	if _, err := cli.ContainerInspect(ctx, id); err != nil {
		return word.Later(10)
	}
	return word.Result{}, cli.ContainerStart(ctx, id, container.StartOptions{})
}

func Failing(ctx context.Context, cli *client.Client, id string) (word.Result, error) {
	if _, err := cli.ContainerInspect(ctx, id); err != nil {
		return word.Failed(err)
	}
	return word.Result{}, cli.ContainerStart(ctx, id, container.StartOptions{})
}
