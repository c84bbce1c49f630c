package main

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/api/types/filters"
	"github.com/docker/docker/api/types/image"

	"github.com/errswallow/errswallow/examples/incident"
	"github.com/errswallow/errswallow/faultkit"
	"github.com/errswallow/errswallow/internal/realengine"
	"github.com/errswallow/errswallow/provisioner"
)

// asMain is set where the tests are the command.
const asMain = "CASCADE_MAIN"

func TestMain(m *testing.M) {
	if os.Getenv(asMain) != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// TestCascade replays the incident on both kinds of engine.
func TestCascade(t *testing.T) {
	if testing.Short() {
		t.Skip("slow: it is the incident in real time; make cascade replays it")
	}
	t.Run("in process", func(t *testing.T) {
		platform, engine, err := inProcess()
		if err != nil {
			t.Fatal(err)
		}
		defer engine.Close()
		test(t, platform)
	})
	t.Run("real engine", func(t *testing.T) {
		test(t, onReal(realengine.Require(t)))
	})
}

func test(t *testing.T, platform platform) {
	as, err := replay(t.Context(), platform, original, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	be, err := replay(t.Context(), platform, reference, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	if !compare(as, be) {
		t.Error("not as it should be: the table is above")
	}
}

// TestOriginal holds the IsRunning of the incident to the contract: it fails under
// every fault that the client has an error for, and under nothing else.
func TestOriginal(t *testing.T) {
	target := faultkit.InProcess(t)
	table, err := faultkit.Try[bool](t.Context(), target, func(ctx context.Context, host, id string) (bool, error) {
		cli, err := dial(host)
		if err != nil {
			return true, err
		}
		defer cli.Close()
		return incident.New(cli).IsRunning(ctx, id)
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range table {
		faulty := row.Fault != "" && row.Fault != faultkit.Slow.String() && row.Note == ""
		if row.OK == faulty {
			t.Errorf("%s: kept %t, answer %s", row.Name(), row.OK, row.Answer)
		}
	}
}

// slowEngine is one in this process, that takes its time for some calls.
func slowEngine(t *testing.T, pause func(*http.Request) time.Duration) platform {
	t.Helper()
	platform, engine, err := inProcess()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { engine.Close() })
	host, err := url.Parse("http" + strings.TrimPrefix(platform.host, "tcp"))
	if err != nil {
		t.Fatal(err)
	}
	proxy := httputil.NewSingleHostReverseProxy(host)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(pause(r))
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	platform.host = "tcp" + strings.TrimPrefix(server.URL, "http")
	return platform
}

// TestSlowEngine replays the incident on an engine that takes two seconds for a start,
// as one did on a machine under load: that is not what is shown.
func TestSlowEngine(t *testing.T) {
	t.Parallel()
	var starts atomic.Int32
	platform := slowEngine(t, func(r *http.Request) time.Duration {
		if strings.HasSuffix(r.URL.Path, "/start") && starts.Add(1) == 1 {
			return 2 * time.Second
		}
		return 0
	})
	report, err := replay(t.Context(), platform, reference, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	if report.healthyRestarted != 0 || report.done != delegations || report.deadRestarted != 1 {
		t.Errorf("%+v: want no healthy one restarted, all delegations done, and the dead one back", report)
	}
}

// TestPatience waits for the daemon in proportion to what it takes.
func TestPatience(t *testing.T) {
	t.Parallel()
	const takes = 100 * time.Millisecond
	platform := slowEngine(t, func(r *http.Request) time.Duration {
		if strings.HasSuffix(r.URL.Path, "/json") {
			return takes
		}
		return 0
	})
	cli, err := dial(platform.host)
	if err != nil {
		t.Fatal(err)
	}
	defer cli.Close()
	s := &stage{timeline: newTimeline(io.Discard), config: platform.config}
	agents := provisioner.New(cli, platform.config)
	patience, err := s.raise(t.Context(), agents)
	if err != nil {
		t.Fatal(err)
	}
	if patience < 20*takes {
		t.Errorf("%s for a daemon that takes %s, want more than %s", patience, takes, 20*takes)
	}
}

// TestTerminated stops the command in the middle of a replay: it leaves nothing.
func TestTerminated(t *testing.T) {
	t.Parallel()
	engine := realengine.Require(t)
	proxy, err := faultkit.NewProxy(t.Context(), engine.DaemonHost(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer proxy.Close()
	cascade := exec.Command(os.Args[0], "-engine=real")
	cascade.Env = append(os.Environ(), asMain+"=1", "DOCKER_HOST="+proxy.Host())
	if err := cascade.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cascade.Wait() }()
	names := map[string]bool{}
	for len(names) < 2 {
		select {
		case err := <-ended:
			t.Fatalf("ended before it was to: %v", err)
		case <-time.After(time.Millisecond):
		}
		for _, call := range proxy.Journal() {
			if query, err := url.ParseQuery(call.Query); err == nil && call.Path == "/containers/create" && call.Status == http.StatusCreated {
				names[query.Get("name")] = true
			}
		}
	}
	if err := cascade.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := <-ended; !errors.As(err, new(*exec.ExitError)) {
		t.Errorf("ended with %v, want a status other than 0", err)
	}
	for name := range names {
		run, _, _ := strings.Cut(strings.TrimPrefix(name, "errswallow-"), "-")
		own := filters.NewArgs(filters.Arg("label", "errswallow.run="+run))
		containers, err := engine.ContainerList(t.Context(), container.ListOptions{All: true, Filters: own})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range containers {
			t.Errorf("container %s is left", c.Names)
			if err := engine.ContainerRemove(t.Context(), c.ID, container.RemoveOptions{Force: true, RemoveVolumes: true}); err != nil {
				t.Error(err)
			}
		}
		images, err := engine.ImageList(t.Context(), image.ListOptions{Filters: own})
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range images {
			t.Errorf("image %s is left", i.RepoTags)
			if _, err := engine.ImageRemove(t.Context(), i.ID, image.RemoveOptions{Force: true}); err != nil {
				t.Error(err)
			}
		}
	}
}
