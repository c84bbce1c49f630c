package provisioner

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/api/types/filters"
	"golang.org/x/sync/singleflight"
)

var (
	// ErrForeign is what is answered when the container of a workspace's name was not
	// made by a Provisioner for that workspace: it is left alone.
	ErrForeign = errors.New("the container of this name belongs to somebody else")
	// ErrRemoving is what Start and Restart answer while the engine removes the
	// container.
	ErrRemoving = errors.New("the container is being removed")
)

// A Provisioner runs each workspace in a container of its own. Its methods may be
// called at the same time; what changes a container waits for its turn. The errors
// are ErrName, ErrForeign, ErrAnswer, and those that wrap the Docker client's.
type Provisioner struct {
	engine    Engine
	config    Config
	inspector *inspector
	turns     turns
	restarts  singleflight.Group
	addresses sync.Map // of workspaces, to Verdicts
}

// New returns a Provisioner that asks engine.
func New(engine Engine, config Config) *Provisioner {
	config = config.withDefaults()
	return &Provisioner{engine: engine, config: config, inspector: newInspector(engine, config)}
}

// Start creates the container of a workspace, unless it exists, and starts it,
// unless it runs. It finishes what a crash has interrupted.
func (p *Provisioner) Start(ctx context.Context, workspace string) error {
	return p.act(ctx, "start", workspace, func(s *site) error {
		v, err := s.settle(ctx)
		if err != nil {
			return err
		}
		return s.up(ctx, v)
	})
}

// Stop stops the container of a workspace. It is no error when that does not
// run, or does not exist; it is when that cannot be told. A Supervisor that watches the
// workspace would start it again: Forget it first.
func (p *Provisioner) Stop(ctx context.Context, workspace string) error {
	return p.act(ctx, "stop", workspace, func(s *site) error {
		v, err := s.own(ctx, s.name)
		if err != nil || v.absent() {
			return err
		}
		return s.stop(ctx, v)
	})
}

// Remove removes the container of a workspace, stopped or not, and keeps its
// volumes. It is no error when that does not exist; it is when that cannot be told.
func (p *Provisioner) Remove(ctx context.Context, workspace string) error {
	return p.remove(ctx, workspace, container.RemoveOptions{Force: true})
}

// RemoveWithVolumes is Remove, and removes the anonymous volumes, too.
func (p *Provisioner) RemoveWithVolumes(ctx context.Context, workspace string) error {
	return p.remove(ctx, workspace, container.RemoveOptions{Force: true, RemoveVolumes: true})
}

func (p *Provisioner) remove(ctx context.Context, workspace string, options container.RemoveOptions) error {
	return p.act(ctx, "remove", workspace, func(s *site) error {
		for _, name := range []string{s.next, s.name} { // what a crash has left, too
			v, err := s.own(ctx, name)
			if name == s.next && errors.Is(err, ErrForeign) {
				continue
			}
			if err != nil {
				return err
			}
			if v.absent() {
				continue
			}
			if err := s.remove(ctx, v.ID, options); err != nil {
				return err
			}
		}
		return nil
	})
}

// Restart makes the container of a workspace anew, with the volumes that it has,
// and is for an operator: it asks nobody whether that is needed. The old container
// goes once the new one runs. Calls for a workspace that is being restarted wait
// for that restart, and answer as it does. A caller whose context ends stops
// waiting; the restart goes on.
func (p *Provisioner) Restart(ctx context.Context, workspace string) error {
	done := p.restarts.DoChan(workspace, func() (any, error) {
		return nil, p.restart(context.WithoutCancel(ctx), workspace)
	})
	select {
	case result := <-done:
		return result.Err
	case <-ctx.Done():
		return fmt.Errorf("restart workspace %s: %w", workspace, ctx.Err())
	}
}

func (p *Provisioner) restart(ctx context.Context, workspace string) error {
	return p.act(ctx, "restart", workspace, func(s *site) error {
		v, err := s.settle(ctx)
		if err != nil {
			return err
		}
		if v.absent() {
			return s.up(ctx, v)
		}
		return s.replace(ctx, v)
	})
}

// Workspaces returns the workspaces that have a container of this Provisioner's,
// running or not, in order.
func (p *Provisioner) Workspaces(ctx context.Context) ([]string, error) {
	ctx, cancel := context.WithTimeout(ctx, p.config.Timeout)
	defer cancel()
	own := filters.NewArgs(filters.Arg("label", workspaceLabel))
	for k, v := range p.config.Labels {
		if k != workspaceLabel {
			own.Add("label", k+"="+v)
		}
	}
	list, err := p.engine.ContainerList(ctx, container.ListOptions{All: true, Filters: own})
	if err != nil {
		return nil, fmt.Errorf("list workspaces: %w", err)
	}
	if list == nil { // null; where there are none the engine answers []
		return nil, fmt.Errorf("list workspaces: %w", ErrAnswer)
	}
	names := []string{}
	for _, c := range list {
		name, ok := c.Labels[workspaceLabel]
		if !ok { // which was asked for
			return nil, fmt.Errorf("list workspaces: %w: container %q without a label", ErrAnswer, c.ID)
		}
		names = append(names, name)
	}
	slices.Sort(names)
	return slices.Compact(names), nil
}

// act has one act at a workspace at a time, and says in its error what failed.
func (p *Provisioner) act(ctx context.Context, verb, workspace string, change func(*site) error) error {
	name, err := p.name(workspace)
	if err != nil {
		return err
	}
	done, err := p.turns.take(ctx, workspace)
	if err == nil {
		defer done()
		err = change(&site{Provisioner: p, workspace: workspace, name: name, next: name + nextSuffix})
	}
	if err != nil {
		return fmt.Errorf("%s workspace %s: %w", verb, workspace, err)
	}
	return nil
}
