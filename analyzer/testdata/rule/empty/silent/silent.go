// Package silent has what empty must not report.
package silent

import (
	"context"
	"fmt"
	"log"
	"time"

	"github.com/containerd/errdefs"
	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/api/types/network"
	"github.com/docker/docker/client"
)

type manager struct{ cli *client.Client }

func (m *manager) List(ctx context.Context) ([]container.Summary, error) {
	list, err := m.cli.ContainerList(ctx, container.ListOptions{})
	if err != nil {
		return nil, fmt.Errorf("list: %w", err)
	}
	return list, nil
}

func (m *manager) Find(ctx context.Context, id string) (*container.InspectResponse, error) {
	info, err := m.cli.ContainerInspect(ctx, id)
	if errdefs.IsNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &info, nil
}

// There is nothing beside the error.
func (m *manager) Touch(ctx context.Context, id string) error {
	if _, err := m.cli.ContainerInspect(ctx, id); err != nil {
		log.Print(err)
		return nil
	}
	return nil
}

// The query fails, and something else finds the answer, or does not.
func (m *manager) Version(ctx context.Context, id string, read func() string) (string, error) {
	if info, err := m.cli.ContainerInspect(ctx, id); err == nil {
		return info.Image, nil
	}
	if read() == "" {
		return "", nil
	}
	return read(), nil
}

func Remove(ctx context.Context, cli *client.Client, id string) error {
	_, err := cli.ContainerInspect(ctx, id)
	if client.IsErrNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	return cli.ContainerRemove(ctx, id, container.RemoveOptions{})
}

// It goes on with the others, and has shown what it could not ask.
func UseAll(ctx context.Context, cli *client.Client, ids []string) error {
	for _, id := range ids {
		if _, err := cli.ContainerInspect(ctx, id); err != nil {
			log.Print(err)
			continue
		}
		if err := cli.ContainerStart(ctx, id, container.StartOptions{}); err != nil {
			return err
		}
	}
	return nil
}

// What another function says of a zero answer is not known.
func (m *manager) Cached(ctx context.Context, id string, named func(network.Inspect) error, other func() (network.Inspect, error)) (network.Inspect, error) {
	cached, err := m.cli.NetworkInspect(ctx, id, network.InspectOptions{})
	if err != nil {
		log.Print(err)
	}
	if err := named(cached); err == nil {
		return cached, nil
	}
	return other()
}

type pathNotFound struct{ path string }

func (e pathNotFound) Error() string { return e.path }

type entry struct {
	path string
	size int64
	made time.Time
	dir  bool
}

type boxed struct{ entry }

func (b boxed) Path() string { return b.path }

// What is no file may be a folder, which another query says; one that is half there is said to
// be absent, and that is no answer about a file.
func (m *manager) Stat(ctx context.Context, id string) (interface{ Path() string }, error) {
	e := entry{path: id}
	info, err := m.cli.ContainerInspect(ctx, id)
	if err == nil {
		if info.Image == "upload" {
			return nil, pathNotFound{id}
		}
		e.size, e.made = *info.SizeRw, time.Now()
		return boxed{e}, nil
	}
	list, err := m.cli.ContainerList(ctx, container.ListOptions{})
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, pathNotFound{id}
	}
	e.dir = true
	return boxed{e}, nil
}

// removeStale removes what cannot be asked about, too.
func removeStale(ctx context.Context, cli *client.Client, id string) {
	if _, err := cli.ContainerInspect(ctx, id); errdefs.IsNotFound(err) {
		return
	}
	_ = cli.ContainerRemove(ctx, id, container.RemoveOptions{})
}

type page struct {
	Entries []string
	Text    string
}

// The list is one of several things that are said, and the other says what is wrong.
func (m *manager) Page(ctx context.Context, name string) (*page, error) {
	info, err := m.cli.ContainerInspect(ctx, name)
	if err != nil {
		return &page{Entries: []string{}, Text: err.Error()}, nil
	}
	return &page{Entries: []string{info.ID}}, nil
}

// removeUnused tells nobody that it has removed something.
func removeUnused(ctx context.Context, cli *client.Client, id string) {
	if _, err := cli.ContainerInspect(ctx, id); err != nil {
		return
	}
	_ = cli.ContainerRemove(ctx, id, container.RemoveOptions{})
}
