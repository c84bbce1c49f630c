// Package decorated has an interface that is implemented by others of itself: they
// depend on each other, whichever stands first.
package decorated

import (
	"context"
	"fmt"
	"log"

	"github.com/docker/docker/client"
)

func Collapsed(ctx context.Context, s states) (bool, error) {
	running, err := s.IsRunning(ctx, "a")
	if err != nil {
		return false, nil // want `Collapsed: answers \(false, nil\), .* \(collapse\)`
	}
	return running, nil
}

func Dropped(ctx context.Context, s states) bool {
	running, _ := s.IsRunning(ctx, "a") // want `Dropped: drops the error of IsRunning \(ContainerInspect\) .* \(discard\)`
	return running
}

type wrapped struct{ states }

func (w wrapped) IsRunning(ctx context.Context, id string) (bool, error) {
	running, err := w.states.IsRunning(ctx, id)
	if err != nil {
		return false, fmt.Errorf("container %s: %w", id, err)
	}
	return running, nil
}

type states interface {
	IsRunning(ctx context.Context, id string) (bool, error)
}

type logged struct{ inner states }

func (l logged) IsRunning(ctx context.Context, id string) (bool, error) {
	running, err := l.inner.IsRunning(ctx, id)
	log.Print(id, running, err)
	return running, err
}

type docker struct{ cli *client.Client }

func (d docker) IsRunning(ctx context.Context, id string) (bool, error) {
	c, err := d.cli.ContainerInspect(ctx, id)
	if err != nil {
		return false, err
	}
	return c.State.Running, nil
}

// even and odd call each other, and even is told of the fault.
func even(ctx context.Context, cli *client.Client, n int) (bool, error) {
	if n == 0 {
		return docker{cli}.IsRunning(ctx, "a")
	}
	return odd(ctx, cli, n-1)
}

func odd(ctx context.Context, cli *client.Client, n int) (bool, error) {
	return even(ctx, cli, n-1)
}

func Odd(ctx context.Context, cli *client.Client) (bool, error) {
	running, err := odd(ctx, cli, 3)
	if err != nil {
		return false, nil // want `Odd: answers \(false, nil\), .* \(collapse\)`
	}
	return running, nil
}
