// Package remote knows the interface and the wiring, not the implementation.
package remote

import (
	"context"
	"log"

	"testdata/fact/contract"
	"testdata/fact/wiring"
)

var _ = wiring.New

func Logged(ctx context.Context, s *contract.Server, start func()) {
	up, err := s.Env.Up(ctx, "a") // want `Logged: goes on after the error of Up \(ContainerInspect\) .* \(discard\)`
	if err != nil {
		log.Print(err)
	}
	if !up {
		start()
	}
}

func Returned(ctx context.Context, s *contract.Server, start func()) error {
	up, err := s.Env.Up(ctx, "a")
	if err != nil {
		return err
	}
	if !up {
		start()
	}
	return nil
}
