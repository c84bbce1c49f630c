// Package fires asks through testcontainers-go.
package fires

import (
	"context"

	"github.com/testcontainers/testcontainers-go"
)

func Running(ctx context.Context, c testcontainers.Container) bool {
	state, err := c.State(ctx)
	return err == nil && state.Running // want `Running: answers false, as for a container .* when State times out \(collapse\)`
}

func Replaced(ctx context.Context, c testcontainers.Container) error {
	if _, err := c.Inspect(ctx); err != nil {
		return c.Terminate(ctx) // want `Replaced: calls Terminate, .* when Inspect times out \(destroy\)`
	}
	return nil
}
