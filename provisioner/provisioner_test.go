package provisioner_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"

	"github.com/containerd/errdefs"
	"github.com/docker/docker/client"

	"github.com/errswallow/errswallow/provisioner"
	"github.com/errswallow/errswallow/provisioner/dockerfault"
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
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		running(false)
		must(p.Stop(ctx, "a")) // what does not exist is stopped, and removed
		must(p.Remove(ctx, "a"))
		b.start(t, "a")
		running(true)
		must(p.Start(ctx, "a"))
		if names, err := p.Workspaces(ctx); err != nil || !slices.Equal(names, []string{"a"}) {
			t.Errorf("Workspaces = (%v, %v), want a", names, err)
		}
		before := b.id(t, "a")
		must(p.Restart(ctx, "a"))
		running(true)
		if b.id(t, "a") == before {
			t.Error("the container was not made anew")
		}
		b.await(t, "a")
		must(p.Stop(ctx, "a"))
		must(p.Stop(ctx, "a"))
		running(false)
		if _, err := p.Address(ctx, "b"); !errdefs.IsNotFound(err) {
			t.Errorf("Address of what does not exist: %v", err)
		}
		must(p.Start(ctx, "a")) // one that exists and is stopped
		running(true)
		must(p.Remove(ctx, "a"))
		must(p.Remove(ctx, "a"))
		running(false)
	})
}

// TestAddressOfStopped names what is wrong with a container that does not listen.
func TestAddressOfStopped(t *testing.T) {
	t.Parallel()
	b := inProcess(t, provisioner.Config{})
	b.start(t, "a")
	b.kill(t, "a")
	fresh := provisioner.New(b.direct, b.config)
	if _, err := fresh.Address(t.Context(), "a"); !errors.Is(err, provisioner.ErrNoAddress) {
		t.Errorf("Address = %v, want %v", err, provisioner.ErrNoAddress)
	}
}

// TestRestartOnce calls for a restart many times at once.
func TestRestartOnce(t *testing.T) {
	t.Parallel()
	onEngines(t, func(t *testing.T, b *bench) {
		b.start(t, "a")
		// The first restart waits until all have called.
		stalled := b.faults.Inject(dockerfault.Injection{Fault: dockerfault.Stall, Path: "/containers/*/stop"})
		created := b.faults.Inject(dockerfault.Injection{Fault: dockerfault.Slow, Method: "POST", Path: "/containers/create"})
		var calls sync.WaitGroup
		var called sync.WaitGroup
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

// TestFaults asks for each change under each fault: an error, never success.
func TestFaults(t *testing.T) {
	t.Parallel()
	b := inProcess(t, provisioner.Config{Timeout: dockerfault.Patience, Grace: 1})
	b.start(t, "a")
	for _, fault := range dockerfault.Faults() {
		injected := b.faults.Inject(dockerfault.Injection{Fault: fault})
		for name, change := range map[string]func(context.Context, string) error{
			"Start": b.provisioner.Start, "Stop": b.provisioner.Stop, "Remove": b.provisioner.Remove, "Restart": b.provisioner.Restart,
		} {
			if err := change(t.Context(), "a"); err == nil {
				t.Errorf("%s under %s: no error", name, fault)
			}
		}
		if _, err := b.provisioner.Workspaces(t.Context()); err == nil {
			t.Errorf("Workspaces under %s: no error", fault)
		}
		injected.Remove()
	}
}

// TestContract holds IsRunning to its contract under every fault.
func TestContract(t *testing.T) {
	t.Parallel()
	onEngines(t, func(t *testing.T, b *bench) {
		b.start(t, "running")
		b.start(t, "stopped")
		b.kill(t, "stopped")
		target := dockerfault.Target{Host: b.host, Running: "running", Stopped: "stopped", Absent: "absent"}
		target.Verify(t, func(ctx context.Context, cli *client.Client, id string) (bool, error) {
			return provisioner.New(cli, b.config).IsRunning(ctx, id)
		})
	})
}
