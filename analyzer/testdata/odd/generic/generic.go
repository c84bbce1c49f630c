// Package generic is generic all over, and recursive.
package generic

import (
	"context"
	"iter"

	"github.com/docker/docker/client"
)

type asker[T any] interface {
	Ask(ctx context.Context, id string) (T, error)
}

func Each[K comparable, V any, A asker[V]](ctx context.Context, a A, ids map[K]string) iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		for k, id := range ids {
			if v, err := a.Ask(ctx, id); err == nil && !yield(k, v) {
				return
			}
		}
	}
}

type Tree[T any] struct {
	Left, Right *Tree[T]
	Value       T
}

func (t *Tree[T]) Walk(ctx context.Context, cli client.APIClient, visit func(T) error) error {
	if t == nil {
		return nil
	}
	if _, err := cli.ContainerInspect(ctx, "x"); err != nil {
		return err
	}
	if err := t.Left.Walk(ctx, cli, visit); err != nil {
		return err
	}
	if err := visit(t.Value); err != nil {
		return err
	}
	return t.Right.Walk(ctx, cli, visit)
}

func Even(ctx context.Context, cli client.APIClient, n int) (bool, error) {
	if n == 0 {
		_, err := cli.ContainerInspect(ctx, "x")
		return true, err
	}
	return Odd(ctx, cli, n-1)
}

func Odd(ctx context.Context, cli client.APIClient, n int) (bool, error) {
	if n == 0 {
		_, err := cli.ContainerInspect(ctx, "x")
		return true, err
	}
	return Even(ctx, cli, n-1)
}

type alias = client.Client

func Aliased(ctx context.Context, cli *alias, id string) error {
	_, err := cli.ContainerInspect(ctx, id)
	return err
}
