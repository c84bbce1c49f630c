package silent

import (
	"context"
	"errors"

	"github.com/containerd/errdefs"
	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"
)

// Who is left out is told.
func everywhere(ctx context.Context, hosts []*client.Client) (ids []string, err error) {
	for _, cli := range hosts {
		list, failed := cli.ContainerList(ctx, container.ListOptions{})
		err = errors.Join(err, failed)
		for _, c := range list {
			ids = append(ids, c.ID)
		}
	}
	return ids, err
}

var errNotFound = errors.New("not found")

func update(ctx context.Context, cli *client.Client, id string) error {
	_, err := cli.ContainerInspect(ctx, id)
	switch {
	case errdefs.IsNotFound(err):
		return errNotFound
	case err != nil:
		return err
	}
	return cli.ContainerStart(ctx, id, container.StartOptions{})
}

// refused is what a server answers beside its text.
type refused uint64

func (r refused) Error() string { return "refused" }

const noHost refused = 12

// A code that a server has answered is no time-out.
func onHost(ctx context.Context, cli *client.Client, id string) (bool, error) {
	_, err := cli.ContainerInspect(ctx, id)
	if err != nil && !errors.Is(err, noHost) {
		return false, err
	}
	return err == nil, nil
}
