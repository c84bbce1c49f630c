package silent

import (
	"context"
	"errors"
	"strings"

	"github.com/containerd/errdefs"
	"github.com/docker/docker/client"
)

// Functions and methods that are conditions of a poll, and nothing else: false is "not yet".
type waiting struct {
	cli *client.Client
	id  string
}

func (w *waiting) up() bool {
	_, err := w.cli.ContainerInspect(context.Background(), w.id)
	return err == nil
}

func (w *waiting) Start() error { return keepAsking(w.up, 5) }

func keepAsking(ready func() bool, attempts int) error {
	for range attempts {
		if ready() {
			return nil
		}
	}
	return context.DeadlineExceeded
}

// A status that says that nobody knows is told as such.
type status string

const (
	statusUnknown status = "unknown"
	statusUp      status = "up"
	statusGone    status = "gone"
)

func (m *manager) status(ctx context.Context, id string) status {
	info, err := m.cli.ContainerInspect(ctx, id)
	switch {
	case errdefs.IsNotFound(err):
		return statusGone
	case err != nil:
		return statusUnknown
	case info.State.Running:
		return statusUp
	}
	return "down"
}

func (m *manager) Known(ctx context.Context, id string) (up bool, err error) {
	switch s := m.status(ctx, id); s {
	case statusUnknown:
		return false, errors.New("nobody knows")
	default:
		return s == statusUp, nil
	}
}

// A condition whose reason says that something failed tells of it.
type condition struct{ Status, Reason string }

func conditions(ctx context.Context, cli *client.Client, id string) []condition {
	info, err := cli.ContainerInspect(ctx, id)
	if err != nil {
		return []condition{{Status: "Missing", Reason: "ApiError"}}
	}
	return []condition{{Status: info.State.Status, Reason: "Found"}}
}

// The text of a sentinel in that of an error is a gate, and so is a code that a helper gets from it.
var errNoContainer = errors.New("no such container")

type apiError struct{ Code int }

func (e *apiError) Error() string { return "api" }

func codeOf(err error) int {
	var e *apiError
	if errors.As(err, &e) {
		return e.Code
	}
	return 500
}

func find(ctx context.Context, cli *client.Client, id string) (*condition, error) {
	info, err := cli.ContainerInspect(ctx, id)
	if err != nil {
		if codeOf(err) == 404 || strings.Contains(strings.ToLower(err.Error()), errNoContainer.Error()) {
			return nil, errNoContainer
		}
		return nil, err
	}
	return &condition{Status: info.State.Status}, nil
}
