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

// TestAddressReused has another agent take the port of a container that was stopped,
// and of one that runs on another since: it gets no request of theirs, not even when
// every second inspect is answered strangely.
func TestAddressReused(t *testing.T) {
	t.Parallel()
	onEngines(t, func(t *testing.T, b *bench) {
		b.start(t, "a")
		supervisor, _ := b.supervise(t, "a")
		proxy := provisioner.NewProxy(supervisor, provisioner.ProxyConfig{Backoff: 10 * time.Millisecond, Attempts: 5})
		defer proxy.Close()
		if w := delegate(t, proxy, "a", "1", "0s"); w.Code != http.StatusOK {
			t.Fatalf("status %d: %s", w.Code, w.Body)
		}
		_, port, _ := strings.Cut(address(t, b, "a"), ":")
		name := b.config.Prefix + "a"
		must(t, b.direct.ContainerStop(t.Context(), name, container.StopOptions{}))
		// B is another provisioner's, so that a task of a's would be done by it.
		b.createAt(t, b.config.Prefix+"b", port)
		must(t, b.direct.ContainerStart(t.Context(), b.config.Prefix+"b", container.StartOptions{}))
		defer b.everySecond(t, faultkit.Null)()
		if w := delegate(t, proxy, "a", "2", "0s"); w.Code != http.StatusServiceUnavailable {
			t.Errorf("a is stopped: status %d: %s", w.Code, w.Body)
		}
		must(t, supervisor.Wait(t.Context()))
		await(t, "a answers again", func() bool { return delegate(t, proxy, "a", "3", "0s").Code == http.StatusOK })
		if got := address(t, b, "b"); !strings.HasSuffix(got, ":"+port) {
			t.Fatalf("b is at %s: nothing was tried", got)
		}
		resp, err := http.Get("http://127.0.0.1:" + port + "/tasks")
		must(t, err)
		defer resp.Body.Close()
		if tasks, err := io.ReadAll(resp.Body); err != nil || string(tasks) != "" {
			t.Errorf("b was given tasks of a's: %s, %v", tasks, err)
		}
	})
}

// address returns where a workspace's container can be reached.
func address(t *testing.T, b *bench, workspace string) string {
	t.Helper()
	for _, bindings := range b.inspect(t, b.config.Prefix+workspace).NetworkSettings.Ports {
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
