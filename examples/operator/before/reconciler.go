// Package before is a controller that takes a pod it could not ask for as gone, and deletes
// the volume that the pod writes to. errswallow reports it.
package before

import (
	"context"
	"time"

	corev1 "k8s.io/api/core/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/reconcile"
)

// UsedBy is the label of a claim that names the pod which uses it.
const UsedBy = "example.com/used-by"

// A Reconciler deletes the claims of scratch volumes whose pods are gone.
type Reconciler struct{ client.Client }

// Reconcile looks at one claim.
func (r *Reconciler) Reconcile(ctx context.Context, req reconcile.Request) (reconcile.Result, error) {
	var claim corev1.PersistentVolumeClaim
	if err := r.Get(ctx, req.NamespacedName, &claim); err != nil {
		return reconcile.Result{}, client.IgnoreNotFound(err)
	}
	if r.podExists(ctx, client.ObjectKey{Namespace: claim.Namespace, Name: claim.Labels[UsedBy]}) {
		return reconcile.Result{RequeueAfter: time.Minute}, nil
	}
	return reconcile.Result{}, r.Delete(ctx, &claim)
}

// podExists reports whether a pod is there; whatever goes wrong, it is not.
func (r *Reconciler) podExists(ctx context.Context, key client.ObjectKey) bool {
	var pod corev1.Pod
	if err := r.Get(ctx, key, &pod); err != nil {
		return false
	}
	return true
}
