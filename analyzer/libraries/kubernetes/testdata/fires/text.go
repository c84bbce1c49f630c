package fires

import (
	"context"
	"strings"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// What discovery fails by begins so whatever it failed by.
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

func missing(err error) bool {
	return apierrors.IsNotFound(err) || strings.Contains(err.Error(), "failed to get API group resources") // want `missing: answers true, as for absence, to the fault "failed to get API group resources: .*: context deadline exceeded" \(overbroad\)`
}

func IsMapped(mapper meta.RESTMapper, kind schema.GroupKind) (bool, error) {
	if _, err := mapper.RESTMapping(kind); err != nil {
		return false, nil // want `IsMapped: answers \(false, nil\), as for a resource that does not exist, when RESTMapping times out \(collapse\)`
	}
	return true, nil
}
