package silent

import (
	"context"

	"github.com/containerd/errdefs"
	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"
)

type service struct{ cli *client.Client }

func (s service) CreateContainer(ctx context.Context, name string) error {
	_, err := s.cli.ContainerCreate(ctx, &container.Config{}, nil, nil, nil, name)
	return err
}

func (s service) createServer(ctx context.Context, name string) error {
	return s.CreateContainer(ctx, name+"-server")
}

func (s service) admitted(ctx context.Context, id string) error {
	_, err := s.cli.ContainerInspect(ctx, id)
	if errdefs.IsNotFound(err) {
		return s.createServer(ctx, id)
	}
	return err
}

// handle does what it does for other reasons, too: its name says none of them.
func (s service) handle(ctx context.Context, name string) error { return s.CreateContainer(ctx, name) }

func (s service) served(ctx context.Context, id string) error {
	if _, err := s.cli.ContainerInspect(ctx, id); err == nil {
		return nil
	}
	return s.handle(ctx, id)
}
