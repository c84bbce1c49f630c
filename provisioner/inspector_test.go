package provisioner

import (
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

// TestInspectsCoalesced asks 300 times at once about one container, of a daemon that
// is stalled: one question, or the one after it, answers all.
func TestInspectsCoalesced(t *testing.T) {
	t.Parallel()
	daemon := &stalledDaemon{recovered: make(chan struct{})}
	server := httptest.NewServer(daemon)
	defer server.Close()
	p := New(dial(t, server.URL), Config{Timeout: time.Minute})
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
	for daemon.all.Load() == 0 {
		time.Sleep(time.Millisecond)
	}
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
	daemon := &stalledDaemon{recovered: make(chan struct{})}
	server := httptest.NewServer(daemon)
	defer server.Close()
	i := New(dial(t, server.URL), Config{Timeout: time.Minute}).inspector
	var calls sync.WaitGroup
	calls.Go(func() { i.ask(t.Context(), asked) })
	for daemon.now.Load() == 0 {
		time.Sleep(time.Millisecond)
	}
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
	daemon := &stalledDaemon{recovered: make(chan struct{})}
	server := httptest.NewServer(daemon)
	defer server.Close()
	p := New(dial(t, server.URL), Config{Timeout: time.Minute, Inspects: 3})
	var calls sync.WaitGroup
	for n := range 100 {
		calls.Go(func() { p.IsRunning(t.Context(), fmt.Sprint("ws-", n)) })
	}
	for daemon.now.Load() < 3 {
		time.Sleep(time.Millisecond)
	}
	close(daemon.recovered)
	calls.Wait()
	if n := daemon.most.Load(); n != 3 {
		t.Errorf("%d inspects at the same time, want 3", n)
	}
}

// TestBreaker leaves a daemon alone that never answers, and asks again after a while.
func TestBreaker(t *testing.T) {
	t.Parallel()
	daemon := &stalledDaemon{recovered: make(chan struct{})}
	server := httptest.NewServer(daemon)
	defer server.Close()
	p := New(dial(t, server.URL), Config{Timeout: 10 * time.Millisecond, Cooldown: time.Hour})
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
	daemon := &stalledDaemon{recovered: make(chan struct{})}
	server := httptest.NewServer(daemon)
	defer server.Close()
	// One that is slow on a busy machine is asked again.
	p := New(dial(t, server.URL), Config{Timeout: 100 * time.Millisecond, Cooldown: time.Millisecond})
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
