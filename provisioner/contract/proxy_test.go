package contract

import (
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/errswallow/errswallow/faultkit"
	"github.com/errswallow/errswallow/provisioner"
)

// hurried gives up on an agent soon.
var hurried = provisioner.ProxyConfig{Attempts: 2, Attempt: 100 * time.Millisecond, Backoff: time.Millisecond}

// TestProxyBusy delegates to an agent that is busy while the engine answers, while
// it does not, and when the agent has time again.
func TestProxyBusy(t *testing.T) {
	t.Parallel()
	onEngines(t, func(t *testing.T, b *bench) {
		b.start(t, "a")
		before := b.lives(t, []string{"a"})
		supervisor, counts := b.supervise(t, "a")
		proxy := provisioner.NewProxy(supervisor, hurried)
		defer proxy.Close()
		busy := func(reason string) {
			t.Helper()
			if w := delegate(t, proxy, "a", "1", "3s"); w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") != "2" {
				t.Errorf("status %d, Retry-After %q: %s; want 503 and 2", w.Code, w.Header().Get("Retry-After"), w.Body)
			}
			if counts.Read()["provisioner.busy reason="+reason] != 1 {
				t.Errorf("counted %v, want one busy for %s", counts.Read(), reason)
			}
		}
		busy("alive")
		injected := b.faults.Inject(faultkit.Injection{Fault: faultkit.InternalError, Path: "/containers/*/json"})
		busy("fault")
		injected.Remove()
		if n := counts.Read()["provisioner.faults class=internal"]; n != 2 { // it is asked once more
			t.Errorf("%d faults, want 2", n)
		}
		await(t, "it is done", func() bool { return delegate(t, proxy, "a", "1", "3s").Code == http.StatusOK })
		must(t, supervisor.Wait(t.Context()))
		if after := b.lives(t, []string{"a"}); after[0] != before[0] {
			t.Error("a healthy container was restarted")
		}
	})
}

// TestProxyDead delegates to an agent whose container is dead, many times at once:
// one restart, 503 until it is over, and then an answer.
func TestProxyDead(t *testing.T) {
	t.Parallel()
	onEngines(t, func(t *testing.T, b *bench) {
		b.start(t, "a")
		b.kill(t, "a")
		supervisor, counts := b.supervise(t, "a")
		proxy := provisioner.NewProxy(supervisor, provisioner.ProxyConfig{})
		defer proxy.Close()
		started := b.faults.Inject(faultkit.Injection{Fault: faultkit.Stall, Method: "POST", Path: "/containers/*/start"})
		var calls sync.WaitGroup
		for range 10 {
			calls.Go(func() {
				if w := delegate(t, proxy, "a", "1", "0s"); w.Code != http.StatusServiceUnavailable {
					t.Errorf("status %d: %s", w.Code, w.Body)
				}
			})
		}
		calls.Wait()
		started.Remove()
		must(t, supervisor.Wait(t.Context()))
		b.await(t, "a")
		if w := delegate(t, proxy, "a", "1", "0s"); w.Code != http.StatusOK || w.Body.String() != "task 1 is done\n" {
			t.Errorf("after the restart: status %d: %s", w.Code, w.Body)
		}
		got := counts.Read()
		if got["provisioner.restarts cause=proxy outcome=ok"] != 1 || got["provisioner.busy reason=restarting"] != 10 || got["provisioner.exits reason=killed"] != 1 {
			t.Errorf("counted %v, want one restart, of one that was killed, and ten requests told of it", got)
		}
	})
}

// TestRestartCounted has the first start answered with success by somebody who has not
// done it: it counts as one that failed, and the next as the one restart that there was.
func TestRestartCounted(t *testing.T) {
	t.Parallel()
	onEngines(t, func(t *testing.T, b *bench) {
		b.start(t, "a")
		b.kill(t, "a")
		supervisor, counts := b.supervise(t, "a")
		proxy := provisioner.NewProxy(supervisor, provisioner.ProxyConfig{})
		defer proxy.Close()
		started := b.faults.Inject(faultkit.Injection{Fault: faultkit.NoContent, Method: "POST", Path: "/containers/*/start", Nth: 1})
		defer started.Remove()
		await(t, "it answers", func() bool { return delegate(t, proxy, "a", "1", "0s").Code == http.StatusOK })
		must(t, supervisor.Wait(t.Context()))
		got := counts.Read()
		if got["provisioner.restarts cause=proxy outcome=ok"] != 1 || got["provisioner.restarts cause=proxy outcome=failed"] != 1 {
			t.Errorf("counted %v, want one restart, and one that failed", got)
		}
	})
}

// TestMonitorDead kills a container behind the monitor's back: one restart.
func TestMonitorDead(t *testing.T) {
	t.Parallel()
	onEngines(t, func(t *testing.T, b *bench) {
		b.start(t, "a")
		b.start(t, "b")
		before := b.lives(t, []string{"b"})
		b.kill(t, "a")
		supervisor, counts := b.supervise(t, "a", "b")
		monitor := provisioner.NewMonitor(supervisor, provisioner.MonitorConfig{Interval: time.Millisecond, TTL: time.Nanosecond})
		go monitor.Run(t.Context())
		await(t, "it is restarted", func() bool { return counts.Sum("provisioner.restarts") > 0 })
		await(t, "it is looked at again", func() bool { return counts.Read()["provisioner.silent"] > 20 })
		must(t, supervisor.Close(t.Context()))
		if n := counts.Read()["provisioner.restarts cause=liveness outcome=ok"]; n != 1 {
			t.Errorf("%d restarts, want 1", n)
		}
		if b.lives(t, []string{"b"})[0] != before[0] {
			t.Error("a healthy container was restarted")
		}
	})
}

// TestFaultClasses counts each fault, as the real client tells of it.
func TestFaultClasses(t *testing.T) {
	t.Parallel()
	classes := map[string]string{
		"stall": "deadline", "half-open": "deadline", "slow drip": "deadline", "404 stalled": "deadline",
		"EOF": "eof", "EOF mid-response": "eof", "truncated JSON": "eof", "200 with nothing": "eof", "204": "eof", "404 EOF mid-response": "eof", "reset": "eof",
		"garbage": "unreachable", "half a header": "unreachable", "TLS": "tls", "400 HTTP to HTTPS": "tls", "DNS": "dns", "200 HTML": "other",
		"connection refused": "unreachable", "missing socket": "unreachable", "a file as socket": "unreachable", "permission denied": "permission",
		"200 null": "strange", "200 {}": "strange", "200 with a message": "strange", "200, State null": "strange", "200, an empty State": "strange",
		"400 too new": "invalid", "401": "denied", "403": "denied", "409": "conflict", "429": "throttled", "500": "internal", "503": "unavailable", "503 not found in cache": "unavailable",
	}
	b := inProcess(t, provisioner.Config{})
	b.start(t, "a")
	for _, fault := range faultkit.Faults() {
		if b.faults.Can(fault) != nil || fault.String() == faultkit.Canceled.String() {
			continue
		}
		injected := b.faults.Inject(faultkit.Injection{Fault: fault})
		config := b.config
		config.Timeout = impatient
		b.provisioner = provisioner.New(dial(t, b.faults.Host()), config)
		supervisor, counts := b.supervise(t, "a")
		if w := delegate(t, provisioner.NewProxy(supervisor, hurried), "a", "1", "1m"); w.Code != http.StatusServiceUnavailable {
			t.Errorf("%s: status %d: %s", fault, w.Code, w.Body)
		}
		injected.Remove()
		class := classes[fault.String()]
		if class == "" && fault.String()[:3] == "404" {
			class = "not-found"
		} else if class == "" {
			class = "other"
		}
		if got := counts.Read(); got["provisioner.faults class="+class] == 0 {
			t.Errorf("%s: counted %v, want class %s", fault, got, class)
		}
	}
}
