// Package silent observes, and says so when it could not.
package silent

import (
	"context"
	"net/http"

	"github.com/crossplane/crossplane-runtime/v2/pkg/errors"
	"github.com/crossplane/crossplane-runtime/v2/pkg/reconciler/managed"
	"github.com/crossplane/crossplane-runtime/v2/pkg/resource"
)

type service interface {
	DescribeDatabase(ctx context.Context, name string) (*struct{ Size int }, error)
}

type apiError struct{ StatusCode int }

func (apiError) Error() string { return "refused" }

func isGone(err error) bool {
	var e apiError
	return errors.As(err, &e) && e.StatusCode == http.StatusNotFound
}

type external struct{ service service }

func (e *external) Observe(ctx context.Context, mg resource.Managed) (managed.ExternalObservation, error) {
	db, err := e.service.DescribeDatabase(ctx, mg.GetName())
	if isGone(err) {
		return managed.ExternalObservation{}, nil
	}
	if err != nil {
		return managed.ExternalObservation{}, errors.Wrap(err, "cannot describe the database")
	}
	return managed.ExternalObservation{ResourceExists: true, ResourceUpToDate: db.Size > 0}, nil
}

type ignoring struct{ service service }

func (e *ignoring) Observe(ctx context.Context, mg resource.Managed) (managed.ExternalObservation, error) {
	if _, err := e.service.DescribeDatabase(ctx, mg.GetName()); err != nil {
		return managed.ExternalObservation{}, errors.Wrap(resource.Ignore(isGone, err), "cannot describe the database")
	}
	return managed.ExternalObservation{ResourceExists: true}, nil
}
