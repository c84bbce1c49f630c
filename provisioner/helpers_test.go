package provisioner_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/errswallow/errswallow/provisioner"
	"github.com/errswallow/errswallow/provisioner/counters"
)

func telemetry(t *testing.T, log io.Writer) (*provisioner.Telemetry, counters.Counters) {
	t.Helper()
	tel, counts, err := counters.New(slog.New(slog.NewTextHandler(log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	return tel, counts
}

func wantCounts(t *testing.T, c counters.Counters, want map[string]int64) {
	t.Helper()
	if got := c.Read(); !maps.Equal(got, want) {
		t.Errorf("counted %v, want %v", got, want)
	}
}

// containers are Containers of a test's own.
type containers struct {
	look   func() (provisioner.Verdict, error)
	revive func(ctx context.Context, workspace string) error
	dial   func(ctx context.Context) (net.Conn, error)
}

func (c containers) Look(context.Context, string) (provisioner.Verdict, error) {
	return c.look()
}

func (c containers) Revive(ctx context.Context, workspace string, _ provisioner.Verdict) error {
	return c.revive(ctx, workspace)
}

func (c containers) Dial(ctx context.Context, _ string) (net.Conn, error) {
	if c.dial == nil {
		return nil, errors.New("nobody is there")
	}
	return c.dial(ctx)
}

var (
	dead    = provisioner.Verdict{ID: "0123456789ab", Status: "exited", ExitCode: 3}
	running = provisioner.Verdict{ID: "0123456789ab", Status: "running", Running: true}
)

// isDead is a container that is dead.
func isDead() (provisioner.Verdict, error) { return dead, nil }

// supervise returns a Supervisor of workspace a.
func supervise(t *testing.T, c containers, config provisioner.SupervisorConfig) (*provisioner.Supervisor, counters.Counters) {
	t.Helper()
	tel, counts := telemetry(t, io.Discard)
	supervisor := provisioner.NewSupervisor(c, tel, config)
	supervisor.Watch("a")
	return supervisor, counts
}

// behind returns a proxy in front of an agent that is a handler; nobody may ask about
// its container.
func behind(t *testing.T, config provisioner.ProxyConfig, agent http.HandlerFunc) (http.Handler, counters.Counters) {
	t.Helper()
	server := httptest.NewServer(agent)
	t.Cleanup(server.Close)
	supervisor, counts := supervise(t, containers{
		look: func() (provisioner.Verdict, error) { t.Error("the engine was asked"); return running, nil },
		dial: to(server),
	}, provisioner.SupervisorConfig{})
	proxy := provisioner.NewProxy(supervisor, config)
	t.Cleanup(proxy.Close)
	return proxy, counts
}

// to connects to a server.
func to(server *httptest.Server) func(ctx context.Context) (net.Conn, error) {
	return func(ctx context.Context) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "tcp", server.Listener.Addr().String())
	}
}

// post sends a request through a proxy, with headers "Name: value".
func post(t *testing.T, proxy http.Handler, path, body string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	w, r := httptest.NewRecorder(), httptest.NewRequestWithContext(t.Context(), "POST", path, strings.NewReader(body))
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		r.Header.Set(name, value)
	}
	proxy.ServeHTTP(w, r)
	return w
}

func wantBusy(t *testing.T, w *httptest.ResponseRecorder) {
	t.Helper()
	if w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") != "2" || !strings.Contains(w.Body.String(), "busy") {
		t.Errorf("status %d, Retry-After %q: %s; want 503 and 2", w.Code, w.Header().Get("Retry-After"), w.Body)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// await waits until something is so.
func await(t *testing.T, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(time.Minute); !is(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("not so after a minute: %s", what)
		}
	}
}

// impatient gives up on an agent soon.
var impatient = provisioner.ProxyConfig{Attempts: 2, Attempt: 100 * time.Millisecond, Backoff: time.Millisecond}

// patient tries twice, and waits for slow machines.
var patient = provisioner.ProxyConfig{Attempts: 2, Attempt: time.Minute, Backoff: time.Millisecond}
