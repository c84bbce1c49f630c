package fires

import (
	"context"
	"log"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/reconcile"
)

type scaler struct{ client.Client }

// Nobody comes back to it.
func (s *scaler) Reconcile(ctx context.Context, req reconcile.Request) (reconcile.Result, error) {
	var set appsv1.DaemonSet
	if err := s.Get(ctx, req.NamespacedName, &set); err != nil {
		log.Print(err)
		return reconcile.Result{}, nil // want `Reconcile: answers \(reconcile.Result\{\}, nil\) and does nothing, as for a DaemonSet that does not exist, when client.Get of a DaemonSet times out \(empty\)`
	}
	set.Labels["seen"] = "true"
	return reconcile.Result{}, s.Update(ctx, &set)
}

// Who could not be asked is left out, and who is told of the others does not hear of it.
func Keys(ctx context.Context, clientset kubernetes.Interface, names []string) []*corev1.Secret {
	var found []*corev1.Secret
	for _, name := range names {
		secret, err := clientset.CoreV1().Secrets("default").Get(ctx, name, metav1.GetOptions{})
		if err != nil {
			log.Print(err)
			continue
		}
		found = append(found, secret)
	}
	return found // want `Keys: answers nil, as for a Secret that does not exist, when Get of a Secret times out \(collapse\)`
}
