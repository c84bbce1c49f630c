package provisioner

import (
	"cmp"
	"errors"
	"fmt"
	"net"
	"time"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/go-connections/nat"
)

// ErrAnswer is what is answered when the engine did, with success, but nothing
// that tells the state of the container that was asked about: null, an object
// without a state, another container. It is a fault like any other.
var ErrAnswer = errors.New("the engine's answer cannot be understood")

// A Verdict is what the engine said of a workspace's container. It holds of the
// container that it names, as it was started then, and of no later one.
type Verdict struct {
	// ID is the container's, "" where there certainly is none.
	ID string
	// Running is false only for a container that is certainly stopped, or absent.
	Running bool
	// Status is the engine's word: created, running, paused, restarting, removing,
	// exited or dead. It is "" where there is no container.
	Status container.ContainerState
	// ExitCode is that of the last run, and OOMKilled whether it ended for want of
	// memory. They mean nothing while the container runs.
	ExitCode  int
	OOMKilled bool

	started string // when, in the engine's words
	address string // host and port of the agent, "" if none is published
	labels  map[string]string
	asked   time.Time // no later than when it held
}

// same reports whether two verdicts are of one container, not started in between.
func (v Verdict) same(w Verdict) bool { return v.ID == w.ID && v.started == w.started }

// absent reports whether there is no container.
func (v Verdict) absent() bool { return v.ID == "" }

// live reports whether there is one that has a process, or will have.
func (v Verdict) live() bool {
	return v.Status == container.StateRunning || v.Status == container.StatePaused || v.Status == container.StateRestarting
}

// startedSince reports whether v is of a container that was started, and may have
// stopped, since the verdict w on it.
func (v Verdict) startedSince(w Verdict) bool {
	return !v.absent() && v.Status != container.StateCreated && !v.same(w)
}

// exit returns why a container does not run, as a word for metrics.
func (v Verdict) exit() string {
	switch {
	case v.absent():
		return "absent"
	case v.OOMKilled:
		return "oom"
	case v.Status != container.StateExited:
		return v.Status // created or dead
	case v.ExitCode == 0:
		return "success"
	case v.ExitCode == 137:
		return "killed" // 128 and SIGKILL
	case v.ExitCode == 143:
		return "terminated" // 128 and SIGTERM
	}
	return "failure"
}

// read makes a verdict of the answer to an inspect for ref, a name or an id, asked
// at the given time. port is the agent's in the container; a container that was
// created no longer than starting ago may be about to start, and counts as
// running. The error is ErrAnswer.
func read(info container.InspectResponse, ref string, port nat.Port, asked time.Time, starting time.Duration) (Verdict, error) {
	if info.ContainerJSONBase == nil || info.State == nil || !containerName.MatchString(info.ID) {
		return Verdict{Running: true}, fmt.Errorf("%w: no state, or no id, in it", ErrAnswer)
	}
	// The daemon takes the beginning of an id for a name that it does not know.
	if info.ID != ref && info.Name != "" && info.Name != "/"+ref {
		return Verdict{Running: true}, fmt.Errorf("%w: it is about container %s", ErrAnswer, info.Name)
	}
	v := Verdict{
		ID: info.ID, Status: cmp.Or(info.State.Status, container.StateRunning), ExitCode: info.State.ExitCode, OOMKilled: info.State.OOMKilled,
		started: info.State.StartedAt, address: published(info, port), asked: asked,
	}
	if info.Config != nil {
		v.labels = info.Config.Labels
	}
	var err error
	v.Running, err = runs(info, asked, starting)
	return v, err
}

// runs reports whether the state of an answer is that of a container that runs, or
// is about to. It is true with an error when the state is not one that is known,
// or contradicts itself.
func runs(info container.InspectResponse, asked time.Time, starting time.Duration) (bool, error) {
	state := info.State
	busy := state.Running || state.Paused || state.Restarting
	switch state.Status {
	case container.StateRunning, container.StatePaused, container.StateRestarting, container.StateRemoving:
		return true, nil
	case container.StateExited, container.StateDead:
		if !busy {
			return false, nil
		}
	case container.StateCreated:
		created, err := time.Parse(time.RFC3339Nano, info.Created)
		if !busy && err == nil {
			return asked.Sub(created).Abs() < starting, nil
		}
	case "":
		if state.Running {
			return true, nil
		}
	}
	return true, fmt.Errorf("%w: status %q, running %t, paused %t, restarting %t", ErrAnswer, state.Status, state.Running, state.Paused, state.Restarting)
}

// published returns the host and port on which a port of a container can be
// reached, or "".
func published(info container.InspectResponse, port nat.Port) string {
	if info.NetworkSettings == nil {
		return ""
	}
	for _, binding := range info.NetworkSettings.Ports[port] {
		if binding.HostPort != "" {
			return net.JoinHostPort(binding.HostIP, binding.HostPort)
		}
	}
	return ""
}
