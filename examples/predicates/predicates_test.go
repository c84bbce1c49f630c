package predicates

import (
	"context"
	"os/exec"
	"testing"

	"github.com/docker/docker/api/types/container"

	"github.com/errswallow/errswallow/faultkit"
	"github.com/errswallow/errswallow/internal/realengine"
)

// TestPredicates holds each client's IsRunning to the contract, on an engine in this
// process.
func TestPredicates(t *testing.T) {
	t.Parallel()
	for name, isRunning := range map[string]func(context.Context, string, string) (bool, error){
		"docker": Docker, "moby": Moby, "fsouza": Fsouza,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			faultkit.Verify[bool](t, isRunning)
		})
	}
}

// TestOnReal holds two of them to it on the machine's engine.
func TestOnReal(t *testing.T) {
	t.Parallel()
	target := onReal(t)
	t.Run("moby", func(t *testing.T) {
		t.Parallel()
		faultkit.VerifyOn[bool](t, target, Moby)
	})
	t.Run("command", func(t *testing.T) {
		t.Parallel()
		if _, err := exec.LookPath("docker"); err != nil {
			t.Skip(err)
		}
		faultkit.VerifyOn[bool](t, target, Command)
	})
}

// onReal returns the machine's engine as a target.
func onReal(t *testing.T) faultkit.Target {
	t.Helper()
	engine := realengine.Require(t)
	target := faultkit.Target{Host: engine.DaemonHost(), Running: engine.Prefix() + "running", Stopped: engine.Prefix() + "stopped", Absent: engine.Prefix() + "absent"}
	for _, name := range []string{target.Running, target.Stopped} {
		created, err := engine.ContainerCreate(t.Context(), &container.Config{Image: engine.Image, Labels: engine.Labels()}, nil, nil, nil, name)
		if err != nil {
			t.Fatal(err)
		}
		if err := engine.ContainerStart(t.Context(), created.ID, container.StartOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	if err := engine.ContainerKill(t.Context(), target.Stopped, "KILL"); err != nil {
		t.Fatal(err)
	}
	for { // until it is dead
		info, err := engine.ContainerInspect(t.Context(), target.Stopped)
		if err != nil {
			t.Fatal(err)
		}
		if !info.State.Running {
			return target
		}
	}
}
