// Package shapes has the instructions that are seldom seen.
package shapes

import (
	"context"
	"errors"
	"unsafe"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"
)

type pair struct {
	a [2]error
	m map[string][]error
}

func Shapes(ctx context.Context, cli *client.Client, ids []string) (p pair, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = errors.Join(err, errors.New("recovered"))
		}
	}()
	results := make(chan error, len(ids))
	for _, id := range ids {
		go func() {
			_, err := cli.ContainerInspect(ctx, id)
			results <- err
		}()
	}
	select {
	case err = <-results:
	case <-ctx.Done():
		err = ctx.Err()
	default:
	}
	p.m = map[string][]error{"x": {err}}
	p.a[len(ids)%2] = err
	copy(p.a[:], p.m["x"])
	inspect := cli.ContainerInspect
	info, err := inspect(ctx, "x")
	switch v := any(info).(type) {
	case container.InspectResponse:
		_ = *(*uintptr)(unsafe.Pointer(&v))
	}
	goto done
done:
	for i := range 3 {
		if i == len(ids) {
			break
		}
	}
	clear(p.m)
	return p, err
}
