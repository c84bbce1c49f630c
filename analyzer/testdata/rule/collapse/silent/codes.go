package silent

import (
	"context"
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
