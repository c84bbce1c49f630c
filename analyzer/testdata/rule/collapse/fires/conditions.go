package fires

import (
	"context"

	"github.com/docker/docker/client"
)

// What is called, too, is a condition of a poll and a verdict.
type waiting struct {
	cli *client.Client
	id  string
}

func (w *waiting) up() bool {
	_, err := w.cli.ContainerInspect(context.Background(), w.id)
	return err == nil // want `up: answers false, as for .* when ContainerInspect times out \(collapse\)`
}

func (w *waiting) Start() error { return waitFor(w.up, 5) }

func (w *waiting) State() string {
	if w.up() {
		return "up"
	}
	return "gone"
}

func waitFor(ready func() bool, attempts int) error {
	for range attempts {
		if ready() {
			return nil
		}
	}
	return context.DeadlineExceeded
}

// A status that says that nobody knows is honest, and whoever takes it for absence is not.
type status string

const (
	statusUnknown status = "unknown"
	statusUp      status = "up"
)

func (m *manager) status(ctx context.Context, id string) status {
	info, err := m.cli.ContainerInspect(ctx, id)
	if err != nil {
		return statusUnknown
	}
	if info.State.Running {
		return statusUp
	}
	return "down"
}

func (m *manager) Known(ctx context.Context, id string) bool {
	return m.status(ctx, id) != statusUnknown // want `Known: answers false, as for a container that does not exist, when status \(ContainerInspect\) times out \(collapse\)`
}

// A condition tells nothing of a failure if its reason does not.
type condition struct{ Status, Reason string }

func conditions(ctx context.Context, cli *client.Client, id string) []condition {
	info, err := cli.ContainerInspect(ctx, id)
	if err != nil {
		return []condition{{Status: "Missing", Reason: "NoResource"}} // want `conditions: answers "Missing" in \.\.\., as for a container that does not exist, when ContainerInspect times out \(collapse\)`
	}
	return []condition{{Status: info.State.Status, Reason: "Found"}}
}
