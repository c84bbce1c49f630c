package provisioner

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sony/gobreaker/v2"
)

// A stalledDaemon answers no inspect until it recovers; then the container runs.
type stalledDaemon struct {
	recovered      chan struct{}
	now, most, all atomic.Int32 // inspects
}

func (d *stalledDaemon) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	d.all.Add(1)
	d.most.Store(max(d.most.Load(), d.now.Add(1)))
	defer d.now.Add(-1)
	select {
	case <-d.recovered:
		answer(200, `{"Id":"0123456789ab","State":{"Status":"running","Running":true}}`)(w, r)
	case <-r.Context().Done():
	}
}

// stalled returns a daemon that is stalled, and a Provisioner that asks it.
func stalled(t *testing.T, config Config) (*stalledDaemon, *Provisioner) {
	t.Helper()
	daemon := &stalledDaemon{recovered: make(chan struct{})}
	server := httptest.NewServer(daemon)
	t.Cleanup(server.Close)
	t.Cleanup(server.CloseClientConnections) // first: Close waits for the inspects
	return daemon, New(dial(t, server.URL), config)
}

// asked waits until so many inspects are in progress. It gives up after a while: a test fails
// then, and does not hang, when no inspect gets as far as the daemon.
func (d *stalledDaemon) asked(t *testing.T, n int32) {
	t.Helper()
	for begun := time.Now(); d.now.Load() < n; time.Sleep(time.Millisecond) {
		if time.Since(begun) > 10*time.Second {
			t.Fatalf("%d inspects in progress, want %d", d.now.Load(), n)
		}
	}
}

// TestInspectsCoalesced asks 300 times at once about one container, of a daemon that
// is stalled: one question, or the one after it, answers all.
func TestInspectsCoalesced(t *testing.T) {
	t.Parallel()
	daemon, p := stalled(t, Config{Timeout: time.Minute})
	var calls, begun sync.WaitGroup
	for range 300 {
		begun.Add(1)
		calls.Go(func() {
			begun.Done()
			if running, err := p.IsRunning(t.Context(), asked); !running || err != nil {
				t.Errorf("IsRunning = (%t, %v)", running, err)
			}
		})
	}
	begun.Wait()
	daemon.asked(t, 1)
	close(daemon.recovered)
	calls.Wait()
	// Those that had not asked when it recovered share a few more.
	if n := daemon.most.Load(); n != 1 {
		t.Errorf("%d inspects at the same time, want 1", n)
	}
}

// TestAskSince does not take for an answer of now what was asked before.
func TestAskSince(t *testing.T) {
	t.Parallel()
	daemon, p := stalled(t, Config{Timeout: time.Minute})
	i := p.inspector
	var calls sync.WaitGroup
	calls.Go(func() { i.ask(t.Context(), asked) })
	daemon.asked(t, 1)
	since := time.Now()
	calls.Go(func() {
		if v, err := i.askSince(t.Context(), asked, since); err != nil || v.asked.Before(since) {
			t.Errorf("(%+v, %v), want an answer not older than %s", v, err, since)
		}
	})
	time.Sleep(100 * time.Millisecond) // for it to wait for the first answer; if it does not, nothing is tried
	close(daemon.recovered)
	calls.Wait()
}

// TestInspectsCapped asks about 100 containers at once.
func TestInspectsCapped(t *testing.T) {
	t.Parallel()
	daemon, p := stalled(t, Config{Timeout: time.Minute, Inspects: 3})
	var calls sync.WaitGroup
	for n := range 100 {
		calls.Go(func() { p.IsRunning(t.Context(), fmt.Sprint("ws-", n)) })
	}
	daemon.asked(t, 3)
	time.Sleep(300 * time.Millisecond) // for more to come; if they do not, nothing is tried
	close(daemon.recovered)
	calls.Wait()
	if n := daemon.most.Load(); n != 3 {
		t.Errorf("%d inspects at the same time, want 3", n)
	}
}

// TestBreaker leaves a daemon alone that never answers, and asks again after a while.
func TestBreaker(t *testing.T) {
	t.Parallel()
	daemon, p := stalled(t, Config{Timeout: 10 * time.Millisecond, Cooldown: time.Hour})
	for n := range 100 {
		running, err := p.IsRunning(t.Context(), asked)
		if !running || err == nil {
			t.Fatalf("IsRunning = (%t, %v), want (true, an error)", running, err)
		}
		if open := errors.Is(err, gobreaker.ErrOpenState); open != (n >= failuresInARow) {
			t.Fatalf("question %d: %v", n, err)
		}
	}
	if n := daemon.all.Load(); n > failuresInARow {
		t.Errorf("%d inspects, want at most %d", n, failuresInARow)
	}
}

// TestBreakerCloses asks a daemon that has recovered.
func TestBreakerCloses(t *testing.T) {
	t.Parallel()
	// One that is slow on a busy machine is asked again.
	daemon, p := stalled(t, Config{Timeout: 100 * time.Millisecond, Cooldown: time.Millisecond})
	for range failuresInARow {
		p.IsRunning(t.Context(), asked)
	}
	close(daemon.recovered)
	for end := time.Now().Add(time.Minute); ; {
		if running, err := p.IsRunning(t.Context(), asked); running && err == nil {
			return
		}
		if time.Now().After(end) {
			t.Fatal("not asked again within a minute")
		}
	}
}

// TestBreakerStaysClosed asks a daemon that answers, strangely.
func TestBreakerStaysClosed(t *testing.T) {
	t.Parallel()
	for name, serve := range map[string]http.HandlerFunc{"null": answer(200, "null"), "404": text(404, "default backend - 404")} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(serve)
			defer server.Close()
			p := New(dial(t, server.URL), Config{Cooldown: time.Hour})
			for range 2 * failuresInARow {
				if running, err := p.IsRunning(t.Context(), asked); !running || err == nil || errors.Is(err, gobreaker.ErrOpenState) {
					t.Fatalf("IsRunning = (%t, %v)", running, err)
				}
			}
		})
	}
}

// TestInsist waits twice for a daemon that is stalled, and no more.
func TestInsist(t *testing.T) {
	t.Parallel()
	daemon, p := stalled(t, Config{Timeout: 100 * time.Millisecond})
	i := p.inspector
	if _, err := i.insist(t.Context(), asked, time.Now()); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("insist = %v, want %v", err, context.DeadlineExceeded)
	}
	if n := daemon.all.Load(); n > 2 {
		t.Errorf("%d inspects, want 2", n)
	}
}
