package contract

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/api/types/filters"
	"github.com/docker/docker/api/types/volume"

	"github.com/errswallow/errswallow/faultkit"
	"github.com/errswallow/errswallow/provisioner"
)

// TestLife is the life of a workspace's container.
func TestLife(t *testing.T) {
	t.Parallel()
	onEngines(t, func(t *testing.T, b *bench) {
		ctx, p := t.Context(), b.provisioner
		running := func(want bool) {
			t.Helper()
			if got, err := p.IsRunning(ctx, "a"); got != want || err != nil {
				t.Fatalf("IsRunning = (%t, %v), want (%t, nil)", got, err, want)
			}
		}
		workspaces := func(want ...string) {
			t.Helper()
			if names, err := p.Workspaces(ctx); err != nil || !slices.Equal(names, want) {
				t.Errorf("Workspaces = (%v, %v), want %v", names, err, want)
			}
		}
		running(false)
		workspaces()
		must(t, p.Stop(ctx, "a")) // what does not exist is stopped, and removed
		must(t, p.Remove(ctx, "a"))
		b.start(t, "a")
		running(true)
		must(t, p.Start(ctx, "a"))
		workspaces("a")
		before := b.id(t, "a")
		must(t, p.Restart(ctx, "a"))
		running(true)
		if b.id(t, "a") == before {
			t.Error("the container was not made anew")
		}
		b.await(t, "a")
		must(t, p.Stop(ctx, "a"))
		must(t, p.Stop(ctx, "a"))
		running(false)
		for _, workspace := range []string{"a", "b"} { // stopped, and absent
			if _, err := provisioner.New(b.direct, b.config).Address(ctx, workspace); !errors.Is(err, provisioner.ErrNoAddress) {
				t.Errorf("Address = %v, want %v", err, provisioner.ErrNoAddress)
			}
		}
		must(t, p.Start(ctx, "a")) // one that exists and is stopped
		running(true)
		must(t, p.RemoveWithVolumes(ctx, "a"))
		must(t, p.RemoveWithVolumes(ctx, "a"))
		running(false)
		must(t, p.Restart(ctx, "a")) // one that does not exist
		running(true)
	})
}

// TestVolumesAreKept makes a container anew, and removes it: its volumes stay.
func TestVolumesAreKept(t *testing.T) {
	t.Parallel()
	b := onReal(t, provisioner.Config{})
	current := func() string {
		t.Helper()
		mounts := b.inspect(t, b.config.Prefix+"a").Mounts
		if len(mounts) != 1 {
			t.Fatalf("mounts %v, want the image's volume", mounts)
		}
		return mounts[0].Name
	}
	exists := func(name string) bool {
		t.Helper()
		found, err := b.direct.VolumeList(t.Context(), volume.ListOptions{Filters: filters.NewArgs(filters.Arg("name", name))})
		must(t, err)
		return len(found.Volumes) > 0
	}
	b.start(t, "a")
	kept := current()
	must(t, b.provisioner.Restart(t.Context(), "a"))
	must(t, b.provisioner.Restart(t.Context(), "a"))
	if got := current(); got != kept {
		t.Errorf("the container made anew has volume %s, want %s", got, kept)
	}
	must(t, b.provisioner.Remove(t.Context(), "a"))
	if !exists(kept) {
		t.Error("Remove has removed the volume")
	}
	must(t, b.direct.VolumeRemove(t.Context(), kept, true))
	b.start(t, "a")
	second := current()
	must(t, b.provisioner.Restart(t.Context(), "a"))
	must(t, b.provisioner.RemoveWithVolumes(t.Context(), "a"))
	if exists(second) {
		t.Error("RemoveWithVolumes has left the volume")
	}
}

// TestVolumesAskedFor asks the engine to remove volumes only if it is told to.
func TestVolumesAskedFor(t *testing.T) {
	t.Parallel()
	b := inProcess(t, provisioner.Config{})
	for _, test := range []struct {
		remove  func(context.Context, string) error
		volumes bool
	}{{b.provisioner.Remove, false}, {b.provisioner.RemoveWithVolumes, true}} {
		b.start(t, "a")
		must(t, b.provisioner.Restart(t.Context(), "a")) // which removes one, too
		b.faults.ForgetJournal()
		must(t, test.remove(t.Context(), "a"))
		for _, call := range b.faults.Journal() {
			if call.Method == "DELETE" && strings.Contains(call.Query, "v=1") != test.volumes {
				t.Errorf("%s %s?%s: want volumes removed: %t", call.Method, call.Path, call.Query, test.volumes)
			}
		}
	}
}

// TestRestartOnce calls for a restart many times at once.
func TestRestartOnce(t *testing.T) {
	t.Parallel()
	onEngines(t, func(t *testing.T, b *bench) {
		b.start(t, "a")
		// The first restart waits until all have called.
		stalled := b.faults.Inject(faultkit.Injection{Fault: faultkit.Stall, Path: "/containers/*/stop"})
		created := b.faults.Inject(faultkit.Injection{Fault: faultkit.Slow, Method: "POST", Path: "/containers/create"})
		var calls, called sync.WaitGroup
		for range 15 {
			called.Add(1)
			calls.Go(func() {
				called.Done()
				if err := b.provisioner.Restart(t.Context(), "a"); err != nil {
					t.Error(err)
				}
			})
		}
		gone, cancel := context.WithCancel(t.Context())
		cancel()
		if err := b.provisioner.Restart(gone, "a"); !errors.Is(err, context.Canceled) {
			t.Errorf("a caller that is gone: %v", err)
		}
		called.Wait()
		stalled.Remove()
		calls.Wait()
		// Those that called late find no restart in progress, and are one more.
		if n := created.Hits(); n < 1 || n > 2 {
			t.Errorf("15 calls at once: %d restarts", n)
		}
	})
}

// TestFaults asks for each change under each fault: an error, never success, and the
// container stays.
func TestFaults(t *testing.T) {
	t.Parallel()
	b := inProcess(t, provisioner.Config{Timeout: impatient})
	b.start(t, "a")
	before := b.id(t, "a")
	for _, fault := range faultkit.Faults() {
		if fault.String() == faultkit.Canceled.String() || b.faults.Can(fault) != nil {
			continue
		}
		injected := b.faults.Inject(faultkit.Injection{Fault: fault})
		p := provisioner.New(dial(t, b.faults.Host()), b.config)
		for name, change := range map[string]func(context.Context, string) error{
			"Start": p.Start, "Stop": p.Stop, "Remove": p.Remove, "Restart": p.Restart,
			"Revive": func(ctx context.Context, workspace string) error {
				return p.Revive(ctx, workspace, provisioner.Verdict{ID: before})
			},
		} {
			if err := change(t.Context(), "a"); err == nil {
				t.Errorf("%s under %s: no error", name, fault)
			}
		}
		if _, err := p.Workspaces(t.Context()); err == nil {
			t.Errorf("Workspaces under %s: no error", fault)
		}
		injected.Remove()
	}
	if info := b.inspect(t, b.config.Prefix+"a"); info.ID != before || !info.State.Running {
		t.Errorf("container %s, running %t; want %s, running", info.ID, info.State.Running, before)
	}
}

// TestFaultsOfActs asks for each change while only a call that makes it fails, or is
// answered with success by somebody who has done nothing: an error, never success.
func TestFaultsOfActs(t *testing.T) {
	t.Parallel()
	b := inProcess(t, provisioner.Config{})
	p := b.provisioner
	for _, test := range []struct {
		name, method, path string
		change             func(context.Context, string) error
	}{
		{"Stop", "POST", "/containers/*/stop", p.Stop},
		{"Remove", "DELETE", "/containers/*", p.Remove},
		{"Restart", "POST", "/containers/create", p.Restart},
		{"Restart", "POST", "/containers/*/stop", p.Restart},
		{"Restart", "POST", "/containers/*/start", p.Restart},
		{"Restart", "DELETE", "/containers/*", p.Restart},
		{"Restart", "POST", "/containers/*/rename", p.Restart},
		{"Start of none", "POST", "/containers/create", func(ctx context.Context, _ string) error { return p.Start(ctx, "none") }},
		{"Start of none", "POST", "/containers/*/start", func(ctx context.Context, _ string) error { return p.Start(ctx, "none") }},
	} {
		for _, fault := range []faultkit.Fault{
			faultkit.EOF, faultkit.InternalError, faultkit.PageNotFound, faultkit.Unavailable,
			faultkit.NoContent, faultkit.EmptyObject, faultkit.HTMLPage,
		} {
			must(t, p.Start(t.Context(), "a"))
			injected := b.faults.Inject(faultkit.Injection{Fault: fault, Method: test.method, Path: test.path})
			if err := test.change(t.Context(), "a"); err == nil {
				t.Errorf("%s, and %s %s under %s: no error", test.name, test.method, test.path, fault)
			}
			if injected.Hits() == 0 {
				t.Errorf("%s: no %s %s", test.name, test.method, test.path)
			}
			injected.Remove()
			if _, err := b.direct.ContainerInspect(t.Context(), b.config.Prefix+"a"); err != nil {
				must(t, p.Start(t.Context(), "a")) // it was removed, and the other not renamed
			}
			// What fails before anything was stopped changes nothing.
			early := test.path == "/containers/create" || test.path == "/containers/*/stop"
			if info := b.inspect(t, b.config.Prefix+"a"); early && !info.State.Running {
				t.Errorf("%s, and %s %s under %s: the container is %s", test.name, test.method, test.path, fault, info.State.Status)
			}
			must(t, p.Remove(t.Context(), "none"))
		}
	}
}

// TestForeign leaves alone what is not the workspace's, whatever its name.
func TestForeign(t *testing.T) {
	t.Parallel()
	onEngines(t, func(t *testing.T, b *bench) {
		p := b.provisioner
		acts := map[string]func(context.Context, string) error{
			"Start": p.Start, "Stop": p.Stop, "Remove": p.Remove, "RemoveWithVolumes": p.RemoveWithVolumes, "Restart": p.Restart,
			"Revive": func(ctx context.Context, workspace string) error {
				v, err := p.Look(ctx, workspace)
				if err != nil {
					return err
				}
				return p.Revive(ctx, workspace, v)
			},
			"Dial": func(ctx context.Context, workspace string) error { _, err := p.Dial(ctx, workspace); return err },
		}
		for name, labels := range map[string]map[string]string{
			"unlabelled": nil,
			"another":    {"provisioner.workspace": "somebody"},
		} {
			id := b.create(t, b.config.Prefix+name, labels)
			must(t, b.direct.ContainerStart(t.Context(), id, container.StartOptions{}))
			must(t, b.direct.ContainerKill(t.Context(), id, "KILL"))
			before := b.inspect(t, id)
			for act, do := range acts {
				if err := do(t.Context(), name); err == nil {
					t.Errorf("%s of a foreign container (%s): no error", act, name)
				}
			}
			if after := b.inspect(t, id); after.State.StartedAt != before.State.StartedAt || after.Name != before.Name {
				t.Errorf("a foreign container (%s) was touched", name)
			}
		}
		// One that runs, and could be reached.
		b.createAt(t, b.config.Prefix+"open", "")
		must(t, b.direct.ContainerStart(t.Context(), b.config.Prefix+"open", container.StartOptions{}))
		if _, err := p.Dial(t.Context(), "open"); !errors.Is(err, provisioner.ErrForeign) {
			t.Errorf("Dial of a foreign container: %v, want %v", err, provisioner.ErrForeign)
		}
		// The daemon takes the beginning of an id for a name.
		id := b.create(t, b.config.Prefix+"foreign", nil)
		must(t, b.direct.ContainerStart(t.Context(), id, container.StartOptions{}))
		nameless := provisioner.New(dial(t, b.faults.Host()), provisioner.Config{Image: b.config.Image, Labels: b.config.Labels, Timeout: patient})
		short := id[:12]
		if running, err := nameless.IsRunning(t.Context(), short); !running || err == nil {
			t.Errorf("IsRunning of the beginning of an id = (%t, %v), want (true, an error)", running, err)
		}
		for name, do := range map[string]func(context.Context, string) error{"Stop": nameless.Stop, "Remove": nameless.Remove, "Restart": nameless.Restart} {
			if err := do(t.Context(), short); err == nil {
				t.Errorf("%s of the beginning of an id: no error", name)
			}
		}
		if info := b.inspect(t, id); !info.State.Running {
			t.Error("a foreign container was stopped by the beginning of its id")
		}
	})
}

// TestLabelStays marks a container whatever labels the configuration has.
func TestLabelStays(t *testing.T) {
	t.Parallel()
	b := inProcess(t, provisioner.Config{Labels: map[string]string{"provisioner.workspace": "b", "x": "y"}})
	b.start(t, "a")
	if labels := b.inspect(t, b.config.Prefix+"a").Config.Labels; labels["provisioner.workspace"] != "a" || labels["x"] != "y" {
		t.Errorf("labels %v", labels)
	}
	if names, err := b.provisioner.Workspaces(t.Context()); err != nil || !slices.Equal(names, []string{"a"}) {
		t.Errorf("Workspaces = (%v, %v)", names, err)
	}
}
