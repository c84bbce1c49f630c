// Package silent has the idioms of operators that are right.
package silent

import (
	"context"
	"errors"
	"fmt"
	"log"
	"strings"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/client-go/kubernetes"
	listers "k8s.io/client-go/listers/core/v1"
	"k8s.io/client-go/util/retry"
	"k8s.io/client-go/util/workqueue"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/controller/controllerutil"
	"sigs.k8s.io/controller-runtime/pkg/reconcile"
)

type reconciler struct{ client.Client }

func (r *reconciler) Reconcile(ctx context.Context, req reconcile.Request) (reconcile.Result, error) {
	var pod corev1.Pod
	if err := r.Get(ctx, req.NamespacedName, &pod); err != nil {
		return reconcile.Result{}, client.IgnoreNotFound(err)
	}
	return reconcile.Result{}, nil
}

// The gate is the negation.
func (r *reconciler) Remove(ctx context.Context, key client.ObjectKey) error {
	var pod corev1.Pod
	if err := r.Get(ctx, key, &pod); client.IgnoreNotFound(err) != nil {
		return err
	} else if err == nil {
		return r.Delete(ctx, &pod)
	}
	return nil
}

// err == nil first, the gate second.
func (r *reconciler) Ensure(ctx context.Context, key client.ObjectKey) error {
	var pod corev1.Pod
	err := r.Get(ctx, key, &pod)
	if err == nil {
		return nil
	}
	if !apierrors.IsNotFound(err) {
		return err
	}
	return r.Create(ctx, &pod)
}

// Still there, or nobody knows.
func (r *reconciler) Locked(ctx context.Context, key client.ObjectKey) (bool, error) {
	var cm corev1.ConfigMap
	err := r.Get(ctx, key, &cm)
	if err == nil || !apierrors.IsNotFound(err) {
		return true, err
	}
	return false, nil
}

// An event that is dropped comes again.
func (r *reconciler) Requests(ctx context.Context, obj client.Object) []reconcile.Request {
	var pods corev1.PodList
	if err := r.List(ctx, &pods); err != nil {
		log.Print(err)
		return nil
	}
	var out []reconcile.Request
	for _, p := range pods.Items {
		out = append(out, reconcile.Request{NamespacedName: client.ObjectKeyFromObject(&p)})
	}
	return out
}

// The condition is asked again.
func (r *reconciler) Wait(ctx context.Context, key client.ObjectKey) error {
	return wait.PollUntilContextTimeout(ctx, time.Second, time.Minute, true, func(ctx context.Context) (bool, error) {
		var pod corev1.Pod
		if err := r.Get(ctx, key, &pod); err != nil {
			return false, nil
		}
		return pod.Status.Phase == corev1.PodRunning, nil
	})
}

func (r *reconciler) Update(ctx context.Context, key client.ObjectKey) error {
	return retry.RetryOnConflict(retry.DefaultRetry, func() error {
		var pod corev1.Pod
		if err := r.Get(ctx, key, &pod); err != nil {
			return err
		}
		return r.Client.Update(ctx, &pod)
	})
}

// Not ready, and asked again.
func (r *reconciler) IsReady(ctx context.Context, key client.ObjectKey) bool {
	var pod corev1.Pod
	if err := r.Get(ctx, key, &pod); err != nil {
		return false
	}
	return pod.Status.Phase == corev1.PodRunning
}

// A lister answers from memory, and fails for absence alone.
func Orphan(l listers.PodNamespaceLister, name string) bool {
	_, err := l.Get(name)
	return err != nil
}

// The error is asserted to its type before it is asked.
func Exists(ctx context.Context, cs kubernetes.Interface, name string) (bool, error) {
	_, err := cs.CoreV1().Pods("x").Get(ctx, name, metav1.GetOptions{})
	if err != nil {
		if status, ok := err.(*apierrors.StatusError); ok && apierrors.IsNotFound(status) {
			return false, nil
		}
		log.Print(err)
	}
	return true, err
}

// It returns before it destroys.
func (r *reconciler) Sweep(ctx context.Context) {
	var nodes corev1.NodeList
	if err := r.List(ctx, &nodes); err != nil {
		log.Print(err)
		return
	}
	if len(nodes.Items) == 0 {
		_ = r.Delete(ctx, &corev1.Service{})
	}
}

// The caller refuses.
func Admit(ctx context.Context, c client.Client, key client.ObjectKey) error {
	if !limited(ctx, c, key) {
		return errNoLimit
	}
	return nil
}

func limited(ctx context.Context, c client.Client, key client.ObjectKey) bool {
	var limits corev1.LimitRange
	if err := c.Get(ctx, key, &limits); err != nil {
		log.Print(err)
		return false
	}
	return len(limits.Spec.Limits) > 0
}

var errNoLimit = apierrors.NewBadRequest("no limit")

// What is handed a queue is called for an event.
func (r *reconciler) enqueue(ctx context.Context, obj client.Object, q workqueue.TypedRateLimitingInterface[reconcile.Request]) {
	if ds := r.owner(ctx, obj); ds != nil {
		q.Add(reconcile.Request{NamespacedName: client.ObjectKeyFromObject(ds)})
	}
}

func (r *reconciler) owner(ctx context.Context, obj client.Object) *corev1.Pod {
	pod := &corev1.Pod{}
	if err := r.Get(ctx, client.ObjectKeyFromObject(obj), pod); err != nil {
		return nil
	}
	return pod
}

// What could not be read is told, and the finalizer stays.
func FinalizeOrTell(ctx context.Context, c client.Client, owner client.Object, key client.ObjectKey) error {
	var config corev1.ConfigMap
	err := c.Get(ctx, key, &config)
	if client.IgnoreNotFound(err) != nil {
		return err
	}
	if err == nil {
		delete(config.Data, owner.GetName())
		if err := c.Update(ctx, &config); err != nil {
			return err
		}
	}
	controllerutil.RemoveFinalizer(owner, "example.com/config")
	return c.Update(ctx, owner)
}

// Nothing is done for what was read: it is only shown.
func FinalizeShown(ctx context.Context, c client.Client, owner client.Object, key client.ObjectKey) error {
	var config corev1.ConfigMap
	if err := c.Get(ctx, key, &config); err == nil {
		log.Printf("%s was in %v", owner.GetName(), config.Data)
	}
	controllerutil.RemoveFinalizer(owner, "example.com/config")
	return c.Update(ctx, owner)
}

// A text that no fault has a piece of is a gate, whatever is put into it.
func ByText(ctx context.Context, c client.Client, key client.ObjectKey) (*corev1.Pod, error) {
	var pod corev1.Pod
	if err := c.Get(ctx, key, &pod); err != nil {
		if strings.Contains(err.Error(), fmt.Sprintf(`%v "%v" not found`, "pods", key.Name)) {
			return nil, errGone
		}
		return nil, err
	}
	return &pod, nil
}

var errGone = errors.New("the pod is not found")

// A while is no verdict.
func Next(ctx context.Context, c client.Client) time.Duration {
	var pods corev1.PodList
	if err := c.List(ctx, &pods); err != nil {
		log.Print(err)
		return time.Second
	}
	if len(pods.Items) == 0 {
		return time.Hour
	}
	return time.Minute
}

type owner struct{ Nodes int32 }

func (o *owner) Default(ctx context.Context, c client.Client, key client.ObjectKey) error {
	var set appsv1.DaemonSet
	if err := c.Get(ctx, key, &set); err != nil {
		return client.IgnoreNotFound(err)
	}
	o.Nodes = set.Status.NumberReady
	return nil
}

// Who could not be asked is told of.
func Credentials(ctx context.Context, clientset kubernetes.Interface, names []string) ([]*corev1.Secret, error) {
	var found []*corev1.Secret
	for _, name := range names {
		secret, err := clientset.CoreV1().Secrets("default").Get(ctx, name, metav1.GetOptions{})
		if apierrors.IsNotFound(err) {
			log.Print(err)
			continue
		}
		if err != nil {
			return nil, err
		}
		found = append(found, secret)
	}
	return found, nil
}

// A pod that is ready is asked for again.
func PodReady(ctx context.Context, clientset kubernetes.Interface, name string) bool {
	pod, err := clientset.CoreV1().Pods("default").Get(ctx, name, metav1.GetOptions{})
	if err != nil {
		return false
	}
	return pod.Status.Phase == corev1.PodRunning
}
