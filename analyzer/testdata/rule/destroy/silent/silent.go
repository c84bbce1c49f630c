// Package silent has what destroy must not report.
package silent

import (
	"context"
	"fmt"
	"log"

	"github.com/containerd/errdefs"
	"github.com/docker/docker/api/types"
	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/api/types/volume"
	"github.com/docker/docker/client"
)

type manager struct{ cli *client.Client }

func (m *manager) Gated(ctx context.Context, id string) error {
	_, err := m.cli.ContainerInspect(ctx, id)
	if errdefs.IsNotFound(err) {
		_, err = m.cli.ContainerCreate(ctx, &container.Config{}, nil, nil, nil, id)
		return err
	}
	return err
}

// What this very call made is its own to remove.
func (m *manager) Cleanup(ctx context.Context, name string) (string, error) {
	made, err := m.cli.ContainerCreate(ctx, &container.Config{}, nil, nil, nil, name)
	if err != nil {
		return "", err
	}
	if _, err := m.cli.ContainerInspect(ctx, made.ID); err != nil {
		log.Print(err)
		m.cli.ContainerRemove(ctx, made.ID, container.RemoveOptions{})
		return "", err
	}
	return made.ID, nil
}

// The sweep is skipped.
func (m *manager) Skipped(ctx context.Context) {
	list, err := m.cli.ContainerList(ctx, container.ListOptions{All: true})
	if err != nil {
		log.Print(err)
		return
	}
	for _, c := range list {
		m.cli.ContainerRemove(ctx, c.ID, container.RemoveOptions{})
	}
}

// It would have been removed anyway.
func (m *manager) Regardless(ctx context.Context, id string) error {
	info, err := m.cli.ContainerInspect(ctx, id)
	if err != nil {
		log.Print(err)
	} else {
		log.Print(info.Name)
	}
	return m.cli.ContainerRemove(ctx, id, container.RemoveOptions{})
}

// What an error-returning side in between does not change.
func (m *manager) Between(ctx context.Context, id, name string) error {
	info, err := m.cli.ContainerInspect(ctx, id)
	if err == nil && info.ID != "" {
		if err := m.cli.ContainerStop(ctx, id, container.StopOptions{}); err != nil {
			return err
		}
	}
	return m.cli.VolumeRemove(ctx, name, false)
}

// Absence is success, anything else goes on to what was asked for.
func (m *manager) Asked(ctx context.Context, name string) error {
	_, err := m.cli.VolumeInspect(ctx, name)
	if errdefs.IsNotFound(err) {
		return nil
	}
	return m.cli.VolumeRemove(ctx, name, false)
}

// A deferred cleanup is made whichever way the function is left.
func (m *manager) Deferred(ctx context.Context, id string) (string, error) {
	defer func() { m.cli.ContainerRemove(ctx, id, container.RemoveOptions{}) }()
	info, err := m.cli.ContainerInspect(ctx, id)
	if err != nil {
		log.Print(err)
		return "", err
	}
	return info.Name, nil
}

// It is removed whether it can be measured or not.
func Measured(ctx context.Context, cli *client.Client, id string) error {
	before, err := cli.DiskUsage(ctx, types.DiskUsageOptions{})
	if err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		log.Print(err)
	}
	if err := cli.ContainerRemove(ctx, id, container.RemoveOptions{}); err != nil {
		return err
	}
	log.Print(before.LayersSize)
	return nil
}

// Nothing is in the list of what is to be removed.
func Collected(ctx context.Context, cli *client.Client, ids []string) error {
	stopped := make([]string, 0)
	for _, id := range ids {
		info, err := cli.ImageInspect(ctx, id)
		if err == nil && info.ID != "" {
			stopped = append(stopped, info.ID)
		}
	}
	for _, id := range stopped {
		if err := cli.ContainerRemove(ctx, id, container.RemoveOptions{}); err != nil {
			return err
		}
	}
	return nil
}

// A volume that is there already is the one that is answered.
func (m *manager) Ensured(ctx context.Context, name string) error {
	if _, err := m.cli.VolumeInspect(ctx, name); err != nil {
		_, err = m.cli.VolumeCreate(ctx, volume.CreateOptions{Name: name})
		return err
	}
	return nil
}

// What it made of a volume is its own to remove.
func (m *manager) HalfMade(ctx context.Context, name string) error {
	if _, err := m.cli.VolumeCreate(ctx, volume.CreateOptions{Name: name}); err != nil {
		return err
	}
	if _, err := m.cli.ImageInspect(ctx, name); err != nil {
		return m.cli.VolumeRemove(ctx, name, false)
	}
	return nil
}

// What is removed in the end was made after it asked.
func (m *manager) Tried(ctx context.Context, name string) error {
	if _, err := m.cli.VolumeInspect(ctx, name); err == nil {
		return nil
	}
	if _, err := m.cli.VolumeCreate(ctx, volume.CreateOptions{Name: name + "-probe"}); err != nil {
		return err
	}
	defer func() { m.cli.VolumeRemove(ctx, name+"-probe", true) }()
	return m.cli.VolumeRemove(ctx, name+"-probe", false)
}

// Ways out with an error are no choice, whatever the type of the error.
type aggregate interface {
	error
	Errors() []error
}

func newAggregate(errs ...error) aggregate { return nil }

func (m *manager) Stop(ctx context.Context, id string, name func() (string, error)) error {
	info, err := m.cli.ContainerInspect(ctx, id)
	if err != nil {
		kept, keptErr := name()
		if keptErr != nil {
			return newAggregate(err, keptErr)
		}
		log.Print(kept)
	} else {
		log.Print(info.Name)
	}
	return m.cli.ContainerStop(ctx, id, container.StopOptions{})
}

// The error of a way out need not be the last result.
func (m *manager) Run(ctx context.Context, name string, pull func() error) (string, error, int) {
	if _, err := m.cli.ImageInspect(ctx, name); err != nil {
		if err := pull(); err != nil {
			return "", fmt.Errorf("pull: %w", err), 1
		}
	}
	made, err := m.cli.ContainerCreate(ctx, &container.Config{Image: name}, nil, nil, nil, name)
	return made.ID, err, 0
}
