// Package silent has what discard must not report.
package silent

import (
	"context"
	"errors"
	"fmt"
	"log"
	"time"

	"github.com/containerd/errdefs"
	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"
)

type manager struct{ cli *client.Client }

// The value is only shown.
func (m *manager) Shown(ctx context.Context) {
	list, _ := m.cli.ContainerList(ctx, container.ListOptions{})
	fmt.Println(len(list), "containers")
	if len(list) == 0 {
		fmt.Println("none")
	}
}

// Nothing is done for each of no elements.
func (m *manager) Iterated(ctx context.Context) {
	list, err := m.cli.ContainerList(ctx, container.ListOptions{})
	if err != nil {
		log.Print(err)
	}
	for _, c := range list {
		m.cli.ContainerStop(ctx, c.ID, container.StopOptions{})
	}
}

func (m *manager) Checked(ctx context.Context) (int, error) {
	list, err := m.cli.ContainerList(ctx, container.ListOptions{})
	if err != nil {
		return 0, err
	}
	if len(list) == 0 {
		return -1, nil
	}
	return len(list), nil
}

func (m *manager) IsRunningSafe(ctx context.Context, id string) (bool, error) {
	info, err := m.cli.ContainerInspect(ctx, id)
	if err != nil {
		return true, err
	}
	return info.State.Running, nil
}

// Fail-safe, and the error is logged.
func (m *manager) LoggedFailSafe(ctx context.Context, id string) {
	running, err := m.IsRunningSafe(ctx, id)
	if err != nil {
		log.Print(err)
	}
	if !running {
		m.cli.ContainerStart(ctx, id, container.StartOptions{})
	}
}

// The same as err == nil && len(list) > 0.
func (m *manager) ValueFirst(ctx context.Context) {
	list, err := m.cli.ContainerList(ctx, container.ListOptions{})
	if len(list) > 0 && err == nil {
		m.cli.ContainerStop(ctx, list[0].ID, container.StopOptions{})
	}
}

// The error is answered after all.
func (m *manager) Later(ctx context.Context) ([]string, error) {
	list, err := m.cli.ContainerList(ctx, container.ListOptions{})
	var ids []string
	if len(list) > 0 {
		ids = append(ids, list[0].ID)
	}
	return ids, err
}

func (m *manager) Whole(ctx context.Context, id string) (container.InspectResponse, error) {
	return m.cli.ContainerInspect(ctx, id)
}

// The value is looked at first, and the error decides.
func ErrorSecond(ctx context.Context, cli *client.Client, id string, pull func() error, tell chan error) {
	info, err := cli.ImageInspect(ctx, id)
	if info.Os == "windows" {
		err = pull()
	}
	if err != nil {
		log.Print(err)
		return
	}
	tell <- nil
}

// The program ends.
type program struct{ exit func(int) }

func (p *program) Exit(code int) { p.exit(code) }

func (m *manager) Exits(ctx context.Context, p *program, id string) string {
	info, err := m.cli.ContainerInspect(ctx, id)
	if err != nil {
		log.Print(err)
		p.Exit(1)
	}
	return info.State.Status
}

// It asks again until the container runs.
func (m *manager) Exec(ctx context.Context, id string) error {
	for asked := false; ; asked = true {
		if asked {
			info, _ := m.cli.ContainerInspect(ctx, id)
			if info.ContainerJSONBase != nil {
				break
			}
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Second):
		}
	}
	return m.cli.ContainerKill(ctx, id, "HUP")
}

// The error has the last word.
func (m *manager) LastWord(ctx context.Context, pull func()) {
	list, err := m.cli.ContainerList(ctx, container.ListOptions{})
	if len(list) > 3 || err != nil {
		pull()
	}
}

// The caller is told an error, if not which.
func (m *manager) Address(ctx context.Context, id string) (string, error) {
	list, _ := m.cli.ContainerList(ctx, container.ListOptions{})
	for _, c := range list {
		if c.ID == id {
			return c.HostConfig.NetworkMode, nil
		}
	}
	return "", fmt.Errorf("no container %s", id)
}

func (m *manager) Connected(ctx context.Context, id string) (bool, error) {
	list, _ := m.cli.ContainerList(ctx, container.ListOptions{})
	if len(list) > 0 {
		return true, nil
	}
	return false, fmt.Errorf("no container %s", id)
}

func (m *manager) list(ctx context.Context) ([]container.Summary, error) {
	list, err := m.cli.ContainerList(ctx, container.ListOptions{})
	if err != nil {
		return []container.Summary{}, err
	}
	return list, nil
}

// An empty list is as good as none.
func (m *manager) Labels(ctx context.Context, id string) (map[string]string, error) {
	list, _ := m.list(ctx)
	for _, c := range list {
		if c.ID == id {
			return c.Labels, nil
		}
	}
	return nil, fmt.Errorf("no container %s", id)
}

// An index that is computed is one of those that there are.
func (m *manager) Indexed(ctx context.Context, indexes func([]string) []int) {
	list, _ := m.cli.ContainerList(ctx, container.ListOptions{})
	names := []string{}
	for _, c := range list {
		names = append(names, c.ID)
	}
	for i := range indexes(names) {
		fmt.Println(names[i])
	}
}

// The error is dropped, and what is answered beside it is what a container that runs
// gets: nothing is done that would not have been.
func (m *manager) BlankFailSafe(ctx context.Context, id string) {
	running, _ := m.IsRunningSafe(ctx, id)
	if !running {
		m.cli.ContainerStart(ctx, id, container.StartOptions{})
	}
}

// What is there already is refused, and so is what nobody could ask about.
func (m *manager) StartOnce(ctx context.Context, id string) error {
	list, err := m.cli.ContainerList(ctx, container.ListOptions{})
	if err != nil {
		return err
	}
	if len(list) > 0 {
		return fmt.Errorf("%s is there", list[0].ID)
	}
	return m.cli.ContainerStart(ctx, id, container.StartOptions{})
}

// Each that is listed is told, and nothing is kept.
func (m *manager) Tell(ctx context.Context, tell func(string)) {
	list, _ := m.cli.ContainerList(ctx, container.ListOptions{})
	for _, c := range list {
		tell(c.ID)
	}
}

// It says so where it could not list what it is to remove.
func (m *manager) RemoveAll(ctx context.Context) error {
	list, err := m.cli.ContainerList(ctx, container.ListOptions{})
	for _, c := range list {
		if err := m.cli.ContainerRemove(ctx, c.ID, container.RemoveOptions{}); err != nil {
			return err
		}
	}
	return err
}

// NamesOf has a place for each of what it is handed, whatever is found.
func NamesOf(ctx context.Context, cli *client.Client, ids []string) ([]string, error) {
	list, err := cli.ContainerList(ctx, container.ListOptions{})
	if err != nil {
		return nil, err
	}
	names := make([]string, len(ids))
	for i, c := range list {
		names[i%len(ids)] = c.ID
	}
	return names, nil
}

func (m *manager) exists(ctx context.Context, id string) (bool, error) {
	_, err := m.cli.ContainerInspect(ctx, id)
	if errdefs.IsNotFound(err) {
		return false, nil
	}
	return err == nil, err
}

func (m *manager) Uninstall(ctx context.Context, id string, translate func(string) string) error {
	there, err := m.exists(ctx, id)
	if err != nil {
		return err
	}
	if !there {
		return errors.New(translate("absent"))
	}
	return m.cli.ContainerStart(ctx, id, container.StartOptions{})
}
