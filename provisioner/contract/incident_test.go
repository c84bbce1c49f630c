package contract

import (
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/errswallow/errswallow/faultkit"
	"github.com/errswallow/errswallow/provisioner"
)

// TestIncident is the incident again: six agents, busy, and fifteen delegations at
// once, while every second inspect is answered by each of the strange answers in turn,
// and by each other fault. No healthy container is touched, the faults are counted, and
// a container that is killed for real comes back all the same.
func TestIncident(t *testing.T) {
	t.Parallel()
	onEngines(t, func(t *testing.T, b *bench) {
		var names []string
		for n := range 6 {
			names = append(names, fmt.Sprint("agent-", n))
			b.start(t, names[n])
		}
		before := b.lives(t, names)
		for n, fault := range faultkit.Faults() {
			if !fault.Answers() {
				continue
			}
			supervisor, counts := b.supervise(t, names...)
			proxy := provisioner.NewProxy(supervisor, provisioner.ProxyConfig{Attempts: 1, Attempt: 20 * time.Millisecond})
			injected := b.faults.Inject(faultkit.Injection{Fault: fault, Method: "GET", Path: "/containers/*/json", Every: 2})
			var busy int32
			// Once more, should the strange answers have fallen to those who ask again.
			for round := 0; round == 0 || counts.Sum("provisioner.faults") == 0 && round < 20; round++ {
				busy += delegations(t, proxy, names, fmt.Sprintf("%d-%d", n, round))
			}
			must(t, supervisor.Wait(t.Context()))
			if faults := counts.Sum("provisioner.faults"); faults == 0 || busy == 0 {
				t.Errorf("%s: %d requests answered 503, %d faults counted: nothing was tried", fault, busy, faults)
			}
			if n := counts.Sum("provisioner.restarts"); n != 0 {
				t.Errorf("%s: %d restarts", fault, n)
			}
			t.Logf("%-24s befell %3d inspects: %2d requests answered 503, %2d faults counted, %d restarts",
				fault, injected.Hits(), busy, counts.Sum("provisioner.faults"), counts.Sum("provisioner.restarts"))
			injected.Remove()
			proxy.Close()
		}
		for i, life := range b.lives(t, names) {
			if life != before[i] {
				t.Errorf("%s is %s, was %s: it was healthy", names[i], life, before[i])
			}
		}
		for _, fault := range []faultkit.Fault{faultkit.Null, faultkit.EmptyObject, faultkit.PageNotFound} {
			supervisor, counts := b.supervise(t, names...)
			proxy := provisioner.NewProxy(supervisor, provisioner.ProxyConfig{Attempts: 1})
			injected := b.faults.Inject(faultkit.Injection{Fault: fault, Method: "GET", Path: "/containers/*/json", Every: 2})
			b.kill(t, "agent-0")
			await(t, "the dead one answers again, under "+fault.String(), func() bool {
				return delegate(t, proxy, "agent-0", fault.String()[:3], "0s").Code == http.StatusOK
			})
			if n := counts.Sum("provisioner.restarts"); n != 1 {
				t.Errorf("%s: %d restarts, want 1", fault, n)
			}
			injected.Remove()
			proxy.Close()
		}
	})
}

// delegations delegates fifteen tasks at once, and returns how many were answered 503.
func delegations(t *testing.T, proxy http.Handler, names []string, task string) int32 {
	t.Helper()
	var calls sync.WaitGroup
	var busy atomic.Int32
	for i := range 15 {
		calls.Go(func() {
			if w := delegate(t, proxy, names[i%len(names)], fmt.Sprintf("%s-%d", task, i), "100ms"); w.Code == http.StatusServiceUnavailable {
				busy.Add(1)
			} else if w.Code != http.StatusOK {
				t.Errorf("status %d: %s", w.Code, w.Body)
			}
		})
	}
	calls.Wait()
	return busy.Load()
}

// lives returns the life of each workspace's container: which it is, and since when.
func (b *bench) lives(t *testing.T, workspaces []string) []string {
	t.Helper()
	var lives []string
	for _, workspace := range workspaces {
		info := b.inspect(t, b.config.Prefix+workspace)
		lives = append(lives, info.ID[:12]+" since "+info.State.StartedAt)
	}
	return lives
}
