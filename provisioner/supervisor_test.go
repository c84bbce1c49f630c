package provisioner_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/errswallow/errswallow/provisioner"
)

// twoAsk sends two requests that find a container dead. When it returns, both have
// asked, and each waits for an answer.
func twoAsk(t *testing.T, revive func(context.Context, string) error) (supervisor *provisioner.Supervisor, read func() map[string]int64, answer chan bool, calls *sync.WaitGroup) {
	t.Helper()
	asked, answer, calls := make(chan bool, 2), make(chan bool), new(sync.WaitGroup)
	supervisor, counts := supervise(t, containers{
		look:   func() (provisioner.Verdict, error) { asked <- true; <-answer; return dead, nil },
		revive: revive,
	}, provisioner.SupervisorConfig{})
	proxy := provisioner.NewProxy(supervisor, impatient)
	for range 2 {
		calls.Go(func() { wantBusy(t, post(t, proxy, "/a/tasks/1", "")) })
	}
	<-asked
	<-asked
	return supervisor, counts.Read, answer, calls
}

// TestSameVerdict has two requests find the same container dead at once: it is
// brought back once, and both are told that it is.
func TestSameVerdict(t *testing.T) {
	t.Parallel()
	restart := make(chan bool)
	supervisor, read, answer, calls := twoAsk(t, func(context.Context, string) error { <-restart; return nil })
	close(answer)
	calls.Wait()
	close(restart)
	must(t, supervisor.Wait(t.Context()))
	got := read()
	if got["provisioner.restarts cause=proxy outcome=ok"] != 1 || got["provisioner.busy reason=restarting"] != 2 || got["provisioner.exits reason=failure"] != 1 {
		t.Errorf("counted %v, want one restart, of a failure, and two requests told of it", got)
	}
}

// TestStaleVerdict has a container brought back between another request's question
// and its verdict: the new one is not dead because the old one was.
func TestStaleVerdict(t *testing.T) {
	t.Parallel()
	supervisor, read, answer, calls := twoAsk(t, func(context.Context, string) error { return nil })
	answer <- true
	await(t, "restarted", func() bool { return read()["provisioner.restarts cause=proxy outcome=ok"] > 0 })
	must(t, supervisor.Wait(t.Context()))
	answer <- true
	calls.Wait()
	must(t, supervisor.Wait(t.Context()))
	if n := read()["provisioner.restarts cause=proxy outcome=ok"]; n != 1 {
		t.Errorf("%d restarts, want 1", n)
	}
}

// TestExits counts why containers are dead.
func TestExits(t *testing.T) {
	t.Parallel()
	for reason, v := range map[string]provisioner.Verdict{
		"absent":     {},
		"created":    {ID: "1", Status: "created"},
		"dead":       {ID: "1", Status: "dead", ExitCode: 137},
		"oom":        {ID: "1", Status: "exited", ExitCode: 137, OOMKilled: true},
		"killed":     {ID: "1", Status: "exited", ExitCode: 137},
		"terminated": {ID: "1", Status: "exited", ExitCode: 143},
		"success":    {ID: "1", Status: "exited"},
		"failure":    {ID: "1", Status: "exited", ExitCode: 3},
	} {
		supervisor, counts := supervise(t, containers{
			look:   func() (provisioner.Verdict, error) { return v, nil },
			revive: func(context.Context, string) error { return nil },
		}, provisioner.SupervisorConfig{})
		post(t, provisioner.NewProxy(supervisor, provisioner.ProxyConfig{Attempts: 1}), "/a/tasks/1", "")
		must(t, supervisor.Wait(t.Context()))
		if counts.Read()["provisioner.exits reason="+reason] != 1 {
			t.Errorf("counted %v, want one exit of reason %s", counts.Read(), reason)
		}
	}
}

// TestBackoff has a container that dies as soon as it was brought back, or whose
// restart fails, while requests keep coming.
func TestBackoff(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name     string
		err      error
		length   time.Duration
		requests int
		min, max int
	}{
		{"crash loop", nil, 3 * time.Second, 300, 2, 3},
		{"crash loop, for long", nil, time.Hour, 3600, 12, 30},
		{"nothing was tried, for a fault", errors.New("daemon is busy"), time.Minute, 600, 50, 61},
		{"changed since", provisioner.ErrChanged, time.Second, 100, 100, 100},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				revived := 0
				supervisor, counts := supervise(t, containers{look: isDead, revive: func(context.Context, string) error { revived++; return test.err }}, provisioner.SupervisorConfig{})
				proxy := provisioner.NewProxy(supervisor, provisioner.ProxyConfig{Attempts: 1})
				for range test.requests {
					post(t, proxy, "/a/tasks/1", "")
					synctest.Wait()
					time.Sleep(test.length / time.Duration(test.requests))
				}
				if revived < test.min || revived > test.max {
					t.Errorf("%d restarts, want %d to %d", revived, test.min, test.max)
				}
				if test.err == nil && counts.Read()["provisioner.suppressed reason=backoff"] == 0 {
					t.Errorf("counted %v, want suppressed restarts", counts.Read())
				}
			})
		})
	}
}

// TestBackoffEnds restarts at once what has run for long since.
func TestBackoffEnds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		revived := 0
		supervisor, _ := supervise(t, containers{look: isDead, revive: func(context.Context, string) error { revived++; return nil }}, provisioner.SupervisorConfig{})
		proxy := provisioner.NewProxy(supervisor, provisioner.ProxyConfig{Attempts: 1})
		for range 50 {
			post(t, proxy, "/a/tasks/1", "")
			synctest.Wait()
			time.Sleep(6 * time.Minute)
		}
		if revived != 50 {
			t.Errorf("%d restarts, want 50", revived)
		}
	})
}

// TestManyDead has 200 containers die at once: few are brought back at a time, and
// all in the end.
func TestManyDead(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var now, most, revived atomic.Int32
		supervisor, _ := supervise(t, containers{look: isDead, revive: func(context.Context, string) error {
			most.Store(max(most.Load(), now.Add(1)))
			defer now.Add(-1)
			time.Sleep(time.Second)
			revived.Add(1)
			return nil
		}}, provisioner.SupervisorConfig{})
		supervisor.Forget("a")
		proxy := provisioner.NewProxy(supervisor, provisioner.ProxyConfig{Attempts: 1})
		for n := range 200 {
			name := fmt.Sprint("ws-", n)
			supervisor.Watch(name)
			post(t, proxy, "/"+name+"/tasks/1", "")
		}
		must(t, supervisor.Wait(t.Context()))
		if most.Load() != 4 || revived.Load() != 200 {
			t.Errorf("%d at once, %d in all; want 4 and 200", most.Load(), revived.Load())
		}
	})
}

// TestClose waits for a restart in progress, while requests go on, and begins none
// after it.
func TestClose(t *testing.T) {
	t.Parallel()
	begun, end := make(chan bool, 1), make(chan bool)
	supervisor, counts := supervise(t, containers{look: isDead, revive: func(_ context.Context, workspace string) error {
		if workspace == "a" {
			begun <- true
			<-end
		}
		return nil
	}}, provisioner.SupervisorConfig{})
	proxy := provisioner.NewProxy(supervisor, provisioner.ProxyConfig{Attempts: 1})
	post(t, proxy, "/a/tasks/1", "")
	<-begun
	soon, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if err := supervisor.Wait(soon); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Wait while a restart is in progress: %v", err)
	}
	closed := make(chan error)
	go func() { closed <- supervisor.Close(t.Context()) }()
	names := 0
	await(t, "closing", func() bool {
		names++
		supervisor.Watch(fmt.Sprint("b-", names))
		wantBusy(t, post(t, proxy, fmt.Sprintf("/b-%d/tasks/1", names), ""))
		return counts.Read()["provisioner.busy reason=closing"] > 0
	})
	select {
	case err := <-closed:
		t.Fatalf("closed while a restart is in progress: %v", err)
	default:
	}
	close(end)
	must(t, <-closed)
	before := counts.Sum("provisioner.restarts")
	supervisor.Watch("c")
	wantBusy(t, post(t, proxy, "/c/tasks/1", ""))
	must(t, supervisor.Wait(t.Context()))
	if after := counts.Sum("provisioner.restarts"); after != before {
		t.Errorf("%d restarts after it was closed", after-before)
	}
}

// TestUnwanted begins no restart that has waited for its turn if it is no longer wanted:
// the workspace is no longer watched, or the supervisor is closed.
func TestUnwanted(t *testing.T) {
	t.Parallel()
	begun, end := make(chan string, 3), make(chan bool)
	supervisor, counts := supervise(t, containers{look: isDead, revive: func(_ context.Context, workspace string) error {
		begun <- workspace
		<-end
		return nil
	}}, provisioner.SupervisorConfig{Restarts: 1})
	proxy := provisioner.NewProxy(supervisor, provisioner.ProxyConfig{Attempts: 1})
	post(t, proxy, "/a/tasks/1", "")
	<-begun
	for _, waiting := range []string{"b", "c"} {
		supervisor.Watch(waiting)
		post(t, proxy, "/"+waiting+"/tasks/1", "")
	}
	await(t, "all were found dead", func() bool { return counts.Sum("provisioner.exits") == 3 })
	supervisor.Forget("b")
	soon, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if err := supervisor.Wait(soon); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Wait = %v", err)
	}
	closed := make(chan error)
	go func() { closed <- supervisor.Close(t.Context()) }()
	names := 0
	await(t, "closing", func() bool {
		names++
		supervisor.Watch(fmt.Sprint("d-", names))
		post(t, proxy, fmt.Sprintf("/d-%d/tasks/1", names), "")
		return counts.Read()["provisioner.busy reason=closing"] > 0
	})
	close(end)
	must(t, <-closed)
	got := counts.Read()
	if len(begun) != 0 || got["provisioner.restarts cause=proxy outcome=ok"] != 1 || got["provisioner.suppressed reason=unwatched"] != 1 {
		t.Errorf("%d more restarts; counted %v, want one restart, one of a workspace that nobody watches, and others of closing", len(begun), got)
	}
}

// TestCloseCuts breaks off a restart that does not end in time.
func TestCloseCuts(t *testing.T) {
	t.Parallel()
	begun := make(chan bool)
	supervisor, counts := supervise(t, containers{look: isDead, revive: func(ctx context.Context, _ string) error {
		close(begun)
		<-ctx.Done()
		return ctx.Err()
	}}, provisioner.SupervisorConfig{})
	post(t, provisioner.NewProxy(supervisor, provisioner.ProxyConfig{Attempts: 1}), "/a/tasks/1", "")
	<-begun
	soon, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if err := supervisor.Close(soon); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Close = %v, want %v", err, context.DeadlineExceeded)
	}
	must(t, supervisor.Wait(t.Context()))
	if n := counts.Read()["provisioner.restarts cause=proxy outcome=failed"]; n != 1 {
		t.Errorf("counted %v, want one restart that failed", counts.Read())
	}
}

// TestWaitWhileServing waits again and again while restarts begin and end.
func TestWaitWhileServing(t *testing.T) {
	t.Parallel()
	supervisor, _ := supervise(t, containers{look: isDead, revive: func(context.Context, string) error { return provisioner.ErrChanged }}, provisioner.SupervisorConfig{})
	proxy := provisioner.NewProxy(supervisor, provisioner.ProxyConfig{Attempts: 1})
	var calls sync.WaitGroup
	for range 4 {
		calls.Go(func() {
			for range 200 {
				post(t, proxy, "/a/tasks/1", "")
				must(t, supervisor.Wait(t.Context()))
			}
		})
	}
	calls.Wait()
}

// TestSampledLog logs an outage in a few lines, and says how many it left out.
func TestSampledLog(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		lines := new(counter)
		tel, counts := telemetry(t, lines)
		supervisor := provisioner.NewSupervisor(containers{look: func() (provisioner.Verdict, error) {
			return provisioner.Verdict{Running: true}, context.DeadlineExceeded
		}}, tel, provisioner.SupervisorConfig{})
		supervisor.Watch("a")
		proxy := provisioner.NewProxy(supervisor, provisioner.ProxyConfig{Attempts: 1})
		for range 6000 { // a minute
			post(t, proxy, "/a/tasks/1", "")
			time.Sleep(10 * time.Millisecond)
		}
		if n := counts.Sum("provisioner.faults"); n != 12000 { // it is asked once more
			t.Errorf("%d faults, want 12000", n)
		}
		if *lines < 20 || *lines > 40 { // faults, and requests answered busy
			t.Errorf("%d lines, want about 32", *lines)
		}
	})
}

// counter counts what is written to it.
type counter int

func (c *counter) Write(b []byte) (int, error) { *c++; return len(b), nil }

var _ io.Writer = (*counter)(nil)
