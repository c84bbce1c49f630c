package provisioner

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/docker/docker/client"
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
		{"daemon's message", errors.New("Error response from daemon: No such container: ws-abc123"), true},
		{"plain words", errors.New("container not found"), true},
		{"deadline", context.DeadlineExceeded, false},
		{"socket EOF", errors.New(`Get "http://%2Fvar%2Frun%2Fdocker.sock/v1.47/containers/ws-abc123/json": EOF`), false},
		{"refused", errors.New("dial tcp 127.0.0.1:2375: connect: connection refused"), false},
		{"i/o timeout", errors.New("read unix @->/var/run/docker.sock: i/o timeout"), false},
		{"empty string", errors.New(""), false},
		{"typed", typed, true},
		{"wrapped", fmt.Errorf("workspace abc123: %w", typed), true},
		{"socket missing", errors.New("dial unix /var/run/docker.sock: connect: no such file or directory"), false},
		{"page not found", errors.New("Error response from daemon: page not found"), false},
		{"page not found, typed", notFoundError("Error response from daemon: page not found"), false},
		{"permission denied", errors.New("permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock"), false},
		{"canceled", context.Canceled, false},
		{"image", errors.New("Error response from daemon: No such image: app:latest"), false},
		{"image, typed", notFoundError("Error response from daemon: No such image: app:latest"), false},
		{"network", errors.New("Error response from daemon: network ws-net not found"), false},
		{"network, typed", notFoundError("Error response from daemon: network ws-net not found"), false},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := isContainerNotFound(test.err); got != test.want {
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

// TestIsRunning asks through the real client a server that speaks the daemon's
// protocol, or does not.
func TestIsRunning(t *testing.T) {
	t.Parallel()
	answer := func(status int, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(status)
			fmt.Fprint(w, body)
		}
	}
	hangUp := func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := w.(http.Hijacker).Hijack()
		if err == nil {
			conn.Close()
		}
	}
	for _, test := range []struct {
		name   string
		daemon http.HandlerFunc
		want   bool
		fails  bool
	}{
		{"running", answer(200, `{"Id":"ws-abc123","State":{"Running":true}}`), true, false},
		{"stopped", answer(200, `{"Id":"ws-abc123","State":{"Running":false}}`), false, false},
		{"absent", answer(404, `{"message":"No such container: ws-abc123"}`), false, false},
		{"500", answer(500, `{"message":"context deadline exceeded"}`), true, true},
		{"503", answer(503, `{"message":"service unavailable"}`), true, true},
		{"page not found", answer(404, `{"message":"page not found"}`), true, true},
		{"EOF", hangUp, true, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(test.daemon)
			defer server.Close()
			got, err := New(dial(t, server.URL), Config{}).IsRunning(t.Context(), "ws-abc123")
			if got != test.want || (err != nil) != test.fails {
				t.Errorf("IsRunning = (%t, %v), want (%t, error: %t)", got, err, test.want, test.fails)
			}
		})
	}
	t.Run("refused", func(t *testing.T) {
		t.Parallel()
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		l.Close()
		got, err := New(dial(t, "http://"+l.Addr().String()), Config{}).IsRunning(t.Context(), "ws-abc123")
		if !got || err == nil {
			t.Errorf("IsRunning = (%t, %v), want (true, an error)", got, err)
		}
	})
	t.Run("deadline", func(t *testing.T) {
		t.Parallel()
		done := make(chan struct{})
		server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-done }))
		defer server.Close()
		defer close(done)
		ctx, cancel := context.WithTimeout(t.Context(), 0)
		defer cancel()
		got, err := New(dial(t, server.URL), Config{}).IsRunning(ctx, "ws-abc123")
		if !got || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("IsRunning = (%t, %v), want (true, %v)", got, err, context.DeadlineExceeded)
		}
	})
}

func dial(t *testing.T, url string) *client.Client {
	t.Helper()
	cli, err := client.NewClientWithOpts(client.WithHost("tcp"+url[len("http"):]), client.WithVersion("1.47"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cli.Close() })
	return cli
}
