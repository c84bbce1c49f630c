// Package iface knows package state by an interface of its own.
package iface

import (
	"context"
	"log"

	_ "testdata/fact/state"
)

type Manager interface {
	IsRunning(ctx context.Context, id string) (bool, error)
	Restart(ctx context.Context, id string) error
}

type states interface {
	IsRunning(ctx context.Context, id string) (bool, error)
}

func Blank(ctx context.Context, s states, restart func()) {
	running, _ := s.IsRunning(ctx, "a") // want `Blank: drops the error of IsRunning \(ContainerInspect\) .* \(discard\)`
	if !running {
		restart()
	}
}

func Returned(ctx context.Context, s states, restart func()) error {
	running, err := s.IsRunning(ctx, "a")
	if err != nil {
		log.Print(err)
		return err
	}
	if !running {
		restart()
	}
	return nil
}

// Nobody is seen to implement this Manager, and its shape says that it asks somebody.
func Unknown(ctx context.Context, m Manager) {
	running, _ := m.IsRunning(ctx, "a") // want `Unknown: drops the error of iface\.IsRunning and decides by the value beside it, .* \(discard\)`
	if !running {
		m.Restart(ctx, "a")
	}
}
