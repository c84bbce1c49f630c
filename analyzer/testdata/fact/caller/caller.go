// Package caller acts on what package state says, by what package action does.
package caller

import (
	"context"
	"errors"
	"log"

	"testdata/fact/action"
	"testdata/fact/state"

	"github.com/docker/docker/api/types/container"
)

type reconciler struct{ m *state.Manager }

func (r *reconciler) Dropped(ctx context.Context, id string) {
	running, _ := r.m.IsRunning(ctx, id)
	if !running {
		action.Recreate(ctx, r.m.CLI, id) // want `^Dropped: calls ContainerRemove, by Recreate, as for a container that does not exist, when IsRunning \(ContainerInspect\) times out \(destroy\)$`
	}
}

func (r *reconciler) LoggedThenUsed(ctx context.Context, id string) {
	running, err := r.m.IsRunning(ctx, id)
	if err != nil {
		log.Printf("is running: %v", err)
	}
	if !running {
		action.Recreate(ctx, r.m.CLI, id) // want `LoggedThenUsed: calls ContainerRemove, by Recreate, .* \(destroy\)`
	}
}

func (r *reconciler) Started(ctx context.Context, id string) {
	running, _ := r.m.IsRunning(ctx, id) // want `Started: drops the error of IsRunning \(ContainerInspect\) .* \(discard\)`
	if !running {
		r.m.CLI.ContainerStart(ctx, id, container.StartOptions{})
	}
}

func (r *reconciler) BlankFailSafe(ctx context.Context, id string) {
	running, _ := r.m.IsRunningSafe(ctx, id)
	if !running {
		r.m.CLI.ContainerStart(ctx, id, container.StartOptions{})
	}
}

func (r *reconciler) Collapsed(ctx context.Context, id string) bool {
	running, err := r.m.IsRunning(ctx, id)
	return err == nil && running // want `Collapsed: answers false, .* when IsRunning \(ContainerInspect\) times out \(collapse\)`
}

func (r *reconciler) NotedOnly(ctx context.Context, id string) bool {
	running, err := r.m.IsRunning(ctx, id)
	if err != nil {
		state.Note(err)
		return false // want `NotedOnly: answers false, .* \(collapse\)`
	}
	return running
}

// Fail-safe, and the error is logged.
func (r *reconciler) Logged(ctx context.Context, id string) {
	running, err := r.m.IsRunningSafe(ctx, id)
	if err != nil {
		log.Printf("is running: %v", err)
	}
	if !running {
		action.Recreate(ctx, r.m.CLI, id)
	}
}

func (r *reconciler) Gated(ctx context.Context, id string) (bool, error) {
	running, err := r.m.IsRunning(ctx, id)
	if state.IsAbsence(err) {
		return false, nil
	}
	if err != nil {
		return true, err
	}
	return running, nil
}

func (r *reconciler) BySentinel(ctx context.Context, id string) error {
	err := r.m.Require(ctx, id)
	if errors.Is(err, state.ErrNotRunning) {
		return action.Recreate(ctx, r.m.CLI, id)
	}
	return err
}

// False is "not yet" to Converge, whatever its name.
func (r *reconciler) Polled(ctx context.Context, id string) error {
	return state.Converge(ctx, func(ctx context.Context) (bool, error) {
		running, err := r.m.IsRunning(ctx, id)
		if err != nil {
			return false, nil
		}
		return running, nil
	})
}

func (r *reconciler) Returned(ctx context.Context, id string) error {
	running, err := r.m.IsRunning(ctx, id)
	if err != nil {
		return err
	}
	if !running {
		action.RestartAll(ctx, r.m.CLI, []string{id})
	}
	return nil
}
