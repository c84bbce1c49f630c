// Package above has users of an interface that stand above what implements it.
package above

import (
	"context"

	"github.com/docker/docker/client"
)

func Dropped(ctx context.Context, s Inspector) bool {
	running, _ := s.IsRunning(ctx, "a") // want `Dropped: drops the error of IsRunning \(ContainerInspect\) .* \(discard\)`
	return running
}

func Collapsed(ctx context.Context, s Inspector) (bool, error) {
	running, err := s.IsRunning(ctx, "a")
	if err != nil {
		return false, nil // want `Collapsed: answers \(false, nil\), .* \(collapse\)`
	}
	return running, nil
}

type Inspector interface {
	IsRunning(ctx context.Context, id string) (bool, error)
}

type docker struct{ cli *client.Client }

func (d docker) IsRunning(ctx context.Context, id string) (bool, error) {
	c, err := d.cli.ContainerInspect(ctx, id)
	if err != nil {
		return false, err
	}
	return c.State.Running, nil
}
