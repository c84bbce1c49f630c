package silent

import (
	"context"
	"errors"
	"fmt"

	"github.com/containerd/errdefs"
	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"
)

// The codes of codeError, as remote callers know them.
const (
	DatabaseFailed    = 10001
	ContainerNotExist = 20002
	PortNotExist      = 30003
	PortTaken         = 30003
)

// A codeError is known by its number.
type codeError struct{ code int }

func (e *codeError) Error() string { return fmt.Sprintf("code %d", e.code) }

func newErrCode(code int) *codeError { return &codeError{code: code} }

// A fault has a code of its own.
func Numbered(ctx context.Context, cli *client.Client, id string) (container.InspectResponse, error) {
	info, err := cli.ContainerInspect(ctx, id)
	if errdefs.IsNotFound(err) {
		return info, newErrCode(ContainerNotExist)
	}
	if err != nil {
		return info, newErrCode(DatabaseFailed)
	}
	return info, nil
}

// A storeError is known by its code, which is one of those above.
type storeError struct{ Code int }

func (e storeError) Error() string { return fmt.Sprintf("code %d", e.Code) }

func Known(ctx context.Context, cli *client.Client, id string) (bool, error) {
	_, err := cli.ContainerInspect(ctx, id)
	if e, ok := err.(storeError); ok && e.Code == ContainerNotExist {
		return false, nil
	}
	return err == nil, err
}

// A number of two constants says neither.
func Shared(ctx context.Context, cli *client.Client, id string) (container.InspectResponse, error) {
	info, err := cli.ContainerInspect(ctx, id)
	if err != nil {
		return info, newErrCode(PortTaken)
	}
	return info, nil
}

// The cause is in it, whatever the text says.
func Wrapped(ctx context.Context, cli *client.Client, id string) (container.InspectResponse, error) {
	info, err := cli.ContainerInspect(ctx, id)
	if err != nil {
		return info, fmt.Errorf("container %s not found or not readable: %w", id, err)
	}
	return info, nil
}

// A Condition says how something is.
type Condition struct{ Reason, Message string }

func newCondition(reason, message string) *Condition {
	return &Condition{Reason: reason, Message: message}
}

func Checked(ctx context.Context, cli *client.Client, id string) *Condition {
	info, err := cli.ContainerInspect(ctx, id)
	switch {
	case errdefs.IsNotFound(err):
		return newCondition("ContainerNotFound", id)
	case err != nil:
		return newCondition("RuntimeSilent", err.Error())
	case !info.State.Running:
		return newCondition("ContainerStopped", id)
	}
	return nil
}

// ErrContainerNotFound says so by its name, and errRuntime says something else.
var (
	ErrContainerNotFound = errors.New("0055")
	errRuntime           = errors.New("0056")
)

func businessError(err error, id string) error {
	texts := map[error]string{ErrContainerNotFound: "there is none: "}
	return errors.New(texts[err] + id)
}

func Remade(ctx context.Context, cli *client.Client, id string) (container.InspectResponse, error) {
	info, err := cli.ContainerInspect(ctx, id)
	switch {
	case errdefs.IsNotFound(err):
		return info, businessError(ErrContainerNotFound, id)
	case err != nil:
		return info, businessError(errRuntime, id)
	}
	return info, nil
}

type missingError struct{}

func (*missingError) Error() string { return "missing" }

// No fault is an error that is made for the comparison.
func Compared(ctx context.Context, cli *client.Client) ([]container.Summary, error) {
	list, err := cli.ContainerList(ctx, container.ListOptions{})
	if err != nil {
		if errors.Is(err, &missingError{}) {
			return nil, nil
		}
		return nil, err
	}
	return list, nil
}
