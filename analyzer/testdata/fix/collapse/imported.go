package collapse

import (
	"context"
	"fmt"

	cerrdefs "github.com/containerd/errdefs"
)

// Imported has a better gate at hand, under another name.
func (m *manager) Imported(ctx context.Context, id string) (bool, error) {
	info, err := m.cli.ContainerInspect(ctx, id)
	if err != nil {
		return false, nil // want `\(collapse\)`
	}
	return info.State.Running, nil
}

// Shadowed has a variable of the name that a gate needs.
func (m *manager) Shadowed(ctx context.Context, cerrdefs string) bool {
	_, err := m.cli.ContainerInspect(ctx, cerrdefs)
	return err == nil // want `\(collapse\)`
}

func (m *manager) Remove(ctx context.Context, id string) error {
	err := m.cli.VolumeRemove(ctx, id, true)
	if cerrdefs.IsNotFound(err) {
		return nil
	}
	return fmt.Errorf("remove volume: %w", err)
}
