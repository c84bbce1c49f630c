// Package generic asks for any type, behind an interface that is generic, too.
package generic

import (
	"context"

	"github.com/docker/docker/client"
)

// A Query answers a T.
type Query[T any] interface {
	One(ctx context.Context, id string) (*T, error)
}

type query[T any] struct {
	cli  *client.Client
	make func(id string) *T
}

func (q *query[T]) One(ctx context.Context, id string) (*T, error) {
	info, err := q.cli.ContainerInspect(ctx, id)
	if err != nil {
		return nil, err
	}
	return q.make(info.ID), nil
}

func New[T any](cli *client.Client, make func(id string) *T) Query[T] {
	return &query[T]{cli: cli, make: make}
}
