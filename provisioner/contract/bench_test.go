package contract

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"sync/atomic"
	"testing"
	"time"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"

	"github.com/errswallow/errswallow/faultkit"
	"github.com/errswallow/errswallow/internal/realengine"
	"github.com/errswallow/errswallow/internal/realengine/agent"
	"github.com/errswallow/errswallow/provisioner"
	"github.com/errswallow/errswallow/provisioner/counters"
)

// real is the engine of this machine, which the tests share.
var real realengine.Shared

func TestMain(m *testing.M) {
	code := m.Run()
	if err := real.Close(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = max(code, 1)
	}
	os.Exit(code)
}

// A bench is an engine behind a proxy that injects faults, and a provisioner whose
// calls go through it. direct goes around it.
type bench struct {
	provisioner *provisioner.Provisioner
	faults      *faultkit.Proxy
	direct      *client.Client
	host        string
	config      provisioner.Config
	local       *faultkit.Engine // nil if it is the machine's
}

// onEngines runs a test on an engine in this process, and on the machine's.
func onEngines(t *testing.T, test func(t *testing.T, b *bench)) {
	t.Run("in process", func(t *testing.T) {
		t.Parallel()
		test(t, inProcess(t, provisioner.Config{}))
	})
	t.Run("real engine", func(t *testing.T) {
		t.Parallel()
		test(t, onReal(t, provisioner.Config{}))
	})
}

// patient is for tests that stall nothing: a busy machine is no fault.
const patient = time.Minute

func inProcess(t *testing.T, config provisioner.Config) *bench {
	t.Helper()
	engine, err := faultkit.NewEngine(func() http.Handler { return agent.New() })
	must(t, err)
	t.Cleanup(func() { engine.Close() })
	config.Prefix = "ws-"
	b := newBench(t, engine.Host(), dial(t, engine.Host()), config)
	b.local = engine
	return b
}

// tests counts the tests on the machine's engine: each has names of its own.
var tests atomic.Int32

func onReal(t *testing.T, config provisioner.Config) *bench {
	t.Helper()
	engine := real.Require(t)
	test := fmt.Sprint(tests.Add(1))
	config.Image, config.Prefix, config.Labels = engine.Image, engine.Prefix()+test+"-", engine.Labels()
	config.Labels["errswallow.test"] = test
	b := newBench(t, engine.DaemonHost(), engine.Client, config)
	t.Cleanup(func() {
		around := provisioner.New(engine.Client, b.config) // the faults, and what they have led to
		workspaces, err := around.Workspaces(context.Background())
		if err != nil {
			t.Error(err)
		}
		for _, workspace := range workspaces {
			if err := around.RemoveWithVolumes(context.Background(), workspace); err != nil {
				t.Error(err)
			}
		}
	})
	return b
}

func newBench(t *testing.T, host string, direct *client.Client, config provisioner.Config) *bench {
	t.Helper()
	if config.Timeout == 0 {
		config.Timeout = patient
	}
	config.Grace = time.Second
	faults, err := faultkit.NewProxy(t.Context(), host, "")
	must(t, err)
	t.Cleanup(func() { faults.Close() })
	return &bench{provisioner.New(dial(t, faults.Host()), config), faults, direct, host, config, nil}
}

// dial returns a client of the engine at a host. It does not negotiate, which would
// run into the faults.
func dial(t *testing.T, host string) *client.Client {
	t.Helper()
	cli, err := client.NewClientWithOpts(client.WithHost(host), client.WithVersion("1.41"))
	must(t, err)
	t.Cleanup(func() { cli.Close() })
	return cli
}

// start starts a workspace, and waits for its agent.
func (b *bench) start(t *testing.T, workspace string) {
	t.Helper()
	must(t, b.provisioner.Start(t.Context(), workspace))
	b.await(t, workspace)
}

// await waits until the agent of a workspace answers.
func (b *bench) await(t *testing.T, workspace string) {
	t.Helper()
	await(t, "the agent of "+workspace+" answers", func() bool {
		address, err := b.provisioner.Address(t.Context(), workspace)
		if errors.Is(err, provisioner.ErrNoAddress) {
			return false
		}
		must(t, err)
		resp, err := http.Get("http://" + address + "/health")
		if err == nil {
			resp.Body.Close()
		}
		return err == nil
	})
}

// inspect returns what the engine says of a container with a name, around the faults.
func (b *bench) inspect(t *testing.T, name string) container.InspectResponse {
	t.Helper()
	info, err := b.direct.ContainerInspect(context.Background(), name)
	must(t, err)
	return info
}

// id returns the id of a workspace's container.
func (b *bench) id(t *testing.T, workspace string) string {
	t.Helper()
	return b.inspect(t, b.config.Prefix+workspace).ID
}

// kill kills the container of a workspace for real, and waits until it is dead.
func (b *bench) kill(t *testing.T, workspace string) {
	t.Helper()
	must(t, b.direct.ContainerKill(context.Background(), b.config.Prefix+workspace, "KILL"))
	await(t, workspace+" is dead", func() bool { return !b.inspect(t, b.config.Prefix+workspace).State.Running })
}

// create creates a container behind the provisioner's back, with a name and labels.
func (b *bench) create(t *testing.T, name string, labels map[string]string) string {
	t.Helper()
	all := map[string]string{}
	for k, v := range b.config.Labels {
		all[k] = v
	}
	for k, v := range labels {
		all[k] = v
	}
	created, err := b.direct.ContainerCreate(t.Context(), &container.Config{Image: b.config.Image, Labels: all}, nil, nil, nil, name)
	must(t, err)
	t.Cleanup(func() {
		b.direct.ContainerRemove(context.Background(), created.ID, container.RemoveOptions{Force: true, RemoveVolumes: true})
	})
	return created.ID
}

// supervise returns a Supervisor of workspaces.
func (b *bench) supervise(t *testing.T, workspaces ...string) (*provisioner.Supervisor, counters.Counters) {
	t.Helper()
	tel, counts, err := counters.New(slog.New(slog.NewTextHandler(io.Discard, nil)))
	must(t, err)
	supervisor := provisioner.NewSupervisor(b.provisioner, tel, provisioner.SupervisorConfig{})
	for _, workspace := range workspaces {
		supervisor.Watch(workspace)
	}
	return supervisor, counts
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// await waits until something is so.
func await(t *testing.T, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(2 * time.Minute); !is(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("not so after two minutes: %s", what)
		}
	}
}
