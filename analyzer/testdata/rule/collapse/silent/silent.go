// Package silent has what collapse must not report.
package silent

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/containerd/errdefs"
	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/api/types/network"
	"github.com/docker/docker/client"
	dockererrdefs "github.com/docker/docker/errdefs"
)

type manager struct {
	cli     *client.Client
	lastErr error
	errs    chan error
}

func (m *manager) IsRunning(ctx context.Context, id string) (bool, error) {
	info, err := m.cli.ContainerInspect(ctx, id)
	if errdefs.IsNotFound(err) {
		return false, nil
	}
	if err != nil {
		return true, fmt.Errorf("inspect %s: %w", id, err)
	}
	return info.State.Running, nil
}

func (m *manager) Returned(ctx context.Context, id string) (bool, error) {
	info, err := m.cli.ContainerInspect(ctx, id)
	if err != nil {
		return false, err
	}
	return info.State.Running, nil
}

func (m *manager) Joined(ctx context.Context, id string) (ok bool, err error) {
	defer func() { err = errors.Join(err, ctx.Err()) }()
	info, err := m.cli.ContainerInspect(ctx, id)
	if err != nil {
		return false, err
	}
	return info.State.Running, nil
}

// The variable of func type that docker's errdefs has since v28.
func (m *manager) GatedByVariable(ctx context.Context, id string) (bool, error) {
	info, err := m.cli.ContainerInspect(ctx, id)
	if dockererrdefs.IsNotFound(err) {
		return false, nil
	}
	if err != nil {
		return true, err
	}
	return info.State.Running, nil
}

func (m *manager) GatedByClient(ctx context.Context, id string) bool {
	_, err := m.cli.ContainerInspect(ctx, id)
	return !client.IsErrNotFound(err)
}

func (m *manager) GatedByIs(ctx context.Context, id string) bool {
	_, err := m.cli.ContainerInspect(ctx, id)
	return !errors.Is(err, errdefs.ErrNotFound)
}

func (m *manager) GatedByInterface(ctx context.Context, id string) bool {
	_, err := m.cli.ContainerInspect(ctx, id)
	var absent interface{ NotFound() }
	return !errors.As(err, &absent)
}

func (m *manager) GatedByText(ctx context.Context, id string) bool {
	_, err := m.cli.ContainerInspect(ctx, id)
	if err != nil && strings.Contains(strings.ToLower(err.Error()), "no such container") {
		return false
	}
	return true
}

func isContainerNotFound(err error) bool {
	return err != nil && strings.Contains(err.Error(), "No such container")
}

func (m *manager) GatedByHand(ctx context.Context, id string) (bool, error) {
	_, err := m.cli.ContainerInspect(ctx, id)
	if isContainerNotFound(err) {
		return false, nil
	}
	return true, err
}

func (m *manager) FailSafe(ctx context.Context, id string) bool {
	info, err := m.cli.ContainerInspect(ctx, id)
	if err != nil {
		return true
	}
	return info.State.Running
}

func (m *manager) Stored(ctx context.Context, id string) bool {
	_, err := m.cli.ContainerInspect(ctx, id)
	m.lastErr = err
	return err == nil
}

func (m *manager) Sent(ctx context.Context, id string) bool {
	_, err := m.cli.ContainerInspect(ctx, id)
	if err != nil {
		m.errs <- err
		return false
	}
	return true
}

func (m *manager) HandedOn(ctx context.Context, id string, notify func(error)) bool {
	_, err := m.cli.ContainerInspect(ctx, id)
	if err != nil {
		notify(err)
		return false
	}
	return true
}

func (m *manager) Explained(ctx context.Context, id string) (bool, string) {
	_, err := m.cli.ContainerInspect(ctx, id)
	if err != nil {
		return false, "inspect failed: " + err.Error()
	}
	return true, ""
}

func (m *manager) Fatal(ctx context.Context, id string) bool {
	info, err := m.cli.ContainerInspect(ctx, id)
	if err != nil {
		log.Fatalf("inspect: %v", err)
	}
	if info.State == nil {
		os.Exit(1)
	}
	return info.State.Running
}

func (m *manager) Panics(ctx context.Context, id string) bool {
	info, err := m.cli.ContainerInspect(ctx, id)
	if err != nil {
		panic(err)
	}
	return info.State.Running
}

// The question is whether the daemon answers.
func (m *manager) DaemonUp(ctx context.Context) bool {
	_, err := m.cli.Ping(ctx)
	return err == nil
}

func waitFor(ctx context.Context, cond func(context.Context) (bool, error)) error {
	for {
		if done, err := cond(ctx); done || err != nil {
			return err
		}
		time.Sleep(time.Second)
	}
}

// False is "ask again" here.
func (m *manager) Await(ctx context.Context, id string) error {
	return waitFor(ctx, func(ctx context.Context) (bool, error) {
		info, err := m.cli.ContainerInspect(ctx, id)
		if err != nil {
			return false, nil
		}
		return info.State.Running, nil
	})
}

func (m *manager) Retried(ctx context.Context, id string) (bool, error) {
	var err error
	for range 3 {
		var info container.InspectResponse
		if info, err = m.cli.ContainerInspect(ctx, id); err == nil {
			return info.State.Running, nil
		}
	}
	return false, err
}

// IsGone is named for absence: false is the safe answer.
func (m *manager) IsGone(ctx context.Context, id string) bool {
	_, err := m.cli.ContainerInspect(ctx, id)
	return errdefs.IsNotFound(err)
}

// The success of an action is no verdict about state.
func (m *manager) Started(ctx context.Context, id string) bool {
	err := m.cli.ContainerStart(ctx, id, container.StartOptions{})
	return err == nil
}

var errNotRunning = errors.New("not running")

func (m *manager) inspect(ctx context.Context, id string) error {
	_, err := m.cli.ContainerInspect(ctx, id)
	if errdefs.IsNotFound(err) {
		return errNotRunning
	}
	return err
}

// The sentinel stands for absence only.
func (m *manager) BySentinel(ctx context.Context, id string) (bool, error) {
	err := m.inspect(ctx, id)
	if errors.Is(err, errNotRunning) {
		return false, nil
	}
	return true, err
}

// Wherever the answer is the same, it is no verdict.
func (m *manager) Constant(ctx context.Context, id string) bool {
	if _, err := m.cli.ContainerInspect(ctx, id); err != nil {
		log.Print(err)
	}
	return false
}

func (m *manager) retry(fn func() error) error {
	var err error
	for range 3 {
		if err = fn(); err == nil {
			return nil
		}
	}
	return err
}

func (m *manager) ThroughHelper(ctx context.Context, id string) (bool, error) {
	var info container.InspectResponse
	err := m.retry(func() (err error) {
		info, err = m.cli.ContainerInspect(ctx, id)
		return err
	})
	if err != nil {
		return true, err
	}
	return info.State.Running, nil
}

// Nothing can be absent from a list that nobody reads: it asks if the daemon
// answers.
func (m *manager) Reachable(ctx context.Context) bool {
	_, err := m.cli.ContainerList(ctx, container.ListOptions{Limit: 1})
	return err == nil
}

// False is "stop" to Range.
func (m *manager) Ranged(ctx context.Context, ids *sync.Map) (names []string) {
	ids.Range(func(id, _ any) bool {
		info, err := m.cli.ContainerInspect(ctx, id.(string))
		if err != nil {
			return false
		}
		names = append(names, info.Name)
		return true
	})
	return names
}

// Another result says that it failed.
func FoundOrFailed(ctx context.Context, cli *client.Client, id string) (found, failed bool) {
	_, err := cli.ContainerInspect(ctx, id)
	if err != nil {
		return false, !client.IsErrNotFound(err)
	}
	return true, false
}

// No networks is what it looks for, and a fault is not taken for it.
func OnlyDefaults(ctx context.Context, cli *client.Client) bool {
	list, err := cli.NetworkList(ctx, network.ListOptions{})
	if err != nil || len(list) > 0 {
		return false
	}
	return true
}

var errNoImage = errors.New("no image")

func (m *manager) image(ctx context.Context, id string) error {
	_, err := m.cli.ImageInspect(ctx, id)
	if errdefs.IsNotFound(err) {
		return errNoImage
	}
	return err
}

// A fault is answered as an image that is there: nothing is pulled.
func (m *manager) ShouldPull(ctx context.Context, id string) bool {
	return errors.Is(m.image(ctx, id), errNoImage)
}

var errDaemon = errors.New("daemon does not answer")

// A fault is made an error that says so, and absence another.
func (m *manager) state(ctx context.Context, id string) (string, error) {
	info, err := m.cli.ContainerInspect(ctx, id)
	switch {
	case errdefs.IsNotFound(err):
		return "", fmt.Errorf("%s: %w", id, errNoImage)
	case err != nil:
		return "", errDaemon
	}
	return info.State.Status, nil
}

func (m *manager) BySentinels(ctx context.Context, id string) (bool, error) {
	status, err := m.state(ctx, id)
	if errors.Is(err, errNoImage) {
		return false, nil
	}
	if err == errDaemon {
		return true, err
	}
	return status == "running", nil
}

// A fault is made an error that is no sentinel.
func (m *manager) named(ctx context.Context, id string) (string, error) {
	info, err := m.cli.ContainerInspect(ctx, id)
	if err != nil {
		return "", fmt.Errorf("container %s: no state", id)
	}
	if info.State.Paused {
		return "", errPaused
	}
	return info.Name, nil
}

var errPaused = errors.New("paused")

// Only what is paused is left out.
func (m *manager) Wanted(ctx context.Context, id string) bool {
	name, err := m.named(ctx, id)
	if errors.Is(err, errPaused) {
		log.Print(id)
		return false
	}
	return err != nil || name != ""
}

// Nothing is known to have failed: what is configured counts.
func (m *manager) Labelled(ctx context.Context, id string, configured string) (string, error) {
	if info, err := m.cli.ContainerInspect(ctx, id); err == nil {
		return info.Config.Labels["mode"], nil
	}
	if configured != "" {
		return configured, nil
	}
	return "", errPaused
}

func (m *manager) Uses(ctx context.Context, id string) {
	if mode, _ := m.Labelled(ctx, id, "batch"); mode == "interactive" {
		m.cli.ContainerStart(ctx, id, container.StartOptions{})
	}
}

// A Kind says what sort of error one is.
type Kind int

const (
	KindUnexpected Kind = 500
	KindNotFound   Kind = 404
)

type kindError struct {
	kind Kind
	text string
}

func (e kindError) Error() string { return e.text }

// E makes an error of what it is handed.
func E(op string, args ...any) error {
	e := kindError{text: op}
	for _, arg := range args {
		switch arg := arg.(type) {
		case Kind:
			e.kind = arg
		case error:
			e.text += ": " + arg.Error()
		}
	}
	return e
}

func (m *manager) KindOf(ctx context.Context, id string) error {
	_, err := m.cli.ContainerInspect(ctx, id)
	if client.IsErrNotFound(err) {
		return E("inspect", KindNotFound, err)
	}
	if err != nil {
		return E("inspect", KindUnexpected, err)
	}
	return nil
}

var errBadName = errors.New("bad name")

// A bad name is nobody's, and no fault that passes is one.
func (m *manager) Named(ctx context.Context, name string) (bool, error) {
	_, err := m.cli.ContainerInspect(ctx, name)
	if errors.Is(err, errBadName) || client.IsErrNotFound(err) {
		return false, nil
	}
	return err == nil, err
}

// The whole text of one error is that error.
func (m *manager) Enabled(ctx context.Context, name string) (bool, error) {
	_, err := m.cli.ContainerInspect(ctx, name)
	if err != nil && err.Error() == "this engine has no containers" {
		return false, nil
	}
	return err == nil, err
}

func (m *manager) beats(ctx context.Context, id string) bool {
	_, err := m.cli.ContainerInspect(ctx, id)
	return err == nil
}

// It asks again after a pause, whatever it is told.
func (m *manager) Watch(ctx context.Context, id string) {
	for {
		time.Sleep(time.Second)
		if !m.beats(ctx, id) {
			log.Print("no answer")
		}
	}
}

func (m *manager) leftover(ctx context.Context, id string) bool {
	_, err := m.cli.ContainerInspect(ctx, id)
	return err == nil
}

// What is found is removed, and a fault leaves it alone.
func (m *manager) Tidy(ctx context.Context, ids []string) error {
	for _, id := range ids {
		if m.leftover(ctx, id) {
			if err := m.cli.ContainerRemove(ctx, id, container.RemoveOptions{}); err != nil {
				return err
			}
		}
	}
	return nil
}
