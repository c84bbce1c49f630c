// Package collapse has the shapes that a fix of collapse tells apart.
package collapse

import (
	"context"
	"log"

	"github.com/docker/docker/client"
)

type manager struct{ cli *client.Client }

func (m *manager) IsRunning(ctx context.Context, id string) (bool, error) {
	info, err := m.cli.ContainerInspect(ctx, id)
	if err != nil {
		log.Print(err)
		return false, nil // want `\(collapse\)`
	}
	return info.State.Running, nil
}

func (m *manager) IsStopped(ctx context.Context, id string) bool {
	info, err := m.cli.ContainerInspect(ctx, id)
	if err != nil {
		return true // want `\(collapse\)`
	}
	return !info.State.Running
}

func (m *manager) Exists(ctx context.Context, id string) bool {
	_, err := m.cli.ContainerInspect(ctx, id)
	return err == nil // want `\(collapse\)`
}

func (m *manager) Both(ctx context.Context, id string) (bool, error) {
	info, err := m.cli.ContainerInspect(ctx, id)
	return err == nil && info.State.Running, nil // want `\(collapse\)`
}

func (m *manager) Gated(ctx context.Context, id string) (bool, error) {
	info, err := m.cli.ContainerInspect(ctx, id)
	if client.IsErrNotFound(err) {
		return false, nil
	}
	if err != nil {
		return false, nil // want `\(collapse\)`
	}
	return info.State.Running, nil
}

func (m *manager) Reassigned(ctx context.Context, id string) (bool, error) {
	info, err := m.cli.ContainerInspect(ctx, id)
	failed := err != nil
	err = nil
	if failed {
		return false, err // want `\(collapse\)`
	}
	return info.State.Running, nil
}
