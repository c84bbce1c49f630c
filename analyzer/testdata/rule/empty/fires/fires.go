// Package fires has the shapes of empty.
package fires

import (
	"context"
	"log"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"
)

type manager struct{ cli *client.Client }

func (m *manager) List(ctx context.Context) ([]container.Summary, error) {
	list, err := m.cli.ContainerList(ctx, container.ListOptions{})
	if err != nil {
		log.Print(err)
		return nil, nil // want `^List: answers \(nil, nil\), as for a container that does not exist, when ContainerList times out \(empty\)$`
	}
	return list, nil
}

func (m *manager) ID(ctx context.Context, name string) (string, error) {
	info, err := m.cli.ContainerInspect(ctx, name)
	if err == nil {
		return info.ID, nil
	}
	return "", nil // want `ID: answers \(\"\", nil\), .* \(empty\)`
}

func (m *manager) Count(ctx context.Context) (int, error) {
	list, err := m.cli.ContainerList(ctx, container.ListOptions{})
	if err != nil {
		return 0, nil // want `Count: answers \(0, nil\), .* \(empty\)`
	}
	return len(list), nil
}

func (m *manager) LoggedThenAnswered(ctx context.Context) ([]container.Summary, error) {
	list, err := m.cli.ContainerList(ctx, container.ListOptions{})
	if err != nil {
		log.Print(err)
	}
	return list, nil // want `LoggedThenAnswered: answers \(nil, nil\), .* \(empty\)`
}

// It is said to be removed, and is not.
func RemoveIfThere(ctx context.Context, cli *client.Client, id string) error {
	if _, err := cli.ContainerInspect(ctx, id); err == nil {
		return cli.ContainerRemove(ctx, id, container.RemoveOptions{})
	}
	return nil // want `RemoveIfThere: answers nil and does nothing, as for a container that does not exist, when ContainerInspect times out \(empty\)`
}

// Several of many are left out, inside of another loop's turn and after a third, and nobody is told.
func (m *manager) Using(ctx context.Context, ids []string, path string) ([]string, error) {
	var out []string
	for _, id := range ids {
		used := false
		for _, part := range []string{id, path} {
			used = used || part == path
		}
		if used {
			info, err := m.cli.ContainerInspect(ctx, id)
			if err != nil {
				continue
			}
			out = append(out, info.Name)
		}
	}
	return out, nil // want `Using: answers \(nil, nil\), .* \(empty\)`
}

// Who is answered the rest, and no error, takes it for all; the log is for people.
func (m *manager) Images(ctx context.Context, ids []string) ([]string, error) {
	var out []string
	for _, id := range ids {
		info, err := m.cli.ContainerInspect(ctx, id)
		if err != nil {
			log.Print(err)
			continue
		}
		out = append(out, info.Image)
	}
	return out, nil // want `Images: answers \(nil, nil\), as for a container that does not exist, when ContainerInspect times out \(empty\)`
}

type page struct {
	Entries []string
	Next    string
}

// The list is all that is said.
func (m *manager) Page(ctx context.Context, name string) (*page, error) {
	info, err := m.cli.ContainerInspect(ctx, name)
	if err != nil {
		log.Print(err)
		return &page{Entries: []string{}}, nil // want `Page: answers \(&fires.page\{\}, nil\), .* \(empty\)`
	}
	return &page{Entries: []string{info.ID}}, nil
}

// "It runs" is said, and nothing was started.
func UseIfThere(ctx context.Context, cli *client.Client, id string) error {
	if _, err := cli.ContainerInspect(ctx, id); err == nil {
		return cli.ContainerStart(ctx, id, container.StartOptions{})
	}
	return nil // want `UseIfThere: answers nil and does nothing, as for a container that does not exist, when ContainerInspect times out \(empty\)`
}
