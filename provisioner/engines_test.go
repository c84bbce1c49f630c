package provisioner_test

import (
	"context"
	"net/http"
	"testing"

	"github.com/docker/docker/client"

	"github.com/errswallow/errswallow/internal/agent"
	"github.com/errswallow/errswallow/internal/realengine"
	"github.com/errswallow/errswallow/provisioner"
	"github.com/errswallow/errswallow/provisioner/dockerfault"
)

// A bench is an engine behind a proxy that injects faults, and a provisioner whose
// calls go through it. direct goes around it.
type bench struct {
	provisioner *provisioner.Provisioner
	faults      *dockerfault.Proxy
	direct      *client.Client
	host        string
	config      provisioner.Config
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

func inProcess(t *testing.T, config provisioner.Config) *bench {
	t.Helper()
	engine, err := dockerfault.NewEngine(func() http.Handler { return agent.New() })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { engine.Close() })
	cli, err := client.NewClientWithOpts(client.WithHost(engine.Host()), client.WithAPIVersionNegotiation())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cli.Close() })
	return newBench(t, engine.Host(), cli, config)
}

func onReal(t *testing.T, config provisioner.Config) *bench {
	t.Helper()
	engine := realengine.Require(t)
	config.Image, config.Prefix, config.Labels = engine.Image, engine.Prefix(), engine.Labels()
	return newBench(t, engine.DaemonHost(), engine.Client, config)
}

func newBench(t *testing.T, host string, direct *client.Client, config provisioner.Config) *bench {
	t.Helper()
	faults, err := dockerfault.NewProxy(t.Context(), host, "tcp://127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { faults.Close() })
	cli, err := faults.Client()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cli.Close() })
	return &bench{provisioner.New(cli, config), faults, direct, host, config}
}

// start starts a workspace, and waits for its agent.
func (b *bench) start(t *testing.T, workspace string) {
	t.Helper()
	if err := b.provisioner.Start(t.Context(), workspace); err != nil {
		t.Fatal(err)
	}
	b.await(t, workspace)
}

// await waits until the agent of a workspace answers.
func (b *bench) await(t *testing.T, workspace string) {
	t.Helper()
	for t.Context().Err() == nil {
		address, err := b.provisioner.Address(t.Context(), workspace)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := http.Get("http://" + address + "/health")
		if err == nil {
			resp.Body.Close()
			return
		}
	}
	t.Fatal(t.Context().Err())
}

// id returns the id of a workspace's container.
func (b *bench) id(t *testing.T, workspace string) string {
	t.Helper()
	info, err := b.direct.ContainerInspect(t.Context(), b.config.Prefix+workspace)
	if err != nil {
		t.Fatal(err)
	}
	return info.ID
}

// kill kills the container of a workspace for real.
func (b *bench) kill(t *testing.T, workspace string) {
	t.Helper()
	if err := b.direct.ContainerKill(context.Background(), b.config.Prefix+workspace, "KILL"); err != nil {
		t.Fatal(err)
	}
}
