// Package fires has the shapes of destroy.
package fires

import (
	"context"
	"log"
	"strings"

	"github.com/containerd/errdefs"
	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/api/types/network"
	"github.com/docker/docker/client"
)

type manager struct{ cli *client.Client }

func (m *manager) Ensure(ctx context.Context, id string) {
	if _, err := m.cli.ContainerInspect(ctx, id); err != nil {
		m.cli.ContainerRemove(ctx, id, container.RemoveOptions{Force: true}) // want `^Ensure: calls ContainerRemove, as for a container that does not exist, when ContainerInspect times out \(destroy\)$`
		m.cli.ContainerCreate(ctx, &container.Config{}, nil, nil, nil, id)
	}
}

func (m *manager) NotRunning(ctx context.Context, id string) error {
	info, err := m.cli.ContainerInspect(ctx, id)
	if err != nil || !info.State.Running {
		return m.cli.ContainerRestart(ctx, id, container.StopOptions{}) // want `NotRunning: calls ContainerRestart, .* \(destroy\)`
	}
	return nil
}

// A continue leaves used at false, and the network goes.
func (m *manager) Sweep(ctx context.Context, name string, ids []string) {
	used := false
	for _, id := range ids {
		info, err := m.cli.ContainerInspect(ctx, id)
		if err != nil {
			continue
		}
		if info.NetworkSettings != nil {
			used = true
		}
	}
	if !used {
		m.cli.NetworkRemove(ctx, name) // want `Sweep: calls NetworkRemove, .* \(destroy\)`
	}
}

func (m *manager) Recreated(ctx context.Context, name string) error {
	if _, err := m.cli.NetworkInspect(ctx, name, network.InspectOptions{}); err != nil {
		_, err = m.cli.NetworkCreate(ctx, name, network.CreateOptions{}) // want `Recreated: calls NetworkCreate, as for a network that does not exist, when NetworkInspect times out \(destroy\)`
		return err
	}
	return nil
}

func (m *manager) recreate(ctx context.Context, id string) error {
	return m.cli.ContainerRemove(ctx, id, container.RemoveOptions{})
}

func (m *manager) ThroughHelper(ctx context.Context, id string) error {
	if _, err := m.cli.ContainerInspect(ctx, id); err != nil {
		return m.recreate(ctx, id) // want `ThroughHelper: calls ContainerRemove, by recreate, .* \(destroy\)`
	}
	return nil
}

func (m *manager) Unlisted(ctx context.Context, name string) {
	list, _ := m.cli.ContainerList(ctx, container.ListOptions{})
	if len(list) == 0 {
		m.cli.NetworkRemove(ctx, name) // want `Unlisted: calls NetworkRemove, .* \(destroy\)`
	}
	_ = network.Inspect{}
}

func (m *manager) Inverted(ctx context.Context, id string) error {
	_, err := m.cli.ContainerInspect(ctx, id)
	if err != nil && !errdefs.IsNotFound(err) {
		return m.cli.ContainerRemove(ctx, id, container.RemoveOptions{}) // want `Inverted: calls ContainerRemove, .* \(destroy\)`
	}
	return nil
}

func (m *manager) Overwritten(ctx context.Context, id string) error {
	_, err := m.cli.ContainerInspect(ctx, id)
	if err != nil {
		_, err = m.cli.ContainerCreate(ctx, &container.Config{}, nil, nil, nil, id) // want `Overwritten: calls ContainerCreate, .* \(destroy\)`
		return err
	}
	return err
}

// The text of nothing is known, and no name is in it.
func (m *manager) Listed(ctx context.Context, id string) {
	info, err := m.cli.NetworkInspect(ctx, id, network.InspectOptions{})
	if err != nil {
		log.Print(err)
	}
	if !strings.Contains(info.Name, "agent") {
		m.cli.NetworkRemove(ctx, id) // want `Listed: calls NetworkRemove, .* \(destroy\)`
	}
}
