package silent

import (
	"context"
	"strings"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

func HasBackups(ctx context.Context, c client.Client, backups client.ObjectList) (bool, error) {
	err := c.List(ctx, backups)
	if err != nil {
		if missing(err) {
			return false, nil
		}
		return false, err
	}
	return true, nil
}

// No fault of an API server says so, and no Docker daemon is asked.
func missing(err error) bool {
	return apierrors.IsNotFound(err) || strings.Contains(err.Error(), "no matches for kind") || strings.Contains(err.Error(), "page not found")
}

func IsMapped(mapper meta.RESTMapper, kind schema.GroupKind) (bool, error) {
	_, err := mapper.RESTMapping(kind)
	if meta.IsNoMatchError(err) {
		return false, nil
	}
	return err == nil, err
}

// IsRetriableOrNotFound says by its name that it asks for more than absence.
func IsRetriableOrNotFound(err error) bool { return apierrors.IsNotFound(err) || err != nil }
