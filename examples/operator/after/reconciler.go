// Package after is the controller of package before, made right: what could not be asked is
// an error, and the volume stays. errswallow has nothing to say of it.
package after

import (
	"context"
	"time"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
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
	exists, err := r.podExists(ctx, client.ObjectKey{Namespace: claim.Namespace, Name: claim.Labels[UsedBy]})
	if err != nil {
		return reconcile.Result{}, err // asked again, later and later
	}
	if exists {
		return reconcile.Result{RequeueAfter: time.Minute}, nil
	}
	return reconcile.Result{}, client.IgnoreNotFound(r.Delete(ctx, &claim))
}

// podExists reports whether a pod is there. The error says that nobody knows: it is true then.
func (r *Reconciler) podExists(ctx context.Context, key client.ObjectKey) (bool, error) {
	var pod corev1.Pod
	err := r.Get(ctx, key, &pod)
	if apierrors.IsNotFound(err) {
		return false, nil
	}
	return true, err
}
