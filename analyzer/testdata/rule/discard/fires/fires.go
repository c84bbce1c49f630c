// Package fires has the shapes of discard.
package fires

import (
	"context"
	"errors"
	"fmt"
	"log"
	"time"

	"github.com/containerd/errdefs"
	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/api/types/network"
	"github.com/docker/docker/api/types/volume"
	"github.com/docker/docker/client"
)

type manager struct{ cli *client.Client }

func (m *manager) Taken(ctx context.Context, name string) {
	existing, _ := m.cli.ContainerInspect(ctx, name) // want `^Taken: drops the error of ContainerInspect and decides by the value beside it, as for a container that does not exist, when ContainerInspect times out \(discard\)$`
	if existing.ContainerJSONBase != nil {
		m.cli.ContainerStop(ctx, name, container.StopOptions{})
	}
	m.cli.ContainerStart(ctx, name, container.StartOptions{})
}

func (m *manager) Any(ctx context.Context) bool {
	list, _ := m.cli.ContainerList(ctx, container.ListOptions{}) // want `Any: drops the error of ContainerList and answers false, .* \(discard\)`
	return len(list) > 0
}

func (m *manager) LoggedThenUsed(ctx context.Context) bool {
	list, err := m.cli.ContainerList(ctx, container.ListOptions{}) // want `LoggedThenUsed: goes on after the error of ContainerList and answers false, .* \(discard\)`
	if err != nil {
		log.Print(err)
	}
	return len(list) > 0
}

func (m *manager) NilState(ctx context.Context, id string) bool {
	info, _ := m.cli.ContainerInspect(ctx, id) // want `NilState: drops the error of ContainerInspect and dereferences the nil beside it, when ContainerInspect times out \(discard\)`
	return info.State.Running
}

func (m *manager) Flag(ctx context.Context, name string) {
	list, _ := m.cli.VolumeList(ctx, volume.ListOptions{}) // want `Flag: drops the error of VolumeList .* \(discard\)`
	found := false
	for _, v := range list.Volumes {
		if v.Name == name {
			found = true
		}
	}
	if !found {
		m.cli.VolumeCreate(ctx, volume.CreateOptions{Name: name})
	}
}

func (m *manager) IsRunning(ctx context.Context, id string) (bool, error) {
	info, err := m.cli.ContainerInspect(ctx, id)
	if err != nil {
		return false, err
	}
	return info.State.Running, nil
}

func (m *manager) Blank(ctx context.Context, id string) {
	running, _ := m.IsRunning(ctx, id) // want `Blank: drops the error of IsRunning \(ContainerInspect\) .* \(discard\)`
	if !running {
		m.cli.ContainerStart(ctx, id, container.StartOptions{})
	}
}

// A zero network may be one that is in use, as far as can be seen: the one that is asked
// about is removed if it is not.
func (m *manager) Inconsistent(ctx context.Context, id string, inUse func(network.Inspect) bool) error {
	info, err := m.cli.NetworkInspect(ctx, id, network.InspectOptions{})
	if err == nil {
		id = info.ID
	}
	remove := false
	if inUse(info) {
		log.Print(id)
	} else {
		remove = true
	}
	if remove {
		return m.cli.NetworkRemove(ctx, id) // want `Inconsistent: calls NetworkRemove, .* \(destroy\)`
	}
	return nil
}

// It asks again, but for the first fault it panics.
func (m *manager) Ready(ctx context.Context, id string) {
	for {
		info, _ := m.cli.ContainerInspect(ctx, id) // want `Ready: drops the error of ContainerInspect and dereferences the nil beside it, .* \(discard\)`
		if info.State.Running {
			return
		}
		time.Sleep(time.Second)
	}
}

// A loop that does not wait asks about one after the other.
func (m *manager) Each(ctx context.Context, ids []string) {
	for _, id := range ids {
		info, _ := m.cli.ContainerInspect(ctx, id) // want `Each: drops the error of ContainerInspect and decides .* \(discard\)`
		if info.ContainerJSONBase == nil {
			m.cli.ContainerStart(ctx, id, container.StartOptions{})
		}
	}
}

// A loop that waits, and acts.
func (m *manager) Monitor(ctx context.Context, id string, restart func()) {
	for ctx.Err() == nil {
		list, _ := m.cli.ContainerList(ctx, container.ListOptions{}) // want `Monitor: drops the error of ContainerList and decides .* \(discard\)`
		if len(list) == 0 {
			restart()
		}
		time.Sleep(time.Second)
	}
}

// Who is answered an empty list, of an error that nobody has looked at, takes it for whole.
func (m *manager) Names(ctx context.Context) []string {
	list, _ := m.cli.ContainerList(ctx, container.ListOptions{}) // want `Names: drops the error of ContainerList and answers nil, .* \(discard\)`
	var names []string
	for _, c := range list {
		names = append(names, c.Names...)
	}
	return names
}

// A loop that ends by an error only.
func (m *manager) Serve(ctx context.Context, ids chan string) error {
	for id := range ids {
		info, err := m.cli.ContainerInspect(ctx, id) // want `Serve: goes on after the error of ContainerInspect and dereferences the nil beside it, .* \(discard\)`
		if err != nil {
			fmt.Println(err)
		}
		fmt.Println(info.State.Status)
	}
	return errors.New("closed")
}

// What is there already is refused, and a second one is started where nobody could ask.
func (m *manager) StartOnce(ctx context.Context, id string) error {
	if info, _ := m.cli.ContainerInspect(ctx, id); info.ContainerJSONBase != nil { // want `StartOnce: drops the error of ContainerInspect and decides by the value beside it, .* \(discard\)`
		return errors.New("it is there")
	}
	return m.cli.ContainerStart(ctx, id, container.StartOptions{})
}

var known = map[string]bool{}

// Nothing is known of those that could not be listed.
func (m *manager) Learn(ctx context.Context) {
	list, _ := m.cli.ContainerList(ctx, container.ListOptions{}) // want `Learn: drops the error of ContainerList and decides by the value beside it, .* \(discard\)`
	for _, c := range list {
		known[c.ID] = true
	}
}

// What could not be listed is not removed, and nobody is told.
func (m *manager) RemoveAll(ctx context.Context) error {
	list, _ := m.cli.ContainerList(ctx, container.ListOptions{}) // want `RemoveAll: drops the error of ContainerList and decides by the value beside it, .* \(discard\)`
	for _, c := range list {
		if err := m.cli.ContainerRemove(ctx, c.ID, container.RemoveOptions{}); err != nil {
			return err
		}
	}
	return nil
}

// Names are as many as there are containers: with none nobody tells the list from nil.
func Names(ctx context.Context, cli *client.Client) []string {
	list, err := cli.ContainerList(ctx, container.ListOptions{}) // want `Names: goes on after the error of ContainerList and answers nil, as for a container that does not exist, when ContainerList times out \(discard\)`
	if err != nil {
		log.Print(err)
	}
	names := make([]string, len(list))
	for i, c := range list {
		names[i] = c.ID
	}
	return names
}

func (m *manager) exists(ctx context.Context, id string) (bool, error) {
	_, err := m.cli.ContainerInspect(ctx, id)
	if errdefs.IsNotFound(err) {
		return false, nil
	}
	return err == nil, err
}

// Who drops the error of a state can say nothing but that it is not so.
func (m *manager) Uninstall(ctx context.Context, id string, translate func(string) string) error {
	if there, _ := m.exists(ctx, id); !there { // want `Uninstall: drops the error of exists \(ContainerInspect\) and decides by the value beside it, .* \(discard\)`
		return errors.New(translate("absent"))
	}
	return m.cli.ContainerStart(ctx, id, container.StartOptions{})
}
