package silent

import (
	"context"

	corev1 "k8s.io/api/core/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/event"
	"sigs.k8s.io/controller-runtime/pkg/predicate"
)

// A predicate that cannot ask drops an event: another comes.
func Labelled(c client.Client) predicate.Funcs {
	return predicate.Funcs{CreateFunc: func(e event.CreateEvent) bool {
		var cm corev1.ConfigMap
		if err := c.Get(context.Background(), client.ObjectKeyFromObject(e.Object), &cm); err != nil {
			return false
		}
		return cm.Data["watched"] == "true"
	}}
}
