package silent

import (
	"context"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/client-go/discovery"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/reconcile"
)

func HasRoutes(client discovery.DiscoveryInterface) (bool, error) {
	groups, err := client.ServerGroups()
	if err != nil {
		return false, err
	}
	for _, group := range groups.Groups {
		if group.Name == "route.openshift.io" {
			return true, nil
		}
	}
	return false, nil
}

// The reconciler is called again: that is noted where it is seen.
func (r *reconciler) Required(ctx context.Context, keys []client.ObjectKey, result *reconcile.Result) map[string]bool {
	required := map[string]bool{}
	for _, key := range keys {
		var claim corev1.PersistentVolumeClaim
		if err := r.Get(ctx, key, &claim); err != nil {
			result.Requeue = true
			return map[string]bool{}
		}
		required[claim.Name] = true
	}
	return required
}
