// Package incident is the code that restarted six healthy containers at once
// on 2026-04-16, written anew. docs/incident.md tells the story.
package incident

import (
	"context"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"
)

// A Provisioner runs each workspace's agent in a container.
type Provisioner struct {
	cli *client.Client
}

// New returns a Provisioner that asks cli.
func New(cli *client.Client) *Provisioner {
	return &Provisioner{cli: cli}
}

// IsRunning reports whether the container of a workspace runs.
func (p *Provisioner) IsRunning(ctx context.Context, id string) (bool, error) {
	info, err := p.cli.ContainerInspect(ctx, id)
	if err != nil {
		return false, nil // not found: not running
	}
	return info.State.Running, nil
}

// maybeMarkContainerDead is called when a request to a workspace's agent
// failed: it restarts the container when that is dead.
func (p *Provisioner) maybeMarkContainerDead(ctx context.Context, id string) error {
	running, err := p.IsRunning(ctx, id)
	if err != nil {
		return err
	}
	if running {
		return nil
	}
	return p.cli.ContainerRestart(ctx, id, container.StopOptions{})
}
