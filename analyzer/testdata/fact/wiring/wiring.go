// Package wiring hands an implementation around as an interface: its own type
// is in nobody's signature.
package wiring

import (
	"context"

	"testdata/fact/contract"

	"github.com/docker/docker/client"
)

type environment struct{ cli *client.Client }

func (e *environment) Up(ctx context.Context, id string) (bool, error) {
	info, err := e.cli.ContainerInspect(ctx, id)
	if err != nil {
		return false, err
	}
	return info.State.Running, nil
}

func New(cli *client.Client) *contract.Server {
	return &contract.Server{Env: &environment{cli}}
}
