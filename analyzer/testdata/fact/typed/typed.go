// Package typed knows package generic by its interface.
package typed

import (
	"context"

	"testdata/fact/generic"
)

type job struct{ name string }

func Exists(ctx context.Context, jobs generic.Query[job], id string) bool {
	_, err := jobs.One(ctx, id)
	return err == nil // want `Exists: answers false, as for a container that does not exist, when One \(ContainerInspect\) times out \(collapse\)`
}

func Told(ctx context.Context, jobs generic.Query[job], id string) (bool, error) {
	_, err := jobs.One(ctx, id)
	return err == nil, err
}
