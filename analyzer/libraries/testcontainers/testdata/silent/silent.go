// Package silent asks through testcontainers-go.
package silent

import (
	"context"

	"github.com/testcontainers/testcontainers-go"
)

func Running(ctx context.Context, c testcontainers.Container) (bool, error) {
	state, err := c.State(ctx)
	if err != nil {
		return true, err
	}
	return state.Running, nil
}

func Stopped(ctx context.Context, c testcontainers.Container) error {
	state, err := c.State(ctx)
	if err != nil {
		return err
	}
	if !state.Running {
		return c.Terminate(ctx)
	}
	return nil
}
