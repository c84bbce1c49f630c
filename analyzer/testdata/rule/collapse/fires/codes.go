package fires

import (
	"context"
	"errors"
	"fmt"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"
	pkgerrors "github.com/pkg/errors"
)

// The codes of codeError, as remote callers know them.
const (
	DatabaseFailed    = 10001
	ContainerNotExist = 20002
)

// A codeError is known by its number.
type codeError struct{ code int }

func (e *codeError) Error() string { return fmt.Sprintf("code %d", e.code) }

func newErrCode(code int) *codeError { return &codeError{code: code} }

// The constant says what the number means.
func Numbered(ctx context.Context, cli *client.Client, id string) (container.InspectResponse, error) {
	info, err := cli.ContainerInspect(ctx, id)
	if err != nil {
		return info, newErrCode(ContainerNotExist) // want `Numbered: answers \(container\.InspectResponse{}, "not found"\), as for a container that does not exist, when ContainerInspect times out \(collapse\)`
	}
	return info, nil
}

// A storeError is known by its code, which is one of those above, and one that says nothing counts, too.
type storeError struct{ Code int }

func (e storeError) Error() string { return fmt.Sprintf("code %d", e.Code) }

func Known(ctx context.Context, cli *client.Client, id string) (bool, error) {
	_, err := cli.ContainerInspect(ctx, id)
	if e, ok := err.(storeError); ok && e.Code == ContainerNotExist || err != nil {
		return false, nil // want `Known: answers \(false, nil\), as for a container that does not exist, when ContainerInspect times out \(collapse\)`
	}
	return true, nil
}

// The text around an error that was made here says it.
func Wrapped(ctx context.Context, cli *client.Client, id string) (container.InspectResponse, error) {
	info, err := cli.ContainerInspect(ctx, id)
	if err != nil {
		return info, fmt.Errorf("container %s does not exist: %w", id, errors.New("ask again")) // want `Wrapped: answers \(container\.InspectResponse{}, "container %s does not exist: %w"\), .* \(collapse\)`
	}
	return info, nil
}

// newContainerNotFoundError says by its name what it makes.
func newContainerNotFoundError(id string) error { return &codeError{code: len(id)} }

func Made(ctx context.Context, cli *client.Client, id string) (container.InspectResponse, error) {
	info, err := cli.ContainerInspect(ctx, id)
	if err != nil {
		return info, newContainerNotFoundError(id) // want `Made: answers \(container\.InspectResponse{}, "not found"\), .* \(collapse\)`
	}
	return info, nil
}

// A Condition says how something is.
type Condition struct{ Reason, Message string }

func newCondition(reason, message string) *Condition {
	return &Condition{Reason: reason, Message: message}
}

// An object that is made with a word of absence says so.
func Checked(ctx context.Context, cli *client.Client, id string) *Condition {
	info, err := cli.ContainerInspect(ctx, id)
	if err != nil {
		return newCondition("ContainerNotFound", id) // want `Checked: answers .*, as for a container that does not exist, when ContainerInspect times out \(collapse\)`
	}
	if !info.State.Running {
		return newCondition("ContainerStopped", id)
	}
	return nil
}

// ErrContainerNotFound says so by its name.
var ErrContainerNotFound = errors.New("0055")

func businessError(err error, id string) error {
	texts := map[error]string{ErrContainerNotFound: "there is none: "}
	return errors.New(texts[err] + id)
}

// The error is made of one that is named for absence.
func Remade(ctx context.Context, cli *client.Client, id string) (container.InspectResponse, error) {
	info, err := cli.ContainerInspect(ctx, id)
	if err != nil {
		return info, businessError(ErrContainerNotFound, id) // want `Remade: answers \(container\.InspectResponse{}, "not found"\), .* \(collapse\)`
	}
	return info, nil
}

// decoded says of every error that the container is gone.
func decoded(ctx context.Context, cli *client.Client, id string) (*container.InspectResponse, error) {
	info, err := cli.ContainerInspect(ctx, id)
	if err != nil {
		return nil, pkgerrors.Wrapf(ErrContainerNotFound, "container %s", id) // want `decoded: answers \(nil, ErrContainerNotFound\), .* \(collapse\)`
	}
	return &info, nil
}

// What wraps the sentinel is still known to be that.
func Recovered(ctx context.Context, cli *client.Client, id string) (string, error) {
	info, err := decoded(ctx, cli, id)
	if errors.Is(err, ErrContainerNotFound) {
		return "recovered", nil
	}
	if err != nil {
		return "", err
	}
	return info.State.Status, nil
}
