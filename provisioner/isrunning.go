package provisioner

import (
	"context"
	"fmt"
)

// IsRunning reports whether the container of a workspace runs, by the contract in
// the package comment. It is true with an error when that cannot be told: only a
// container that is certainly stopped, or certainly absent, is not running. The
// errors are ErrName, ErrAnswer, gobreaker's while the engine is left alone, that
// of ctx, and those of the Docker client.
func (p *Provisioner) IsRunning(ctx context.Context, workspace string) (bool, error) {
	v, err := p.Look(ctx, workspace)
	return v.Running, err
}

// Look is IsRunning with all that the engine said of the container, for Revive. The
// verdict beside an error says that it runs, and nothing else. While this
// Provisioner starts, stops, removes or restarts the container, it counts as
// running.
func (p *Provisioner) Look(ctx context.Context, workspace string) (Verdict, error) {
	name, err := p.name(workspace)
	if err != nil {
		return Verdict{Running: true}, err
	}
	v, err := p.inspector.ask(ctx, name)
	if err != nil {
		return Verdict{Running: true}, fmt.Errorf("inspect workspace %s: %w", workspace, err)
	}
	v.Running = v.Running || p.turns.taken(workspace)
	return v, nil
}
