package operator

import (
	"context"
	"testing"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/client/fake"
	"sigs.k8s.io/controller-runtime/pkg/client/interceptor"
	"sigs.k8s.io/controller-runtime/pkg/reconcile"

	"github.com/errswallow/errswallow/examples/operator/after"
	"github.com/errswallow/errswallow/examples/operator/before"
)

// TestReconcile has the pod there, gone, and not to be asked for: both controllers keep the
// claim of the first and delete that of the second, and one of them deletes the third.
func TestReconcile(t *testing.T) {
	meta := metav1.ObjectMeta{Namespace: "default", Name: "scratch", Labels: map[string]string{before.UsedBy: "pod"}}
	pod := &corev1.Pod{ObjectMeta: metav1.ObjectMeta{Namespace: "default", Name: "pod"}}
	controllers := map[string]func(client.Client) reconcile.Reconciler{
		"before": func(c client.Client) reconcile.Reconciler { return &before.Reconciler{Client: c} },
		"after":  func(c client.Client) reconcile.Reconciler { return &after.Reconciler{Client: c} },
	}
	for _, test := range []struct {
		name, controller string
		there, busy      bool // the pod, and the API server
		kept, fails      bool
	}{
		{"there", "before", true, false, true, false},
		{"there", "after", true, false, true, false},
		{"gone", "before", false, false, false, false},
		{"gone", "after", false, false, false, false},
		{"busy", "before", true, true, false, false}, // the bug
		{"busy", "after", true, true, true, true},
	} {
		t.Run(test.name+" "+test.controller, func(t *testing.T) {
			claim := &corev1.PersistentVolumeClaim{ObjectMeta: meta}
			builder := fake.NewClientBuilder().WithObjects(claim)
			if test.there {
				builder = builder.WithObjects(pod.DeepCopy())
			}
			api := builder.WithInterceptorFuncs(interceptor.Funcs{
				Get: func(ctx context.Context, c client.WithWatch, key client.ObjectKey, obj client.Object, opts ...client.GetOption) error {
					if _, asked := obj.(*corev1.Pod); asked && test.busy {
						return apierrors.NewTimeoutError("the server was unable to return a response in the time allotted", 1)
					}
					return c.Get(ctx, key, obj, opts...)
				},
			}).Build()
			_, err := controllers[test.controller](api).Reconcile(t.Context(), reconcile.Request{NamespacedName: client.ObjectKeyFromObject(claim)})
			if (err != nil) != test.fails {
				t.Errorf("error %v", err)
			}
			err = api.Get(t.Context(), client.ObjectKeyFromObject(claim), &corev1.PersistentVolumeClaim{})
			if kept := err == nil; kept != test.kept {
				t.Errorf("the claim is kept: %t, want %t: %v", kept, test.kept, err)
			}
		})
	}
}
