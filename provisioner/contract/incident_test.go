package contract

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"text/tabwriter"
	"time"

	"github.com/errswallow/errswallow/faultkit"
	"github.com/errswallow/errswallow/provisioner"
)

// TestIncident is the incident again: six agents, busy, and fifteen delegations at
// once, while every second inspect is answered by each of the strange answers in turn,
// and by each other fault. No healthy container is touched, the faults are counted, and
// a container that is killed for real comes back all the same.
func TestIncident(t *testing.T) {
	if testing.Short() {
		t.Skip("slow: it lets forty faults befall six agents, one after the other")
	}
	t.Parallel()
	onEngines(t, func(t *testing.T, b *bench) {
		var names []string
		for n := range 6 {
			names = append(names, fmt.Sprint("agent-", n))
			b.start(t, names[n])
		}
		var text strings.Builder
		table := tabwriter.NewWriter(&text, 0, 0, 2, ' ', 0)
		fmt.Fprintln(table, "every second inspect\tbefallen\tanswered 503\tfaults counted\thealthy destroyed\tdead, and back\tstarts")
		for n, fault := range faultkit.Faults() {
			stalls := fault.String() == "404 stalled"
			if !fault.Answers() && !stalls && !slices.Contains(brokenOff, fault) {
				continue
			}
			provisioned := b.provisioner
			if stalls { // for as long as somebody waits
				config := b.config
				config.Timeout = 2 * time.Second
				b.provisioner = provisioner.New(dial(t, b.faults.Host()), config)
			}
			got := b.incident(t, names, n%len(names), fault)
			b.provisioner = provisioned
			fmt.Fprintf(table, "%s\t%d\t%d\t%d\t%d\t%d of 1\t%d\n", fault, got.befallen, got.busy, got.faults, got.healthy, got.back, got.starts)
			if got.busy == 0 || got.faults == 0 {
				t.Errorf("%s: %+v: nothing was tried", fault, got)
			}
			if got.healthy != 0 || got.back != 1 || got.starts != 1 && !stalls { // a start may take longer
				t.Errorf("%s: %+v: want no healthy one destroyed, and the dead one back after one start", fault, got)
			}
		}
		table.Flush()
		t.Log("\n" + text.String())
	})
}

// brokenOff are faults that are no answers, and noticed at once.
var brokenOff = []faultkit.Fault{faultkit.EOF, faultkit.Truncated, faultkit.TruncatedJSON, faultkit.Reset, faultkit.Garbage, faultkit.HalfHeader}

// An outcome is what has come of an incident.
type outcome struct {
	befallen int // inspects
	busy     int32
	faults   int
	healthy  int // containers that ran, and are others now, or were started since
	back     int
	// starts that were asked of the engine. A restart that only looked, and got no
	// answer, is counted as one that failed, and has begun nothing.
	starts int
}

// incident has every second inspect befallen by a fault while agents are delegated to,
// then asked about because they are silent, and then one of them is killed.
func (b *bench) incident(t *testing.T, names []string, victim int, fault faultkit.Fault) (got outcome) {
	t.Helper()
	before := b.lives(t, names)
	supervisor, counts := b.supervise(t, names...)
	hurried := provisioner.NewProxy(supervisor, provisioner.ProxyConfig{Attempts: 1, Attempt: 50 * time.Millisecond})
	defer hurried.Close()
	injected := b.faults.Inject(faultkit.Injection{Fault: fault, Method: "GET", Path: "/containers/*/json", Every: 2})
	defer injected.Remove()
	got.busy = delegations(t, hurried, names, fault.String())
	// Which of the inspects so far were those of connections, which ask again, and which
	// those of somebody who would restart something, is chance. The monitor's are not.
	watching, done := context.WithCancel(t.Context())
	monitor := provisioner.NewMonitor(supervisor, provisioner.MonitorConfig{Interval: 5 * time.Millisecond, TTL: time.Nanosecond})
	var watch sync.WaitGroup
	watch.Go(func() { monitor.Run(watching) })
	await(t, "every agent was asked about, under "+fault.String(), func() bool { return counts.Read()["provisioner.silent"] > int64(len(names)) })
	done()
	watch.Wait()
	must(t, supervisor.Wait(t.Context()))
	b.kill(t, names[victim])
	b.faults.ForgetJournal()
	patient := provisioner.NewProxy(supervisor, provisioner.ProxyConfig{Attempts: 1})
	defer patient.Close()
	await(t, "the dead one answers again, under "+fault.String(), func() bool {
		return delegate(t, patient, names[victim], url.PathEscape(fault.String()), "0s").Code == http.StatusOK
	})
	must(t, supervisor.Wait(t.Context()))
	for i, life := range b.lives(t, names) {
		switch {
		case i == victim && life != before[i]:
			got.back++
		case i != victim && life != before[i]:
			got.healthy++
		}
	}
	for _, call := range b.faults.Journal() {
		if call.Method == http.MethodPost && strings.HasSuffix(call.Path, "/start") {
			got.starts++
		}
	}
	got.befallen, got.faults = injected.Hits(), counts.Sum("provisioner.faults")
	return got
}

// delegations delegates fifteen tasks at once, and returns how many were answered 503.
func delegations(t *testing.T, proxy http.Handler, names []string, task string) int32 {
	t.Helper()
	var calls sync.WaitGroup
	var busy atomic.Int32
	for i := range 15 {
		calls.Go(func() {
			if w := delegate(t, proxy, names[i%len(names)], url.PathEscape(fmt.Sprintf("%s-%d", task, i)), "100ms"); w.Code == http.StatusServiceUnavailable {
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
