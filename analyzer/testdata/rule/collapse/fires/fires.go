// Package fires has the shapes of collapse.
package fires

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net"
	"os"
	"strings"
	"time"

	"github.com/cenkalti/backoff/v4"
	"github.com/containerd/errdefs"
	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"
)

type manager struct{ cli *client.Client }

func (m *manager) IsRunning(ctx context.Context, id string) (bool, error) {
	info, err := m.cli.ContainerInspect(ctx, id)
	if err != nil {
		return false, nil // want `^IsRunning: answers \(false, nil\), as for a container that does not exist, when ContainerInspect times out \(collapse\)$`
	}
	return info.State.Running, nil
}

func (m *manager) Logged(ctx context.Context, id string) bool {
	info, err := m.cli.ContainerInspect(ctx, id)
	if err != nil {
		log.Printf("inspect %s: %v", id, err)
		return false // want `Logged: answers false, .* \(collapse\)`
	}
	return info.State.Running
}

func (m *manager) Exists(ctx context.Context, id string) bool {
	_, err := m.cli.ContainerInspect(ctx, id)
	return err == nil // want `Exists: answers false, .* \(collapse\)`
}

func (m *manager) NamedResult(ctx context.Context, id string) (running bool, err error) {
	info, inspectErr := m.cli.ContainerInspect(ctx, id)
	if inspectErr == nil {
		running = info.State.Running
	}
	return // want `NamedResult: answers \(false, nil\), .* \(collapse\)`
}

func (m *manager) Deferred(ctx context.Context, id string) (running bool, err error) {
	defer func() {
		if err != nil {
			log.Print(err)
			err = nil
		}
	}()
	info, err := m.cli.ContainerInspect(ctx, id)
	if err != nil {
		return false, err // want `Deferred: answers \(false, nil\), .* \(collapse\)`
	}
	return info.State.Running, nil
}

func (m *manager) CommaOK(ctx context.Context, id string) (container.InspectResponse, bool) {
	info, err := m.cli.ContainerInspect(ctx, id)
	if err != nil {
		return info, false // want `CommaOK: answers \(container.InspectResponse{}, false\), .* \(collapse\)`
	}
	return info, true
}

func (m *manager) IsGone(ctx context.Context, id string) bool {
	info, err := m.cli.ContainerInspect(ctx, id)
	if err != nil {
		return true // want `IsGone: answers true, .* \(collapse\)`
	}
	return info.State.Dead
}

// Polarity is not a matter of names: what is there gets false.
func (m *manager) MustPull(ctx context.Context, ref string) bool {
	_, err := m.cli.ImageInspect(ctx, ref)
	return err != nil // want `MustPull: answers true, as for an image that does not exist, when ImageInspect times out \(collapse\)`
}

func (m *manager) NonEmpty(ctx context.Context, name string) bool {
	list, err := m.cli.ContainerList(ctx, container.ListOptions{})
	return err == nil && len(list) > 0 // want `NonEmpty: answers false, .* \(collapse\)`
}

func (m *manager) AnyAlive(ctx context.Context, ids []string) bool {
	alive := false
	for _, id := range ids {
		info, err := m.cli.ContainerInspect(ctx, id)
		if err != nil {
			continue
		}
		if info.State.Running {
			alive = true
		}
	}
	return alive // want `AnyAlive: answers false, .* \(collapse\)`
}

// Both branches of a question about the fault itself are live.
func (m *manager) Impatient(ctx context.Context, id string) (bool, error) {
	info, err := m.cli.ContainerInspect(ctx, id)
	if errors.Is(err, context.DeadlineExceeded) {
		return false, nil // want `Impatient: answers \(false, nil\), .* \(collapse\)`
	}
	if err != nil {
		return true, err
	}
	return info.State.Running, nil
}

func (m *manager) AsNetError(ctx context.Context, id string) (bool, error) {
	info, err := m.cli.ContainerInspect(ctx, id)
	var netErr net.Error
	if errors.As(err, &netErr) {
		return false, nil // want `AsNetError: answers \(false, nil\), .* \(collapse\)`
	}
	if err != nil {
		return true, err
	}
	return info.State.Running, nil
}

// A gate alone is not enough: the fault falls through to the same answer.
func (m *manager) GateThenCollapse(ctx context.Context, id string) (bool, error) {
	info, err := m.cli.ContainerInspect(ctx, id)
	if errdefs.IsNotFound(err) {
		return false, nil
	}
	if err != nil {
		log.Print(err)
		return false, nil // want `GateThenCollapse: answers \(false, nil\), .* \(collapse\)`
	}
	return info.State.Running, nil
}

func (m *manager) ByText(ctx context.Context, id string) (bool, error) {
	_, err := m.cli.ContainerInspect(ctx, id)
	if err != nil {
		if strings.Contains(err.Error(), "i/o timeout") {
			return false, nil // want `ByText: answers \(false, nil\), .* when ContainerInspect fails with "read unix @->/var/run/docker.sock: i/o timeout" \(collapse\)`
		}
		return true, err
	}
	return true, nil
}

func (m *manager) inspect(ctx context.Context, id string) (*container.InspectResponse, error) {
	info, err := m.cli.ContainerInspect(ctx, id)
	if err != nil {
		return nil, err
	}
	return &info, nil
}

func (m *manager) ThroughHelper(ctx context.Context, id string) bool {
	_, err := m.inspect(ctx, id)
	return err == nil // want `ThroughHelper: answers false, as for a container that does not exist, when inspect \(ContainerInspect\) times out \(collapse\)`
}

func (m *manager) Literal(ctx context.Context, ids []string) []string {
	alive := func(id string) bool {
		_, err := m.cli.ContainerInspect(ctx, id)
		return err == nil // want `Literal: answers false, .* \(collapse\)`
	}
	var out []string
	for _, id := range ids {
		if alive(id) {
			out = append(out, id)
		}
	}
	return out
}

type inspector interface {
	ContainerInspect(ctx context.Context, id string) (container.InspectResponse, error)
}

func Narrowed(ctx context.Context, cli inspector, id string) bool {
	_, err := cli.ContainerInspect(ctx, id)
	return err == nil // want `Narrowed: answers false, .* \(collapse\)`
}

func ThroughAPIClient(ctx context.Context, cli client.APIClient, id string) bool {
	_, err := cli.ContainerInspect(ctx, id)
	return err == nil // want `ThroughAPIClient: answers false, .* \(collapse\)`
}

type embedding struct{ *client.Client }

func (e embedding) Embedded(ctx context.Context, id string) bool {
	_, err := e.ContainerInspect(ctx, id)
	return err == nil // want `Embedded: answers false, .* \(collapse\)`
}

func Generic[C inspector](ctx context.Context, cli C, id string) bool {
	_, err := cli.ContainerInspect(ctx, id)
	return err == nil // want `Generic: answers false, .* \(collapse\)`
}

func (m *manager) MethodValue(ctx context.Context, id string) bool {
	ask := m.cli.ContainerInspect
	_, err := ask(ctx, id)
	return err == nil // want `MethodValue: answers false, .* \(collapse\)`
}

func retry(fn func() error) error {
	var err error
	for range 3 {
		if err = fn(); err == nil {
			return nil
		}
	}
	return err
}

func (m *manager) Retried(ctx context.Context, id string) bool {
	err := retry(func() error {
		_, err := m.cli.ContainerInspect(ctx, id)
		return err
	})
	return err == nil // want `Retried: answers false, .* \(collapse\)`
}

func (m *manager) RetriedElsewhere(ctx context.Context, id string) bool {
	err := backoff.Retry(func() error {
		_, err := m.cli.ContainerInspect(ctx, id)
		return err
	}, backoff.NewExponentialBackOff())
	return err == nil // want `RetriedElsewhere: answers false, .* \(collapse\)`
}

func (m *manager) Recursive(ctx context.Context, id string, tries int) (bool, error) {
	info, err := m.cli.ContainerInspect(ctx, id)
	if err != nil {
		if tries > 0 {
			return m.Recursive(ctx, id, tries-1)
		}
		return false, nil // want `Recursive: answers \(false, nil\), .* \(collapse\)`
	}
	return info.State.Running, nil
}

// The same as err == nil && len(list) > 0.
func (m *manager) ValueFirst(ctx context.Context) bool {
	list, err := m.cli.ContainerList(ctx, container.ListOptions{})
	if len(list) > 0 && err == nil {
		return true
	}
	return false // want `ValueFirst: answers false, .* \(collapse\)`
}

var errNotRunning = errors.New("not running")

// Every failure is the one that stands for absence.
func (m *manager) state(ctx context.Context, id string) (string, error) {
	info, err := m.cli.ContainerInspect(ctx, id)
	if err != nil {
		return "", fmt.Errorf("%s: %w", id, errNotRunning)
	}
	return info.State.Status, nil
}

func (m *manager) BySentinel(ctx context.Context, id string) (bool, error) {
	status, err := m.state(ctx, id)
	if errors.Is(err, errNotRunning) {
		return false, nil // want `BySentinel: answers \(false, nil\), .* when state \(ContainerInspect\) times out \(collapse\)`
	}
	if err != nil {
		return true, err
	}
	return status == "running", nil
}

// What is strict is told of it, and nobody else.
func (m *manager) Lenient(ctx context.Context, id string, strict bool) (bool, error) {
	info, err := m.cli.ContainerInspect(ctx, id)
	if err != nil {
		if strict {
			return false, err
		}
		return false, nil // want `Lenient: answers \(false, nil\), .* \(collapse\)`
	}
	return info.State.Running, nil
}

// "stopped" before the error is looked at: the answer of an absent container, too.
func (m *manager) UsedFirst(ctx context.Context, id string) (string, error) {
	running, err := m.running(ctx, id)
	if !running {
		return "stopped", nil // want `UsedFirst: answers \("stopped", nil\), .* when running \(ContainerInspect\) times out \(collapse\)`
	}
	return "running", err
}

func (m *manager) running(ctx context.Context, id string) (bool, error) {
	info, err := m.cli.ContainerInspect(ctx, id)
	if err != nil {
		return false, err
	}
	return info.State.Running, nil
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

// Any fault is made one of absence, for a caller that asks for the kind.
func (m *manager) KindOf(ctx context.Context, id string) error {
	if _, err := m.cli.ContainerInspect(ctx, id); err != nil {
		return E("inspect", KindNotFound, err) // want `KindOf: answers "not found", as for a container that does not exist, when ContainerInspect times out \(collapse\)`
	}
	return nil
}

func (m *manager) beats(ctx context.Context, id string) bool {
	_, err := m.cli.ContainerInspect(ctx, id)
	return err == nil // want `beats: answers false, as for a container that does not exist, when ContainerInspect times out \(collapse\)`
}

// It asks again after a pause, but for the time when nobody answers: it ends then.
func (m *manager) Watch(ctx context.Context, id string) {
	for {
		time.Sleep(time.Second)
		if !m.beats(ctx, id) {
			os.Exit(1)
		}
	}
}
