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

	"github.com/errswallow/errswallow/faultkit"
	"github.com/errswallow/errswallow/provisioner"
)

var (
	soak       = flag.Duration("soak", 3*time.Second, "how long TestSoak delegates")
	rate       = flag.Int("rate", 100, "how many delegations a second TestSoak makes")
	workspaces = flag.Int("workspaces", 4, "how many workspaces TestSoak delegates to")
	deaths     = flag.Int("deaths", 2, "how many of their containers TestSoak kills, one after the other")
)

// TestSoak delegates to workspaces, some of the tasks too long for the proxy, while
// the engine goes from fault to fault, a monitor with no patience asks all the time,
// and containers die for real. No healthy container is restarted, every dead one comes
// back, every request is answered or answered 503, and nothing piles up.
func TestSoak(t *testing.T) {
	b := onReal(t, provisioner.Config{})
	var names []string
	for n := range *workspaces {
		names = append(names, fmt.Sprint("agent-", n))
		b.start(t, names[n])
	}
	before := b.lives(t, names)
	config := b.config
	config.Timeout, config.Confirm = 2*time.Second, 100*time.Millisecond
	b.provisioner = provisioner.New(dial(t, b.faults.Host()), config)
	supervisor, counts := b.supervise(t, names...)
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

	healthy, back := 0, 0
	for n, life := range b.lives(t, names) {
		switch {
		case n < *deaths && life != before[n]:
			back++
		case n >= *deaths && life != before[n]:
			healthy++
		}
	}
	got := counts.Read()
	t.Logf("%d delegations in %s to %d workspaces: %d answered, %d answered 503, %d neither; %d of %d dead containers back, %d healthy ones restarted, %d restarts in all",
		load.total, *soak, *workspaces, load.answered.Load(), load.busy.Load(), load.lost.Load(), back, *deaths, healthy, got["provisioner.restarts cause=proxy outcome=ok"]+got["provisioner.restarts cause=liveness outcome=ok"])
	t.Log(got)
	if healthy != 0 || load.lost.Load() != 0 || back != *deaths {
		t.Error("want no healthy container restarted, every dead one back, and no request lost")
	}
	if load.busy.Load() == 0 || load.answered.Load() == 0 || counts.Sum("provisioner.faults") == 0 {
		t.Error("nothing was answered 503, or nothing at all: nothing was tried")
	}
	load.flat()
}

// shake lets random faults of the whole list befall every call, one after the other.
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
		time.Sleep(rand.N(100 * time.Millisecond))
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
