// Package fires takes every failure of runc for a container that does not exist.
package fires

import (
	"context"
	"os/exec"

	"github.com/containerd/go-runc"
)

func Running(ctx context.Context, r *runc.Runc, id string) bool {
	c, err := r.State(ctx, id)
	if err != nil {
		return false // want `Running: answers false, as for .* when State times out \(collapse\)`
	}
	return c.Status == "running"
}

func Recreate(ctx context.Context, r *runc.Runc, id, bundle string) error {
	if _, err := r.State(ctx, id); err != nil {
		return r.Create(ctx, id, bundle, nil) // want `Recreate: calls Create, as for .* when State times out \(destroy\)`
	}
	return nil
}

func Exists(id string) bool {
	return exec.Command("runc", "--root", "/run/runc", "state", id).Run() == nil // want `Exists: answers false, as for .* when runc state times out \(collapse\)`
}
