package provisioner_test

import (
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/errswallow/errswallow/provisioner"
	"github.com/errswallow/errswallow/provisioner/dockerfault"
)

var (
	soak = flag.Duration("soak", 3*time.Second, "how long TestSoak delegates")
	rate = flag.Int("rate", 100, "how many delegations a second TestSoak makes")
)

// TestSoak delegates to six agents, some of the tasks too long for the proxy,
// while the engine goes from fault to fault and a monitor with no patience asks
// all the time. No healthy container is restarted, every request is answered or
// answered 503, and nothing piles up.
func TestSoak(t *testing.T) {
	b := onReal(t, provisioner.Config{Timeout: time.Second, Grace: time.Second})
	tel, counts := telemetry(t, io.Discard)
	supervisor := provisioner.NewSupervisor(b.provisioner, tel)
	var names, before []string
	for i := range 6 {
		name := fmt.Sprint("agent-", i)
		b.start(t, name)
		supervisor.Watch(name)
		names, before = append(names, name), append(before, b.id(t, name))
	}
	proxy := provisioner.NewProxy(supervisor, provisioner.ProxyConfig{Attempts: 2, Attempt: 300 * time.Millisecond, Backoff: 10 * time.Millisecond})
	monitor := provisioner.NewMonitor(supervisor, provisioner.MonitorConfig{Interval: 50 * time.Millisecond, TTL: time.Nanosecond})
	go monitor.Run(t.Context())

	stop := make(chan struct{})
	var faults sync.WaitGroup
	faults.Go(func() {
		for {
			all := dockerfault.Faults()
			injected := b.faults.Inject(dockerfault.Injection{Fault: all[rand.IntN(len(all))]})
			select {
			case <-stop:
				injected.Remove()
				return
			case <-time.After(rand.N(500 * time.Millisecond)):
			}
			injected.Remove()
			time.Sleep(rand.N(100 * time.Millisecond))
		}
	})

	var answered, busy, lost atomic.Int64
	var requests sync.WaitGroup
	measure := func() (goroutines int, heap uint64) {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return runtime.NumGoroutine(), m.HeapAlloc
	}
	type sample struct {
		goroutines int
		heap       uint64
	}
	var samples []sample
	tick := time.NewTicker(time.Second / time.Duration(*rate))
	defer tick.Stop()
	total := int(soak.Seconds() * float64(*rate))
	for n := range total {
		<-tick.C
		if n%max(1, total/8) == total/16 {
			g, h := measure()
			samples = append(samples, sample{g, h})
		}
		work := "5ms"
		if n%50 == 0 {
			work = "900ms"
		}
		requests.Go(func() {
			switch delegate(t, proxy, names[n%len(names)], fmt.Sprint(n), work).Code {
			case http.StatusOK:
				answered.Add(1)
			case http.StatusServiceUnavailable:
				busy.Add(1)
			default:
				lost.Add(1)
			}
		})
	}
	requests.Wait()
	close(stop)
	faults.Wait()
	supervisor.Wait()

	restarted := 0
	for i, name := range names {
		if b.id(t, name) != before[i] {
			restarted++
		}
	}
	got := counts.read(t)
	t.Logf("%d delegations in %s: %d answered, %d answered 503, %d neither; %d healthy containers restarted", total, *soak, answered.Load(), busy.Load(), lost.Load(), restarted)
	for _, s := range samples {
		t.Logf("%d goroutines, %d KiB of heap", s.goroutines, s.heap>>10)
	}
	t.Log(got)
	if restarted != 0 || lost.Load() != 0 {
		t.Error("want no healthy container restarted, and no request lost")
	}
	if busy.Load() == 0 || answered.Load() == 0 {
		t.Error("nothing was answered 503, or nothing at all: nothing was tried")
	}
	// The first sample is of a machine that has not met its first fault.
	early, late := samples[1], samples[len(samples)-1]
	if late.goroutines > 2*early.goroutines+100 || late.heap > 2*early.heap+8<<20 {
		t.Errorf("%d goroutines and %d KiB early, %d and %d late", early.goroutines, early.heap>>10, late.goroutines, late.heap>>10)
	}
}
