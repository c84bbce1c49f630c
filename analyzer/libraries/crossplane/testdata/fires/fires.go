// Package fires makes what it could not observe anew.
package fires

import (
	"context"
	"log"

	"github.com/crossplane/crossplane-runtime/v2/pkg/reconciler/managed"
	"github.com/crossplane/crossplane-runtime/v2/pkg/resource"
)

type service interface {
	DescribeDatabase(ctx context.Context, name string) (*struct{ Size int }, error)
}

type external struct{ service service }

func (e *external) Observe(ctx context.Context, mg resource.Managed) (managed.ExternalObservation, error) {
	db, err := e.service.DescribeDatabase(ctx, mg.GetName())
	if err != nil {
		log.Printf("no database: %v", err)
		return managed.ExternalObservation{}, nil // want `Observe: answers \(managed\.ExternalObservation\{\}, nil\), as for .* that does not exist, when fires\.DescribeDatabase times out \(empty\)`
	}
	return managed.ExternalObservation{ResourceExists: true, ResourceUpToDate: db.Size > 0}, nil
}

type lister interface {
	Databases() ([]string, error)
}

type byName struct{ client lister }

func (e *byName) Observe(ctx context.Context, mg resource.Managed) (managed.ExternalObservation, error) {
	names, err := e.client.Databases()
	if err != nil {
		return managed.ExternalObservation{ResourceExists: false}, nil // want `Observe: answers .* when Databases times out \(empty\)`
	}
	for _, name := range names {
		if name == mg.GetName() {
			return managed.ExternalObservation{ResourceExists: true}, nil
		}
	}
	return managed.ExternalObservation{}, nil
}
