package provisioner

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"sync"
	"time"

	"github.com/containerd/errdefs"
	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/api/types/filters"
	"github.com/docker/go-connections/nat"
	"golang.org/x/sync/singleflight"
)

// workspaceLabel holds the name of the workspace that a container belongs to. A
// provisioner finds its own containers by it.
const workspaceLabel = "provisioner.workspace"

// ErrNoAddress is what Address answers of a container that publishes no port:
// one that does not run, or one that was not made by a Provisioner.
var ErrNoAddress = errors.New("container publishes no port")

// A Config says what the containers of a Provisioner are made of.
type Config struct {
	// Image is what the containers run, with Command in place of its own.
	Image   string
	Command []string
	// Port is where the agent listens in its container, 8080/tcp by default. It is
	// published on a free port of the loopback interface.
	Port nat.Port
	// Prefix begins the name of every container; the workspace's follows.
	Prefix string
	// Labels are added to every container.
	Labels map[string]string
	// Timeout is the longest that one call of the engine may take, 10 s by default.
	// Stopping may take Grace longer.
	Timeout time.Duration
	// Grace is what an agent has between being asked to stop and being killed, in
	// whole seconds; 10 s by default.
	Grace time.Duration
}

// A Provisioner runs each workspace in a container of its own. Its methods may be
// called at the same time. The errors that they answer wrap the Docker client's.
type Provisioner struct {
	engine    Engine
	config    Config
	restarts  singleflight.Group
	addresses sync.Map // of workspaces, to strings
}

// New returns a Provisioner that asks engine.
func New(engine Engine, config Config) *Provisioner {
	config.Port = cmp.Or(config.Port, "8080/tcp")
	config.Timeout = cmp.Or(config.Timeout, 10*time.Second)
	config.Grace = cmp.Or(config.Grace, 10*time.Second)
	return &Provisioner{engine: engine, config: config}
}

// Start creates the container of a workspace, unless it exists, and starts it,
// unless it runs.
func (p *Provisioner) Start(ctx context.Context, workspace string) error {
	if err := p.create(ctx, workspace); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, p.config.Timeout)
	defer cancel()
	p.addresses.Delete(workspace)
	if err := p.engine.ContainerStart(ctx, p.name(workspace), container.StartOptions{}); err != nil {
		return fmt.Errorf("start workspace %s: %w", workspace, err)
	}
	return nil
}

func (p *Provisioner) create(ctx context.Context, workspace string) error {
	ctx, cancel := context.WithTimeout(ctx, p.config.Timeout)
	defer cancel()
	labels := map[string]string{workspaceLabel: workspace}
	for k, v := range p.config.Labels {
		labels[k] = v
	}
	_, err := p.engine.ContainerCreate(ctx,
		&container.Config{
			Image:        p.config.Image,
			Cmd:          p.config.Command,
			ExposedPorts: nat.PortSet{p.config.Port: {}},
			Labels:       labels,
		},
		&container.HostConfig{PortBindings: nat.PortMap{p.config.Port: {{HostIP: "127.0.0.1"}}}},
		nil, nil, p.name(workspace))
	if err != nil && !errdefs.IsConflict(err) { // a conflict is a container of this name
		return fmt.Errorf("create workspace %s: %w", workspace, err)
	}
	return nil
}

// Stop stops the container of a workspace. It is no error when that does not
// run, or does not exist; it is when that cannot be told.
func (p *Provisioner) Stop(ctx context.Context, workspace string) error {
	ctx, cancel := context.WithTimeout(ctx, p.config.Timeout+p.config.Grace)
	defer cancel()
	grace := int(p.config.Grace / time.Second)
	err := p.engine.ContainerStop(ctx, p.name(workspace), container.StopOptions{Timeout: &grace})
	if err != nil && !isContainerNotFound(err) {
		return fmt.Errorf("stop workspace %s: %w", workspace, err)
	}
	return nil
}

// Remove removes the container of a workspace, stopped or not. It is no error
// when that does not exist; it is when that cannot be told.
func (p *Provisioner) Remove(ctx context.Context, workspace string) error {
	ctx, cancel := context.WithTimeout(ctx, p.config.Timeout)
	defer cancel()
	p.addresses.Delete(workspace)
	err := p.engine.ContainerRemove(ctx, p.name(workspace), container.RemoveOptions{Force: true, RemoveVolumes: true})
	if err != nil && !isContainerNotFound(err) {
		return fmt.Errorf("remove workspace %s: %w", workspace, err)
	}
	return nil
}

// Restart stops the container of a workspace and makes it anew. Calls for a
// workspace that is being restarted wait for that restart, and answer as it does.
// A caller whose context ends stops waiting; the restart goes on.
func (p *Provisioner) Restart(ctx context.Context, workspace string) error {
	done := p.restarts.DoChan(workspace, func() (any, error) {
		return nil, p.recreate(context.WithoutCancel(ctx), workspace)
	})
	select {
	case result := <-done:
		return result.Err
	case <-ctx.Done():
		return fmt.Errorf("restart workspace %s: %w", workspace, context.Cause(ctx))
	}
}

func (p *Provisioner) recreate(ctx context.Context, workspace string) error {
	if err := p.Stop(ctx, workspace); err != nil {
		return err
	}
	if err := p.Remove(ctx, workspace); err != nil {
		return err
	}
	return p.Start(ctx, workspace)
}

// Address returns the host and port on which a workspace's agent can be reached.
// It asks the engine once for each start of the container. It answers
// ErrNoAddress for a container that does not run.
func (p *Provisioner) Address(ctx context.Context, workspace string) (string, error) {
	if address, ok := p.addresses.Load(workspace); ok {
		return address.(string), nil
	}
	ctx, cancel := context.WithTimeout(ctx, p.config.Timeout)
	defer cancel()
	info, err := p.engine.ContainerInspect(ctx, p.name(workspace))
	if err != nil {
		return "", fmt.Errorf("address of workspace %s: %w", workspace, err)
	}
	if info.NetworkSettings != nil {
		for _, binding := range info.NetworkSettings.Ports[p.config.Port] {
			address := net.JoinHostPort(binding.HostIP, binding.HostPort)
			p.addresses.Store(workspace, address)
			return address, nil
		}
	}
	return "", fmt.Errorf("address of workspace %s: %w", workspace, ErrNoAddress)
}

// Workspaces returns the workspaces that have a container of this Provisioner's,
// running or not, in order.
func (p *Provisioner) Workspaces(ctx context.Context) ([]string, error) {
	ctx, cancel := context.WithTimeout(ctx, p.config.Timeout)
	defer cancel()
	own := filters.NewArgs(filters.Arg("label", workspaceLabel))
	for k, v := range p.config.Labels {
		own.Add("label", k+"="+v)
	}
	list, err := p.engine.ContainerList(ctx, container.ListOptions{All: true, Filters: own})
	if err != nil {
		return nil, fmt.Errorf("list workspaces: %w", err)
	}
	var names []string
	for _, c := range list {
		names = append(names, c.Labels[workspaceLabel])
	}
	slices.Sort(names)
	return names, nil
}

// name returns the name of a workspace's container.
func (p *Provisioner) name(workspace string) string { return p.config.Prefix + workspace }
