package contract

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/docker/docker/api/types/events"
	"github.com/docker/docker/api/types/filters"

	"github.com/errswallow/errswallow/faultkit"
	"github.com/errswallow/errswallow/provisioner"
)

var (
	soak       = flag.Duration("soak", 0, "how long TestSoak delegates; without it the test is skipped, for it takes an idle machine")
	rate       = flag.Int("rate", 100, "how many delegations a second TestSoak makes")
	workspaces = flag.Int("workspaces", 4, "how many workspaces TestSoak delegates to")
	deaths     = flag.Int("deaths", 2, "how many of their containers TestSoak kills, one after the other")
)

// TestSoak delegates to workspaces, some of the tasks too long for the proxy, while
// the engine goes from fault to fault, a monitor with no patience asks all the time,
// and containers die for real. No healthy container is restarted, every dead one comes
// back, every request is answered or answered 503, and nothing piles up.
func TestSoak(t *testing.T) {
	if *soak == 0 {
		t.Skip("takes a machine that is idle, and -soak: make soak")
	}
	b := onReal(t, provisioner.Config{})
	var names []string
	for n := range *workspaces {
		names = append(names, fmt.Sprint("agent-", n))
		b.start(t, names[n])
	}
	before := b.lives(t, names)
	config := b.config
	config.Timeout, config.Confirm, config.Cooldown = 2*time.Second, 100*time.Millisecond, cooldown
	b.provisioner = provisioner.New(dial(t, b.faults.Host()), config)
	supervisor, counts := b.supervise(t, names...)
	chronicle := b.watch(t)
	proxy := provisioner.NewProxy(supervisor, provisioner.ProxyConfig{Attempts: 2, Attempt: 300 * time.Millisecond, Backoff: 10 * time.Millisecond})
	defer proxy.Close()
	monitor := provisioner.NewMonitor(supervisor, provisioner.MonitorConfig{Interval: 50 * time.Millisecond, TTL: time.Nanosecond})
	go monitor.Run(t.Context())

	stop := make(chan struct{})
	var background sync.WaitGroup
	background.Go(func() { b.shake(stop) })
	background.Go(func() {
		for n := range *deaths {
			time.Sleep(*soak / time.Duration(*deaths+1))
			b.kill(t, names[n])
		}
	})
	load := &load{t: t, proxy: proxy, names: names}
	load.run()
	close(stop)
	background.Wait()
	for _, name := range names {
		await(t, name+" answers", func() bool { return delegate(t, proxy, name, "last", "0s").Code == http.StatusOK })
	}
	must(t, supervisor.Close(t.Context()))

	got := counts.Read()
	answered := got["provisioner.restarts cause=proxy outcome=ok"] + got["provisioner.restarts cause=liveness outcome=ok"]
	failed := got["provisioner.restarts cause=proxy outcome=failed"] + got["provisioner.restarts cause=liveness outcome=failed"]
	healthy, back, starts := 0, 0, 0
	for n, life := range b.lives(t, names) {
		started := chronicle.of(names[n])
		switch {
		case n < *deaths && life != before[n]:
			back++
			starts += started
		case n >= *deaths && (life != before[n] || started > 0):
			healthy++
		}
	}
	t.Logf("%d delegations in %s to %d workspaces: %d answered, %d answered 503, %d neither", load.total, *soak, *workspaces, load.answered.Load(), load.busy.Load(), load.lost.Load())
	t.Logf("%d of %d dead containers back, %d healthy ones restarted", back, *deaths, healthy)
	t.Logf("restarts: %d that the engine has made, %d confirmed, %d failed or not confirmed", starts, answered, failed)
	t.Log(got)
	if healthy != 0 || load.lost.Load() != 0 || back != *deaths {
		t.Error("want no healthy container restarted, every dead one back, and no request lost")
	}
	// A start that was made, and whose answer was lost, is one that failed. One that was
	// confirmed and not made would leave a dead container alone.
	if answered > int64(starts) {
		t.Errorf("%d restarts are counted, and the engine has made %d", answered, starts)
	}
	if load.busy.Load() == 0 || load.answered.Load() == 0 || counts.Sum("provisioner.faults") == 0 {
		t.Error("nothing was answered 503, or nothing at all: nothing was tried")
	}
	load.flat()
}

// A chronicle is what the engine says that happened to containers: it counts starts by
// workspace.
type chronicle struct {
	mu     sync.Mutex
	starts map[string]int
}

// watch begins a chronicle, around the faults, until the test ends.
func (b *bench) watch(t *testing.T) *chronicle {
	t.Helper()
	own := filters.NewArgs(filters.Arg("type", "container"), filters.Arg("event", "start"))
	for k, v := range b.config.Labels {
		own.Add("label", k+"="+v)
	}
	told, failed := b.direct.Events(t.Context(), events.ListOptions{Filters: own})
	c := &chronicle{starts: map[string]int{}}
	go func() {
		for {
			select {
			case event := <-told:
				c.mu.Lock()
				c.starts[event.Actor.Attributes["provisioner.workspace"]]++
				c.mu.Unlock()
			case err := <-failed:
				if t.Context().Err() == nil {
					t.Error(err)
				}
				return
			}
		}
	}()
	return c
}

// of returns how often the container of a workspace was started.
func (c *chronicle) of(workspace string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.starts[workspace]
}

// cooldown is how long the provisioner leaves the engine alone that gave no answer.
const cooldown = 100 * time.Millisecond

// shake lets random faults of the whole list befall every call, one after the other. In
// between the engine answers for longer than it is left alone, or nobody would see that.
func (b *bench) shake(stop <-chan struct{}) {
	all := faultkit.Faults()
	for {
		fault := all[rand.IntN(len(all))]
		if b.faults.Can(fault) != nil {
			continue
		}
		injected := b.faults.Inject(faultkit.Injection{Fault: fault})
		select {
		case <-stop:
			injected.Remove()
			return
		case <-time.After(rand.N(500 * time.Millisecond)):
		}
		injected.Remove()
		time.Sleep(2*cooldown + rand.N(2*cooldown))
	}
}

// A load is the delegations of a soak, and what became of them.
type load struct {
	t                    *testing.T
	proxy                http.Handler
	names                []string
	total                int
	answered, busy, lost atomic.Int64
	samples              []sample
}

// A sample is how much there is at a moment.
type sample struct {
	goroutines int
	heap       uint64 // in bytes
}

// run makes the delegations, and samples along the way.
func (l *load) run() {
	var requests sync.WaitGroup
	tick := time.NewTicker(time.Second / time.Duration(*rate))
	defer tick.Stop()
	l.total = int(soak.Seconds() * float64(*rate))
	for n := range l.total {
		<-tick.C
		if n%max(1, l.total/8) == l.total/16 {
			l.sample()
		}
		work := "5ms"
		if n%50 == 0 {
			work = "900ms"
		}
		requests.Go(func() {
			switch delegate(l.t, l.proxy, l.names[n%len(l.names)], fmt.Sprint(n), work).Code {
			case http.StatusOK:
				l.answered.Add(1)
			case http.StatusServiceUnavailable:
				l.busy.Add(1)
			default:
				l.lost.Add(1)
			}
		})
	}
	requests.Wait()
}

func (l *load) sample() {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	l.samples = append(l.samples, sample{runtime.NumGoroutine(), m.HeapAlloc})
}

// flat fails the test if more and more has piled up.
func (l *load) flat() {
	for _, s := range l.samples {
		l.t.Logf("%d goroutines, %d KiB of heap", s.goroutines, s.heap>>10)
	}
	// The first sample is of a machine that has not met its first fault.
	early, late := l.samples[1], l.samples[len(l.samples)-1]
	if late.goroutines > 2*early.goroutines+200 || late.heap > 2*early.heap+16<<20 {
		l.t.Errorf("%d goroutines and %d KiB early, %d and %d late", early.goroutines, early.heap>>10, late.goroutines, late.heap>>10)
	}
}
