package fires

import (
	"context"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"
)

type service struct{ store store }

type store struct{ cli *client.Client }

// Every layer says by its name that it makes something.
func (s store) CreateContainer(ctx context.Context, name string) error {
	_, err := s.cli.ContainerCreate(ctx, &container.Config{}, nil, nil, nil, name)
	return err
}

func (s service) createServer(ctx context.Context, name string) error {
	return s.store.CreateContainer(ctx, name+"-server")
}

func (s service) Admit(ctx context.Context, id string) error {
	if _, err := s.store.cli.ContainerInspect(ctx, id); err == nil {
		return nil
	}
	return s.createServer(ctx, id) // want `Admit: calls ContainerCreate, by createServer, as for a container that does not exist, when ContainerInspect times out \(destroy\)`
}
