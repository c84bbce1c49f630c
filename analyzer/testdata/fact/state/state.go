// Package state asks for the state of containers: what it answers under a fault
// is known to other packages.
package state

import (
	"context"
	"errors"
	"time"

	"github.com/containerd/errdefs"
	"github.com/docker/docker/client"
)

type Manager struct{ CLI *client.Client }

// ErrNotRunning stands for absence only.
var ErrNotRunning = errors.New("not running")

func (m *Manager) IsRunning(ctx context.Context, id string) (bool, error) { // want IsRunning:"ContainerInspect fails -> zero, fault"
	info, err := m.CLI.ContainerInspect(ctx, id)
	if err != nil {
		return false, err
	}
	return info.State.Running, nil
}

func (m *Manager) IsRunningSafe(ctx context.Context, id string) (bool, error) { // want IsRunningSafe:"ContainerInspect fails -> true, fault"
	info, err := m.CLI.ContainerInspect(ctx, id)
	if errdefs.IsNotFound(err) {
		return false, nil
	}
	if err != nil {
		return true, err
	}
	return info.State.Running, nil
}

func (m *Manager) Require(ctx context.Context, id string) error { // want Require:"ContainerInspect fails -> fault"
	_, err := m.CLI.ContainerInspect(ctx, id)
	if errdefs.IsNotFound(err) {
		return ErrNotRunning
	}
	return err
}

// IsAbsence is a gate: it was executed, whatever its name.
func IsAbsence(err error) bool { // want IsAbsence:"given fault -> zero"
	return errdefs.IsNotFound(err)
}

// Note only shows what it is handed.
func Note(err error) { // want Note:"given fault -> nothing"
	if err != nil {
		println(err.Error())
	}
}

func Converge(ctx context.Context, done func(context.Context) (bool, error)) error { // want Converge:"polls"
	for {
		if ok, err := done(ctx); ok || err != nil {
			return err
		}
		time.Sleep(time.Second)
	}
}

// Version asks for nothing that could be absent.
func (m *Manager) Version(ctx context.Context) string {
	return m.CLI.ClientVersion()
}
