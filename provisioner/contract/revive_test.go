package contract

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/api/types/network"
	ocispec "github.com/opencontainers/image-spec/specs-go/v1"

	"github.com/errswallow/errswallow/faultkit"
	"github.com/errswallow/errswallow/provisioner"
)

// look returns the verdict on a workspace, which is that it does not run.
func (b *bench) look(t *testing.T, workspace string) provisioner.Verdict {
	t.Helper()
	v, err := b.provisioner.Look(t.Context(), workspace)
	must(t, err)
	if v.Running {
		t.Fatalf("%s runs", workspace)
	}
	return v
}

// TestRevive brings back a container that is dead by starting it.
func TestRevive(t *testing.T) {
	t.Parallel()
	onEngines(t, func(t *testing.T, b *bench) {
		b.start(t, "a")
		before := b.id(t, "a")
		b.kill(t, "a")
		b.faults.ForgetJournal()
		must(t, b.provisioner.Revive(t.Context(), "a", b.look(t, "a")))
		b.await(t, "a")
		if after := b.id(t, "a"); after != before {
			t.Errorf("container %s, want %s: it could be started", after, before)
		}
		b.wantActs(t, "POST /containers/"+before+"/start") // by id
		must(t, b.provisioner.RemoveWithVolumes(t.Context(), "a"))
		must(t, b.provisioner.Revive(t.Context(), "a", b.look(t, "a")))
		b.await(t, "a")
	})
}

// TestReviveInstead puts another container in the place of one that the engine
// refuses to start, and leaves that if the other does not run either.
func TestReviveInstead(t *testing.T) {
	t.Parallel()
	onEngines(t, func(t *testing.T, b *bench) {
		b.start(t, "a")
		before := b.id(t, "a")
		b.kill(t, "a")
		refusal := faultkit.Injection{Fault: faultkit.InternalError, Method: "POST", Path: "/containers/*/start"}
		refused := b.faults.Inject(refusal)
		if err := b.provisioner.Revive(t.Context(), "a", b.look(t, "a")); err == nil {
			t.Error("no error, and nothing starts")
		}
		refused.Remove()
		if after := b.id(t, "a"); after != before {
			t.Error("the container has gone, and the one in its place did not start")
		}
		b.wantNone(t, b.config.Prefix+"a.next")
		refusal.Count = 2 // both times that it is asked to start this one
		defer b.faults.Inject(refusal).Remove()
		must(t, b.provisioner.Revive(t.Context(), "a", b.look(t, "a")))
		b.await(t, "a")
		if after := b.id(t, "a"); after == before {
			t.Error("the container is the one that could not be started")
		}
		b.wantNone(t, b.config.Prefix+"a.next")
	})
}

// TestReviveRefusedOnce starts a container whose start was refused once, by whomever.
func TestReviveRefusedOnce(t *testing.T) {
	t.Parallel()
	onEngines(t, func(t *testing.T, b *bench) {
		b.start(t, "a")
		before := b.id(t, "a")
		for _, fault := range []faultkit.Fault{faultkit.InternalError, faultkit.PageNotFound} {
			b.kill(t, "a")
			refused := b.faults.Inject(faultkit.Injection{Fault: fault, Method: "POST", Path: "/containers/*/start", Nth: 1})
			must(t, b.provisioner.Revive(t.Context(), "a", b.look(t, "a")))
			refused.Remove()
			b.await(t, "a")
			if after := b.id(t, "a"); after != before {
				t.Errorf("%s: container %s, want %s: it could be started", fault, after, before)
			}
		}
	})
}

// TestReviveUnconfirmed starts a container, and cannot see that it runs: that is a fault,
// and no refusal.
func TestReviveUnconfirmed(t *testing.T) {
	t.Parallel()
	b := inProcess(t, provisioner.Config{Timeout: 10 * impatient})
	b.start(t, "a")
	b.kill(t, "a")
	v := b.look(t, "a")
	b.faults.ForgetJournal()
	// It is looked up by its name, and confirmed by its id.
	defer b.faults.Inject(faultkit.Injection{Fault: faultkit.PageNotFound, Method: "GET", Path: "/containers/" + v.ID + "/json"}).Remove()
	if err := b.provisioner.Revive(t.Context(), "a", v); err == nil || errors.Is(err, provisioner.ErrChanged) {
		t.Errorf("Revive = %v, want a fault", err)
	}
	b.wantActs(t, "POST /containers/"+v.ID+"/start")
	if info := b.inspect(t, b.config.Prefix+"a"); info.ID != v.ID || !info.State.Running {
		t.Errorf("container %s is %s", info.ID, info.State.Status)
	}
}

// TestReviveDead puts another container in the place of one that the engine could not
// remove.
func TestReviveDead(t *testing.T) {
	t.Parallel()
	b := inProcess(t, provisioner.Config{})
	b.start(t, "a")
	before := b.id(t, "a")
	b.local.Set(b.config.Prefix+"a", faultkit.State{Status: "dead"})
	must(t, b.provisioner.Revive(t.Context(), "a", b.look(t, "a")))
	b.await(t, "a")
	if after := b.id(t, "a"); after == before {
		t.Error("the container is the dead one")
	}
	b.wantNone(t, before)
}

// TestReviveInsteadOfNothing does not make a container anew because the engine does
// not answer.
func TestReviveInsteadOfNothing(t *testing.T) {
	t.Parallel()
	for _, fault := range []faultkit.Fault{faultkit.Stall, faultkit.EOF, faultkit.Unavailable, faultkit.TooMany, faultkit.BadGateway} {
		t.Run(fault.String(), func(t *testing.T) {
			t.Parallel()
			b := inProcess(t, provisioner.Config{Timeout: impatient})
			b.start(t, "a")
			b.kill(t, "a")
			v := b.look(t, "a")
			defer b.faults.Inject(faultkit.Injection{Fault: fault, Method: "POST", Path: "/containers/*/start"}).Remove()
			b.faults.ForgetJournal()
			if err := b.provisioner.Revive(t.Context(), "a", v); err == nil {
				t.Error("no error")
			}
			b.wantActs(t, "POST /containers/"+v.ID+"/start")
		})
	}
}

// wantActs wants calls that change something, and no others, since the journal was
// forgotten.
func (b *bench) wantActs(t *testing.T, want ...string) {
	t.Helper()
	var acts []string
	for _, call := range b.faults.Journal() {
		if call.Destroys() {
			acts = append(acts, call.Method+" "+call.Path)
		}
	}
	if !slices.Equal(acts, want) {
		t.Errorf("acts %q, want %q", acts, want)
	}
}

func (b *bench) wantNone(t *testing.T, name string) {
	t.Helper()
	if info, err := b.direct.ContainerInspect(t.Context(), name); err == nil {
		t.Errorf("container %s is %s", name, info.State.Status)
	}
}

// TestChanged leaves alone what was started, made anew or removed since the verdict.
func TestChanged(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(t *testing.T, b *bench) error{
		"started by somebody": func(t *testing.T, b *bench) error {
			return b.direct.ContainerStart(t.Context(), b.config.Prefix+"a", container.StartOptions{})
		},
		"started, and dead again": func(t *testing.T, b *bench) error {
			err := b.direct.ContainerStart(t.Context(), b.config.Prefix+"a", container.StartOptions{})
			b.kill(t, "a")
			return err
		},
		"restarted by an operator": func(t *testing.T, b *bench) error { return b.provisioner.Restart(t.Context(), "a") },
		"replaced by somebody": func(t *testing.T, b *bench) error {
			err := b.direct.ContainerRemove(t.Context(), b.config.Prefix+"a", container.RemoveOptions{RemoveVolumes: true})
			if err == nil {
				b.create(t, b.config.Prefix+"a", map[string]string{"provisioner.workspace": "a"})
				err = b.direct.ContainerStart(t.Context(), b.config.Prefix+"a", container.StartOptions{})
			}
			return err
		},
		"removed by somebody": func(t *testing.T, b *bench) error {
			return b.direct.ContainerRemove(t.Context(), b.config.Prefix+"a", container.RemoveOptions{RemoveVolumes: true})
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			onEngines(t, func(t *testing.T, b *bench) {
				b.start(t, "a")
				b.kill(t, "a")
				v := b.look(t, "a")
				must(t, change(t, b))
				b.faults.ForgetJournal()
				if err := b.provisioner.Revive(t.Context(), "a", v); !errors.Is(err, provisioner.ErrChanged) {
					t.Errorf("Revive = %v, want %v", err, provisioner.ErrChanged)
				}
				b.wantActs(t)
			})
		})
	}
}

// TestReviveWaits has an operator's restart in progress when the verdict is acted on.
func TestReviveWaits(t *testing.T) {
	t.Parallel()
	onEngines(t, func(t *testing.T, b *bench) {
		b.start(t, "a")
		b.kill(t, "a")
		v := b.look(t, "a")
		stalled := b.faults.Inject(faultkit.Injection{Fault: faultkit.Stall, Path: "/containers/*/start"})
		restarted, revived := make(chan error, 1), make(chan error, 1)
		go func() { restarted <- b.provisioner.Restart(t.Context(), "a") }()
		await(t, "the restart is in progress", func() bool { return stalled.Hits() > 0 })
		go func() { revived <- b.provisioner.Revive(t.Context(), "a", v) }()
		stalled.Remove()
		must(t, <-restarted)
		if err := <-revived; !errors.Is(err, provisioner.ErrChanged) {
			t.Errorf("Revive = %v, want %v", err, provisioner.ErrChanged)
		}
	})
}

// TestNotRemovedRunning does not remove a container that is started by somebody while
// another is being put in its place: the engine is asked to refuse that.
func TestNotRemovedRunning(t *testing.T) {
	t.Parallel()
	onEngines(t, func(t *testing.T, b *bench) {
		b.start(t, "a")
		before := b.id(t, "a")
		b.kill(t, "a")
		refused := b.faults.Inject(faultkit.Injection{Fault: faultkit.InternalError, Method: "POST", Path: "/containers/*/start", Count: 2})
		defer refused.Remove()
		// Its removal waits until it was started.
		removing := b.faults.Inject(faultkit.Injection{Fault: faultkit.Stall, Method: "DELETE"})
		revived := make(chan error, 1)
		v := b.look(t, "a")
		go func() { revived <- b.provisioner.Revive(t.Context(), "a", v) }()
		await(t, "its removal is in progress", func() bool { return removing.Hits() > 0 })
		must(t, b.direct.ContainerStart(t.Context(), before, container.StartOptions{}))
		removing.Remove()
		if err := <-revived; err == nil {
			t.Error("no error")
		}
		if info := b.inspect(t, before); !info.State.Running {
			t.Error("a container that somebody has started was stopped")
		}
		// The next act takes the other away again.
		must(t, b.provisioner.Start(t.Context(), "a"))
		b.wantNone(t, b.config.Prefix+"a.next")
		if after := b.id(t, "a"); after != before {
			t.Errorf("container %s, want %s", after, before)
		}
	})
}

// TestNotStoppedRunning does not stop a container that is started by somebody before
// another can take its place.
func TestNotStoppedRunning(t *testing.T) {
	t.Parallel()
	onEngines(t, func(t *testing.T, b *bench) {
		b.start(t, "a")
		before := b.id(t, "a")
		b.kill(t, "a")
		refused := b.faults.Inject(faultkit.Injection{Fault: faultkit.InternalError, Method: "POST", Path: "/containers/*/start", Count: 2})
		defer refused.Remove()
		creating := b.faults.Inject(faultkit.Injection{Fault: faultkit.Stall, Method: "POST", Path: "/containers/create"})
		revived := make(chan error, 1)
		v := b.look(t, "a")
		go func() { revived <- b.provisioner.Revive(t.Context(), "a", v) }()
		await(t, "another is being made", func() bool { return creating.Hits() > 0 })
		must(t, b.direct.ContainerStart(t.Context(), before, container.StartOptions{}))
		started := b.inspect(t, before).State.StartedAt
		creating.Remove()
		if err := <-revived; err == nil {
			t.Error("no error")
		}
		if info := b.inspect(t, before); !info.State.Running || info.State.StartedAt != started {
			t.Error("a container that somebody has started was stopped")
		}
		must(t, b.provisioner.Start(t.Context(), "a"))
		b.wantNone(t, b.config.Prefix+"a.next")
	})
}

// errCrashed is what a process that has crashed would not live to see: it does not ask
// again.
var errCrashed = fmt.Errorf("crashed: %w", context.Canceled)

// A crashing engine is one of a process that crashes after some calls.
type crashing struct {
	provisioner.Engine
	left int
}

func (c *crashing) call() error {
	if c.left--; c.left < 0 {
		return errCrashed
	}
	return nil
}

func (c *crashing) ContainerInspect(ctx context.Context, id string) (container.InspectResponse, error) {
	if err := c.call(); err != nil {
		return container.InspectResponse{}, err
	}
	return c.Engine.ContainerInspect(ctx, id)
}

func (c *crashing) ContainerCreate(ctx context.Context, config *container.Config, host *container.HostConfig, net *network.NetworkingConfig, platform *ocispec.Platform, name string) (container.CreateResponse, error) {
	if err := c.call(); err != nil {
		return container.CreateResponse{}, err
	}
	return c.Engine.ContainerCreate(ctx, config, host, net, platform, name)
}

func (c *crashing) ContainerRemove(ctx context.Context, id string, options container.RemoveOptions) error {
	if err := c.call(); err != nil {
		return err
	}
	return c.Engine.ContainerRemove(ctx, id, options)
}

func (c *crashing) ContainerRename(ctx context.Context, id, name string) error {
	if err := c.call(); err != nil {
		return err
	}
	return c.Engine.ContainerRename(ctx, id, name)
}

func (c *crashing) ContainerStart(ctx context.Context, id string, options container.StartOptions) error {
	if err := c.call(); err != nil {
		return err
	}
	return c.Engine.ContainerStart(ctx, id, options)
}

func (c *crashing) ContainerStop(ctx context.Context, id string, options container.StopOptions) error {
	if err := c.call(); err != nil {
		return err
	}
	return c.Engine.ContainerStop(ctx, id, options)
}

// TestCrash crashes in the middle of a restart, after each call, and finds all as it
// should be at the next start: one container, that runs, with its volumes.
func TestCrash(t *testing.T) {
	t.Parallel()
	onEngines(t, func(t *testing.T, b *bench) {
		for after := 0; ; after++ {
			workspace := fmt.Sprint("a", after)
			name := b.config.Prefix + workspace
			b.start(t, workspace)
			before := b.inspect(t, name)
			engine := &crashing{b.direct, after}
			err := provisioner.New(engine, b.config).Restart(t.Context(), workspace)
			if err == nil {
				if after < 7 {
					t.Errorf("a restart took %d calls", after)
				}
				return
			}
			if !errors.Is(err, errCrashed) {
				t.Fatal(err)
			}
			must(t, provisioner.New(b.direct, b.config).Start(t.Context(), workspace))
			now := b.inspect(t, name)
			if !now.State.Running {
				t.Errorf("crashed after %d calls: %s", after, now.State.Status)
			}
			b.wantNone(t, name+".next")
			for n, mount := range before.Mounts {
				if len(now.Mounts) <= n || now.Mounts[n].Name != mount.Name {
					t.Errorf("crashed after %d calls: mounts %v, want %v", after, now.Mounts, before.Mounts)
				}
			}
			must(t, b.provisioner.RemoveWithVolumes(t.Context(), workspace))
		}
	})
}

// TestRemoving leaves the container that is to take the place of one that the engine
// removes: it has the volumes. It takes the place once that one has gone.
func TestRemoving(t *testing.T) {
	t.Parallel()
	b := inProcess(t, provisioner.Config{})
	b.start(t, "a")
	next := b.create(t, b.config.Prefix+"a.next", map[string]string{"provisioner.workspace": "a"})
	must(t, b.direct.ContainerStart(t.Context(), next, container.StartOptions{}))
	b.local.Set(b.config.Prefix+"a", faultkit.State{Status: "removing"})
	for act, do := range map[string]func(context.Context, string) error{"Start": b.provisioner.Start, "Restart": b.provisioner.Restart} {
		if err := do(t.Context(), "a"); !errors.Is(err, provisioner.ErrRemoving) {
			t.Errorf("%s = %v, want %v", act, err, provisioner.ErrRemoving)
		}
		if info := b.inspect(t, next); !info.State.Running {
			t.Errorf("%s: the other is %s", act, info.State.Status)
		}
	}
	must(t, b.direct.ContainerRemove(t.Context(), b.config.Prefix+"a", container.RemoveOptions{}))
	must(t, b.provisioner.Start(t.Context(), "a"))
	if now := b.id(t, "a"); now != next {
		t.Errorf("container %s, want %s", now, next)
	}
}
