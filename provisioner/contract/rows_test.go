package contract

import (
	"context"
	"testing"
	"time"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"

	"github.com/errswallow/errswallow/faultkit"
	"github.com/errswallow/errswallow/provisioner"
)

// impatient is the deadline for an engine that is stalled.
const impatient = 100 * time.Millisecond

// TestContract holds IsRunning to its contract under every fault, and the supervisor
// to doing nothing.
func TestContract(t *testing.T) {
	t.Parallel()
	onEngines(t, func(t *testing.T, b *bench) {
		b.start(t, "running")
		b.start(t, "stopped")
		b.kill(t, "stopped")
		target := faultkit.Target{Host: b.host, Running: "running", Stopped: "stopped", Absent: "absent"}
		faultkit.VerifyOn[bool](t, target, func(ctx context.Context, host, workspace string) (bool, error) {
			cli, err := client.NewClientWithOpts(client.WithHost(host), client.WithVersion("1.41"))
			if err != nil {
				return true, err
			}
			defer cli.Close()
			return provisioner.New(cli, b.config).IsRunning(ctx, workspace)
		})
		faultkit.VerifyCallerOn(t, target, func(ctx context.Context, host, workspace string) {
			cli, err := client.NewClientWithOpts(client.WithHost(host), client.WithVersion("1.41"))
			if err != nil {
				return
			}
			defer cli.Close()
			p := provisioner.New(cli, b.config)
			if v, err := p.Look(ctx, workspace); err == nil && !v.Running {
				p.Revive(ctx, workspace, v)
			}
		})
	})
}

// TestRows asks about a container in each state that the contract has a row for.
func TestRows(t *testing.T) {
	t.Parallel()
	t.Run("in process", func(t *testing.T) {
		t.Parallel()
		b := inProcess(t, provisioner.Config{Timeout: patient})
		for _, row := range []struct {
			state faultkit.State
			want  bool
		}{
			{faultkit.State{Status: "running"}, true},
			{faultkit.State{Status: "paused"}, true},
			{faultkit.State{Status: "restarting"}, true},
			{faultkit.State{Status: "removing"}, true},
			{faultkit.State{Status: "exited"}, false},
			{faultkit.State{Status: "exited", ExitCode: 3}, false},
			{faultkit.State{Status: "exited", ExitCode: 137, OOMKilled: true}, false},
			{faultkit.State{Status: "dead"}, false},
		} {
			b.start(t, "a")
			b.local.Set(b.config.Prefix+"a", row.state)
			b.wantVerdict(t, "a", row.want, row.state.Status)
			if v, _ := b.provisioner.Look(t.Context(), "a"); !row.want && (v.ExitCode != row.state.ExitCode || v.OOMKilled != row.state.OOMKilled) {
				t.Errorf("%+v: %+v", row.state, v)
			}
			must(t, b.direct.ContainerRemove(t.Context(), b.config.Prefix+"a", container.RemoveOptions{Force: true}))
		}
		b.wantVerdict(t, "a", false, "")
	})
	t.Run("real engine", func(t *testing.T) {
		t.Parallel()
		b := onReal(t, provisioner.Config{})
		run := func(workspace string, host *container.HostConfig, cmd ...string) string {
			created, err := b.direct.ContainerCreate(t.Context(), &container.Config{Image: b.config.Image, Cmd: cmd, Labels: b.config.Labels}, host, nil, nil, b.config.Prefix+workspace)
			must(t, err)
			t.Cleanup(func() {
				b.direct.ContainerRemove(context.Background(), created.ID, container.RemoveOptions{Force: true, RemoveVolumes: true})
			})
			must(t, b.direct.ContainerStart(t.Context(), created.ID, container.StartOptions{}))
			return created.ID
		}
		b.wantVerdict(t, "absent", false, "")
		b.start(t, "a")
		b.wantVerdict(t, "a", true, "running")
		must(t, b.direct.ContainerPause(t.Context(), b.config.Prefix+"a"))
		b.wantVerdict(t, "a", true, "paused")
		must(t, b.direct.ContainerUnpause(t.Context(), b.config.Prefix+"a"))
		b.kill(t, "a")
		b.wantVerdict(t, "a", false, "exited")

		id := run("fails", nil, "-exit", "3")
		await(t, "it has failed", func() bool { return !b.inspect(t, id).State.Running })
		b.wantVerdict(t, "fails", false, "exited")
		if v, _ := b.provisioner.Look(t.Context(), "fails"); v.ExitCode != 3 {
			t.Errorf("exit code %d, want 3", v.ExitCode)
		}
		id = run("again", &container.HostConfig{RestartPolicy: container.RestartPolicy{Name: "always"}}, "-exit", "3")
		// The engine waits longer each time before it starts it again.
		await(t, "it is restarting", func() bool { return b.inspect(t, id).State.Restarting })
		await(t, "the verdict is that", func() bool {
			v, err := b.provisioner.Look(t.Context(), "again")
			if err != nil || !v.Running {
				t.Fatalf("restarting: (%+v, %v)", v, err)
			}
			return v.Status == "restarting"
		})
	})
}

// TestCreated does not take for dead what is about to be started.
func TestCreated(t *testing.T) {
	t.Parallel()
	onEngines(t, func(t *testing.T, b *bench) {
		b.create(t, b.config.Prefix+"a", map[string]string{"provisioner.workspace": "a"})
		b.wantVerdict(t, "a", true, "created") // a moment ago
		late := b.config
		late.Timeout = time.Second
		p := provisioner.New(dial(t, b.host), late)
		await(t, "it counts as not started", func() bool {
			running, err := p.IsRunning(t.Context(), "a")
			must(t, err)
			return !running
		})
		must(t, b.provisioner.Start(t.Context(), "a"))
		// A start in progress, of one that is dead.
		b.kill(t, "a")
		stalled := b.faults.Inject(faultkit.Injection{Fault: faultkit.Stall, Path: "/containers/*/start"})
		done := make(chan error)
		go func() { done <- b.provisioner.Start(t.Context(), "a") }()
		await(t, "the start is in progress", func() bool { return stalled.Hits() > 0 })
		b.wantVerdict(t, "a", true, "exited")
		stalled.Remove()
		must(t, <-done)
		b.wantVerdict(t, "a", true, "running")
	})
}

func (b *bench) wantVerdict(t *testing.T, workspace string, running bool, status string) {
	t.Helper()
	v, err := b.provisioner.Look(t.Context(), workspace)
	if v.Running != running || v.Status != status || err != nil {
		t.Errorf("%s: (running %t, status %q, %v), want (%t, %q, nil)", workspace, v.Running, v.Status, err, running, status)
	}
}
