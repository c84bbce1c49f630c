package provisioner_test

import (
	"bytes"
	"cmp"
	"context"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"

	"github.com/errswallow/errswallow/provisioner"
	"github.com/errswallow/errswallow/provisioner/dockerfault"
)

// counters reads what a Telemetry has counted: "provisioner.faults class=deadline"
// and how often.
type counters struct{ reader *metric.ManualReader }

func telemetry(t *testing.T, log io.Writer) (*provisioner.Telemetry, counters) {
	t.Helper()
	reader := metric.NewManualReader()
	provider := metric.NewMeterProvider(metric.WithReader(reader))
	tel, err := provisioner.NewTelemetry(slog.New(slog.NewTextHandler(log, nil)), provider.Meter("test"))
	if err != nil {
		t.Fatal(err)
	}
	return tel, counters{reader}
}

func (c counters) read(t *testing.T) map[string]int64 {
	t.Helper()
	var data metricdata.ResourceMetrics
	if err := c.reader.Collect(t.Context(), &data); err != nil {
		t.Fatal(err)
	}
	got := map[string]int64{}
	for _, scope := range data.ScopeMetrics {
		for _, m := range scope.Metrics {
			for _, point := range m.Data.(metricdata.Sum[int64]).DataPoints {
				name := m.Name
				for _, kv := range point.Attributes.ToSlice() {
					name += " " + string(kv.Key) + "=" + kv.Value.String()
				}
				got[name] = point.Value
			}
		}
	}
	return got
}

// delegate sends a task through a proxy.
func delegate(t *testing.T, proxy http.Handler, workspace, task, work string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	proxy.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), "POST", "/"+workspace+"/tasks/"+task+"?work="+work, strings.NewReader("a task")))
	return w
}

func wantBusy(t *testing.T, w *httptest.ResponseRecorder) {
	t.Helper()
	if w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") != "2" || !strings.Contains(w.Body.String(), "busy") {
		t.Errorf("status %d, Retry-After %q: %s; want 503 and 2", w.Code, w.Header().Get("Retry-After"), w.Body)
	}
}

func wantCounts(t *testing.T, c counters, want map[string]int64) {
	t.Helper()
	if got := c.read(t); !maps.Equal(got, want) {
		t.Errorf("counted %v, want %v", got, want)
	}
}

// impatient gives up on an agent soon.
var impatient = provisioner.ProxyConfig{Attempts: 2, Attempt: 100 * time.Millisecond, Backoff: time.Millisecond}

// TestProxyBusy delegates to an agent that is busy while the engine answers, while
// it does not, and when the agent has time again.
func TestProxyBusy(t *testing.T) {
	t.Parallel()
	onEngines(t, func(t *testing.T, b *bench) {
		b.start(t, "a")
		before := b.id(t, "a")
		var log bytes.Buffer
		tel, counts := telemetry(t, &log)
		supervisor := provisioner.NewSupervisor(b.provisioner, tel)
		supervisor.Watch("a")
		proxy := provisioner.NewProxy(supervisor, impatient)

		wantBusy(t, delegate(t, proxy, "a", "1", "3s")) // the container runs
		injected := b.faults.Inject(dockerfault.Injection{Fault: dockerfault.InternalError, Path: "/containers/*/json"})
		wantBusy(t, delegate(t, proxy, "a", "1", "3s"))
		injected.Remove()
		wantCounts(t, counts, map[string]int64{
			"provisioner.faults class=internal": 1, "provisioner.busy reason=alive": 1, "provisioner.busy reason=fault": 1,
		})
		for _, words := range []string{"workspace=a", "class=internal", "i/o timeout"} {
			if !strings.Contains(log.String(), words) {
				t.Errorf("the log does not say %s:\n%s", words, &log)
			}
		}
		for delegate(t, proxy, "a", "1", "3s").Code != http.StatusOK { // until it is done
		}
		supervisor.Wait()
		if b.id(t, "a") != before {
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
		tel, counts := telemetry(t, io.Discard)
		supervisor := provisioner.NewSupervisor(b.provisioner, tel)
		supervisor.Watch("a")
		proxy := provisioner.NewProxy(supervisor, impatient)
		created := b.faults.Inject(dockerfault.Injection{Fault: dockerfault.Stall, Method: "POST", Path: "/containers/create"})
		var calls sync.WaitGroup
		for range 10 {
			calls.Go(func() { wantBusy(t, delegate(t, proxy, "a", "1", "0s")) })
		}
		calls.Wait()
		created.Remove()
		supervisor.Wait()
		b.await(t, "a")
		if w := delegate(t, proxy, "a", "1", "0s"); w.Code != http.StatusOK || w.Body.String() != "task 1 is done\n" {
			t.Errorf("after the restart: status %d: %s", w.Code, w.Body)
		}
		wantCounts(t, counts, map[string]int64{
			"provisioner.restarts cause=proxy outcome=ok": 1, "provisioner.busy reason=restarting": 10,
		})
	})
}

// TestProxyTriesAgain has an agent answer the second attempt, after hanging up in
// the middle of the first answer: nobody asks about its container.
func TestProxyTriesAgain(t *testing.T) {
	t.Parallel()
	attempts := 0
	agent := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if attempts++; attempts == 1 {
			w.Header().Set("Content-Length", "100")
			io.WriteString(w, "half")
			panic(http.ErrAbortHandler)
		}
		w.Write(body)
	}))
	defer agent.Close()
	tel, counts := telemetry(t, io.Discard)
	supervisor := provisioner.NewSupervisor(containers{
		isRunning: func() (bool, error) { t.Error("the engine was asked"); return true, nil },
		address:   agent.Listener.Addr().String(),
	}, tel)
	supervisor.Watch("a")
	if w := delegate(t, provisioner.NewProxy(supervisor, impatient), "a", "1", "0s"); w.Code != http.StatusOK || w.Body.String() != "a task" {
		t.Errorf("status %d: %q, want 200 and the whole request", w.Code, w.Body)
	}
	wantCounts(t, counts, map[string]int64{})
}

// containers are Containers of a test's own.
type containers struct {
	provisioner.Containers
	isRunning func() (bool, error)
	restart   func() error
	address   string
}

func (c containers) IsRunning(context.Context, string) (bool, error) { return c.isRunning() }
func (c containers) Restart(context.Context, string) error           { return c.restart() }
func (c containers) Address(context.Context, string) (string, error) {
	return cmp.Or(c.address, "127.0.0.1:1"), nil
}

// twoAsk sends two requests that find a container dead. When it returns, both have
// asked, and each waits for an answer.
func twoAsk(t *testing.T, restart func() error) (supervisor *provisioner.Supervisor, counts counters, answer chan bool, calls *sync.WaitGroup) {
	t.Helper()
	asked, answer, calls := make(chan bool, 2), make(chan bool), new(sync.WaitGroup)
	tel, counts := telemetry(t, io.Discard)
	supervisor = provisioner.NewSupervisor(containers{
		isRunning: func() (bool, error) { asked <- true; <-answer; return false, nil },
		restart:   restart,
	}, tel)
	supervisor.Watch("a")
	proxy := provisioner.NewProxy(supervisor, impatient)
	for range 2 {
		calls.Go(func() { wantBusy(t, delegate(t, proxy, "a", "1", "0s")) })
	}
	<-asked
	<-asked
	return supervisor, counts, answer, calls
}

// TestSameVerdict has two requests find the same container dead at once: it is
// restarted once, and both are told that it is.
func TestSameVerdict(t *testing.T) {
	t.Parallel()
	restart := make(chan bool)
	supervisor, counts, answer, calls := twoAsk(t, func() error { <-restart; return nil })
	close(answer)
	calls.Wait()
	close(restart)
	supervisor.Wait()
	wantCounts(t, counts, map[string]int64{
		"provisioner.restarts cause=proxy outcome=ok": 1, "provisioner.busy reason=restarting": 2,
	})
}

// TestStaleVerdict has a container restarted between another request's question
// and its verdict: the new one is not dead because the old one was.
func TestStaleVerdict(t *testing.T) {
	t.Parallel()
	supervisor, counts, answer, calls := twoAsk(t, func() error { return nil })
	answer <- true
	for counts.read(t)["provisioner.restarts cause=proxy outcome=ok"] == 0 { // until it is restarted
	}
	supervisor.Wait()
	answer <- true
	calls.Wait()
	supervisor.Wait()
	if n := counts.read(t)["provisioner.restarts cause=proxy outcome=ok"]; n != 1 {
		t.Errorf("%d restarts, want 1", n)
	}
}

// TestProxyRefuses answers what cannot be forwarded, and asks nothing about it.
func TestProxyRefuses(t *testing.T) {
	t.Parallel()
	var size int
	agent := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		w.Write(make([]byte, size))
	}))
	defer agent.Close()
	tel, counts := telemetry(t, io.Discard)
	supervisor := provisioner.NewSupervisor(containers{
		isRunning: func() (bool, error) { t.Error("the engine was asked"); return true, nil },
		address:   agent.Listener.Addr().String(),
	}, tel)
	supervisor.Watch("a")
	config := impatient
	config.MaxBody = 100
	proxy := provisioner.NewProxy(supervisor, config)
	post := func(ctx context.Context, path string, body int) int {
		w := httptest.NewRecorder()
		proxy.ServeHTTP(w, httptest.NewRequestWithContext(ctx, "POST", path, bytes.NewReader(make([]byte, body))))
		return w.Code
	}
	if got := post(t.Context(), "/b/tasks/1", 0); got != http.StatusNotFound {
		t.Errorf("a workspace that nobody watches: status %d", got)
	}
	if got := post(t.Context(), "/a/tasks/1", 101); got != http.StatusRequestEntityTooLarge {
		t.Errorf("a request that is too large: status %d", got)
	}
	size = 101
	if got := post(t.Context(), "/a/tasks/1", 100); got != http.StatusRequestEntityTooLarge {
		t.Errorf("a response that is too large: status %d", got)
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	post(gone, "/a/tasks/1", 0)
	supervisor.Forget("a")
	if got := post(t.Context(), "/a/tasks/1", 0); got != http.StatusNotFound {
		t.Errorf("a workspace that was forgotten: status %d", got)
	}
	wantCounts(t, counts, map[string]int64{})
}
