package provisioner

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/containerd/errdefs"
)

// TestIsContainerNotFound is the truth table of the incident's first mend, and
// of what was learnt since.
func TestIsContainerNotFound(t *testing.T) {
	t.Parallel()
	typed := notFoundError("Error response from daemon: No such container: ws-abc123")
	for _, test := range []struct {
		name string
		err  error
		want bool
	}{
		{"nil", nil, false},
		{"typed", typed, true},
		{"without its beginning", notFoundError("No such container: ws-abc123"), true},
		{"podman's message", notFoundError(`no container with name or ID "ws-abc123" found: no such container`), true},
		{"wrapped", fmt.Errorf("workspace abc123: %w", typed), true},

		{"the words without the type", errors.New("Error response from daemon: No such container: ws-abc123"), false},
		{"another container", notFoundError("Error response from daemon: No such container: ws-abc1234"), false},
		{"a name that begins with it", notFoundError("Error response from daemon: No such container: ws-abc123.next"), false},
		{"no container named", notFoundError("Error response from daemon: No such container"), false},
		{"plain words", errors.New("container not found"), false},
		{"in the middle of others", errors.New("no endpoint: No such container: ws-abc123 (cached)"), false},
		{"deadline", context.DeadlineExceeded, false},
		{"a wrapped deadline", notFoundError("context deadline exceeded"), false},
		{"a deadline with the words", fmt.Errorf("No such container: ws-abc123: %w", context.DeadlineExceeded), false},
		{"the words in a deadline", &typedError{"No such container: ws-abc123", context.DeadlineExceeded}, false},
		{"unavailable with the words", &typedError{"No such container: ws-abc123", errdefs.ErrUnavailable}, false},
		{"typed, and a deadline", errors.Join(typed, context.DeadlineExceeded), false},
		{"unavailable around the words", fmt.Errorf("%w: %w", errdefs.ErrUnavailable, typed), false},
		{"a proxy's 503 around the words", &wrappedError{typed, errdefs.ErrUnavailable}, false},
		{"a deadline around the words", &wrappedError{typed, context.DeadlineExceeded}, false},
		{"conflict with the words", &typedError{"No such container: ws-abc123", errdefs.ErrConflict}, false},
		{"denied with the words", &typedError{"No such container: ws-abc123", errdefs.ErrPermissionDenied}, false},
		{"socket EOF", errors.New(`Get "http://%2Fvar%2Frun%2Fdocker.sock/v1.47/containers/ws-abc123/json": EOF`), false},
		{"refused", errors.New("dial tcp 127.0.0.1:2375: connect: connection refused"), false},
		{"i/o timeout", errors.New("read unix @->/var/run/docker.sock: i/o timeout"), false},
		{"empty string", errors.New(""), false},
		{"empty, typed", notFoundError(""), false},
		{"socket missing", errors.New("dial unix /var/run/docker.sock: connect: no such file or directory"), false},
		{"no such host", errors.New("dial tcp: lookup engine.invalid: no such host"), false},
		{"page not found", errors.New("Error response from daemon: page not found"), false},
		{"page not found, typed", notFoundError("Error response from daemon: page not found"), false},
		{"permission denied", errors.New("permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock"), false},
		{"canceled", context.Canceled, false},
		{"image", errors.New("Error response from daemon: No such image: ws-abc123"), false},
		{"image, typed", notFoundError("Error response from daemon: No such image: ws-abc123"), false},
		{"network, typed", notFoundError("Error response from daemon: network ws-abc123 not found"), false},
		{"node, typed", notFoundError("Error response from daemon: No such node: ws-abc123"), false},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := isContainerNotFound(test.err, "ws-abc123"); got != test.want {
				t.Errorf("isContainerNotFound(%v) = %t, want %t", test.err, got, test.want)
			}
		})
	}
}

// notFoundError is what the client makes of status 404: the daemon's message,
// and the type that containerd/errdefs knows.
type notFoundError string

func (e notFoundError) Error() string { return string(e) }
func (notFoundError) NotFound()       {}

// A typedError is what the client makes of another status.
type typedError struct {
	message string
	is      error
}

func (e *typedError) Error() string        { return e.message }
func (e *typedError) Is(target error) bool { return target == e.is }

// A wrappedError is one that a layer in between has given a type of its own.
type wrappedError struct {
	error
	is error
}

func (e *wrappedError) Unwrap() error        { return e.error }
func (e *wrappedError) Is(target error) bool { return target == e.is }
