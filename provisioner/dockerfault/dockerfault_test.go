package dockerfault_test

import (
	"context"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"github.com/containerd/errdefs"
	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"

	"github.com/errswallow/errswallow/provisioner"
	"github.com/errswallow/errswallow/provisioner/dockerfault"
)

func reference(ctx context.Context, cli *client.Client, id string) (bool, error) {
	return provisioner.New(cli, provisioner.Config{}).IsRunning(ctx, id)
}

// TestVerify holds the reference to the contract.
func TestVerify(t *testing.T) {
	t.Parallel()
	dockerfault.Verify(t, reference)
}

// recorder is a test that fails without failing this one.
type recorder struct {
	testing.TB
	errors []string
}

func (*recorder) Helper() {}
func (r *recorder) Errorf(format string, args ...any) {
	for _, arg := range args {
		if table, ok := arg.(dockerfault.Table); ok {
			r.errors = append(r.errors, table.String())
		}
	}
}

// TestVerifyFails tries predicates that break the contract each in its own way.
func TestVerifyFails(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		predicate dockerfault.Predicate
		broken    int
		row       string
	}{
		"says running, and nothing of the fault": {func(ctx context.Context, cli *client.Client, id string) (bool, error) {
			running, err := reference(ctx, cli, id)
			return running || err != nil, nil
		}, 10, "(true, nil)   (true, error)"},
		"tells the fault, and says not running": {func(ctx context.Context, cli *client.Client, id string) (bool, error) {
			info, err := cli.ContainerInspect(ctx, id)
			if errdefs.IsNotFound(err) {
				return false, nil
			}
			if err != nil {
				return false, err
			}
			return info.State.Running, nil
		}, 10, "(false, error)  (true, error)"},
		"takes a container that does not exist for a fault": {func(ctx context.Context, cli *client.Client, id string) (bool, error) {
			info, err := cli.ContainerInspect(ctx, id)
			if err != nil {
				return true, err
			}
			return info.State.Running, nil
		}, 1, "absent"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := &recorder{TB: t}
			dockerfault.Verify(r, test.predicate)
			if len(r.errors) != 1 || strings.Count(r.errors[0], "✗") != test.broken || !strings.Contains(r.errors[0], test.row) {
				t.Errorf("want one failure with %d broken rows, one of them %q:\n%s", test.broken, test.row, strings.Join(r.errors, "\n"))
			}
		})
	}
}

// TestProxy injects by method, path and count, over both kinds of socket.
func TestProxy(t *testing.T) {
	t.Parallel()
	for _, listen := range []string{"tcp://127.0.0.1:0", "unix://" + filepath.Join(t.TempDir(), "docker.sock")} {
		t.Run(listen[:4], func(t *testing.T) {
			t.Parallel()
			engine, err := dockerfault.NewEngine(http.NotFoundHandler)
			if err != nil {
				t.Fatal(err)
			}
			defer engine.Close()
			proxy, err := dockerfault.NewProxy(t.Context(), engine.Host(), listen)
			if err != nil {
				t.Fatal(err)
			}
			defer proxy.Close()
			cli, err := client.NewClientWithOpts(client.WithHost(proxy.Host()), client.WithAPIVersionNegotiation())
			if err != nil {
				t.Fatal(err)
			}
			defer cli.Close()
			list := func() error {
				_, err := cli.ContainerList(t.Context(), container.ListOptions{})
				return err
			}
			if err := list(); err != nil {
				t.Fatal(err)
			}
			injected := proxy.Inject(dockerfault.Injection{Fault: dockerfault.InternalError, Method: "GET", Path: "/containers/json", Count: 2})
			if _, err := cli.ContainerInspect(t.Context(), "a"); !errdefs.IsNotFound(err) {
				t.Errorf("another path: %v", err)
			}
			for n, fails := range []bool{true, true, false} {
				if err := list(); (err != nil) != fails {
					t.Errorf("call %d of an injection of two: %v", n, err)
				}
			}
			if injected.Hits() != 2 {
				t.Errorf("%d hits, want 2", injected.Hits())
			}
			for _, fault := range []dockerfault.Fault{dockerfault.Refused, dockerfault.MissingSocket} {
				if err := proxy.Down(fault); err != nil {
					t.Fatal(err)
				}
				if err := list(); err == nil || !client.IsErrConnectionFailed(err) {
					t.Errorf("down by %s: %v", fault, err)
				}
				if err := proxy.Up(); err != nil {
					t.Fatal(err)
				}
				if err := list(); err != nil {
					t.Errorf("up after %s: %v", fault, err)
				}
			}
		})
	}
}

// TestStallEnds stalls a call until the daemon recovers.
func TestStallEnds(t *testing.T) {
	t.Parallel()
	engine, err := dockerfault.NewEngine(http.NotFoundHandler)
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close()
	proxy, err := dockerfault.NewProxy(t.Context(), engine.Host(), "tcp://127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer proxy.Close()
	cli, err := proxy.Client()
	if err != nil {
		t.Fatal(err)
	}
	defer cli.Close()
	injected := proxy.Inject(dockerfault.Injection{Fault: dockerfault.Stall})
	done := make(chan error)
	go func() {
		_, err := cli.ContainerCreate(t.Context(), &container.Config{Image: "agent"}, nil, nil, nil, "a")
		done <- err
	}()
	for injected.Hits() == 0 {
		select {
		case err := <-done:
			t.Fatalf("answered while stalled: %v", err)
		default:
		}
	}
	injected.Remove()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

// TestBadHost names what is wrong with an address.
func TestBadHost(t *testing.T) {
	t.Parallel()
	for _, hosts := range [][2]string{{"/var/run/docker.sock", "tcp://127.0.0.1:0"}, {"tcp://127.0.0.1:1", "npipe:////./pipe"}} {
		if _, err := dockerfault.NewProxy(t.Context(), hosts[0], hosts[1]); err == nil || !strings.Contains(err.Error(), "is not an address") {
			t.Errorf("%v: %v", hosts, err)
		}
	}
	if _, err := dockerfault.NewProxy(t.Context(), "tcp://127.0.0.1:1", "tcp://127.0.0.1:0"); err == nil || !strings.Contains(err.Error(), "engine at tcp://127.0.0.1:1") {
		t.Errorf("no engine: %v", err)
	}
}
