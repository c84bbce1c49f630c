package contract

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/go-connections/nat"

	"github.com/errswallow/errswallow/faultkit"
	"github.com/errswallow/errswallow/provisioner"
)

// delegate sends a task through a proxy.
func delegate(t *testing.T, proxy http.Handler, workspace, task, work string) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	r := httptest.NewRequestWithContext(t.Context(), "POST", "/"+workspace+"/tasks/"+task+"?work="+work, strings.NewReader("a task"))
	r.Header.Set("Idempotency-Key", task)
	proxy.ServeHTTP(w, r)
	return w
}

// TestAddressMoves reaches an agent whose container was stopped and started by
// somebody else, on another port.
func TestAddressMoves(t *testing.T) {
	t.Parallel()
	onEngines(t, func(t *testing.T, b *bench) {
		b.start(t, "a")
		supervisor, counts := b.supervise(t, "a")
		proxy := provisioner.NewProxy(supervisor, provisioner.ProxyConfig{Backoff: 10 * time.Millisecond, Attempts: 5})
		defer proxy.Close()
		if w := delegate(t, proxy, "a", "1", "0s"); w.Code != http.StatusOK {
			t.Fatalf("status %d: %s", w.Code, w.Body)
		}
		name := b.config.Prefix + "a"
		must(t, b.direct.ContainerStop(t.Context(), name, container.StopOptions{}))
		must(t, b.direct.ContainerStart(t.Context(), name, container.StartOptions{}))
		if w := delegate(t, proxy, "a", "2", "0s"); w.Code != http.StatusOK {
			t.Errorf("status %d: %s", w.Code, w.Body)
		}
		if n := counts.Sum("provisioner.restarts"); n != 0 {
			t.Errorf("%d restarts, want none", n)
		}
	})
}

// TestAddressReused has another agent take the port of a container that was stopped:
// it gets no request of the other's, not even when every second inspect is answered
// strangely, whichever these are.
func TestAddressReused(t *testing.T) {
	t.Parallel()
	onEngines(t, func(t *testing.T, b *bench) {
		b.reuse(t, "a", 0)
		b.reuse(t, "b", 1)
	})
}

// reuse is TestAddressReused for a workspace; so many inspects are made first.
func (b *bench) reuse(t *testing.T, workspace string, first int) {
	b.start(t, workspace)
	supervisor, _ := b.supervise(t, workspace)
	proxy := provisioner.NewProxy(supervisor, provisioner.ProxyConfig{Backoff: 10 * time.Millisecond, Attempts: 5})
	defer proxy.Close()
	if w := delegate(t, proxy, workspace, "1", "0s"); w.Code != http.StatusOK {
		t.Fatalf("status %d: %s", w.Code, w.Body)
	}
	name, thief := b.config.Prefix+workspace, b.config.Prefix+workspace+"-thief"
	_, port, _ := strings.Cut(b.address(t, name), ":")
	must(t, b.direct.ContainerStop(t.Context(), name, container.StopOptions{}))
	b.createAt(t, thief, port)
	must(t, b.direct.ContainerStart(t.Context(), thief, container.StartOptions{}))
	defer b.everySecond(t, faultkit.Null)()
	for range first {
		b.provisioner.IsRunning(t.Context(), workspace)
	}
	if w := delegate(t, proxy, workspace, "2", "0s"); w.Code != http.StatusServiceUnavailable {
		t.Errorf("it is stopped: status %d: %s", w.Code, w.Body)
	}
	must(t, supervisor.Wait(t.Context()))
	await(t, workspace+" answers again", func() bool { return delegate(t, proxy, workspace, "3", "0s").Code == http.StatusOK })
	if got := b.address(t, thief); !strings.HasSuffix(got, ":"+port) {
		t.Fatalf("the other is at %s: nothing was tried", got)
	}
	resp, err := http.Get("http://127.0.0.1:" + port + "/tasks")
	must(t, err)
	defer resp.Body.Close()
	if tasks, err := io.ReadAll(resp.Body); err != nil || string(tasks) != "" {
		t.Errorf("the other was given tasks: %s, %v", tasks, err)
	}
}

// address returns where a container can be reached.
func (b *bench) address(t *testing.T, name string) string {
	t.Helper()
	for _, bindings := range b.inspect(t, name).NetworkSettings.Ports {
		for _, binding := range bindings {
			return binding.HostIP + ":" + binding.HostPort
		}
	}
	t.Fatal("no address")
	return ""
}

// createAt creates a container that is to publish its port at one of the host's.
func (b *bench) createAt(t *testing.T, name, port string) {
	t.Helper()
	created, err := b.direct.ContainerCreate(t.Context(),
		&container.Config{Image: b.config.Image, Labels: b.config.Labels, ExposedPorts: nat.PortSet{"8080/tcp": {}}},
		&container.HostConfig{PortBindings: nat.PortMap{"8080/tcp": {{HostIP: "127.0.0.1", HostPort: port}}}}, nil, nil, name)
	must(t, err)
	t.Cleanup(func() {
		b.direct.ContainerRemove(t.Context(), created.ID, container.RemoveOptions{Force: true, RemoveVolumes: true})
	})
}

// everySecond makes a fault befall every second inspect, until it is told to end.
func (b *bench) everySecond(t *testing.T, fault faultkit.Fault) (end func()) {
	t.Helper()
	injected := b.faults.Inject(faultkit.Injection{Fault: fault, Method: "GET", Path: "/containers/*/json", Every: 2})
	return func() {
		injected.Remove()
		if injected.Hits() == 0 {
			t.Error(fmt.Sprint(fault, " befell no inspect: nothing was tried"))
		}
	}
}
