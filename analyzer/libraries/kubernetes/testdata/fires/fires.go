// Package fires takes an API server that does not answer for an object that is gone.
package fires

import (
	"context"
	"errors"
	"log"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/kubernetes"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/controller/controllerutil"
)

type reconciler struct{ client.Client }

func (r *reconciler) Exists(ctx context.Context, key client.ObjectKey) bool {
	var secret corev1.Secret
	if err := r.Get(ctx, key, &secret); err != nil {
		return false // want `Exists: answers false, as for a Secret that does not exist, when client.Get of a Secret times out \(collapse\)`
	}
	return true
}

// The list is empty where it could not be read, and all is removed that is not in it.
func (r *reconciler) Sweep(ctx context.Context, owner client.ObjectKey) error {
	nodes := &corev1.NodeList{}
	_ = r.List(ctx, nodes)
	seen := map[string]bool{}
	for _, n := range nodes.Items {
		seen[n.Name] = true
	}
	if !seen[owner.Name] {
		return r.Delete(ctx, &corev1.Service{}) // want `Sweep: calls Delete, as for a Node that does not exist, when client.List of Nodes times out \(destroy\)`
	}
	return nil
}

// The finalizer is what keeps the volumes.
func (r *reconciler) Release(ctx context.Context, key client.ObjectKey, obj client.Object) error {
	var claim corev1.PersistentVolumeClaim
	if err := r.Get(ctx, key, &claim); err != nil {
		controllerutil.RemoveFinalizer(obj, "example.com/volumes") // want `Release: calls RemoveFinalizer, as for a PersistentVolumeClaim that does not exist, .* \(destroy\)`
		return r.Update(ctx, obj)
	}
	return nil
}

// A typed client answers an object with nothing in it beside an error.
func Migrated(ctx context.Context, cs kubernetes.Interface) (bool, error) {
	cm, err := cs.CoreV1().ConfigMaps("x").Get(ctx, "state", metav1.GetOptions{}) // want `Migrated: goes on after the error of Get of a ConfigMap and answers \(false, nil\), .* \(discard\)`
	if apierrors.IsNotFound(err) {
		return false, nil
	}
	_, ok := cm.Data["migrated"]
	return ok, nil
}

func Running(ctx context.Context, cs kubernetes.Interface) int {
	jobs, err := cs.BatchV1().Jobs("x").List(ctx, metav1.ListOptions{})
	if err != nil {
		return 0 // want `Running: answers 0, as for a Job that does not exist, when List of Jobs times out \(collapse\)`
	}
	return len(jobs.Items)
}

func Installed(ctx context.Context, d dynamic.ResourceInterface, name string) bool {
	_, err := d.Get(ctx, name, metav1.GetOptions{})
	return err == nil // want `Installed: answers false, as for an object that does not exist, .* \(collapse\)`
}

// A helper that answers through an argument is a query, too.
func (r *reconciler) fetch(ctx context.Context, name string, obj client.Object) error {
	return r.Get(ctx, client.ObjectKey{Name: name}, obj)
}

func (r *reconciler) Labelled(ctx context.Context) bool {
	var ns corev1.Namespace
	_ = r.fetch(ctx, "x", &ns) // want `Labelled: drops the error of fetch \(client.Get\) and answers false, .* \(discard\)`
	return ns.Labels["x"] == "y"
}

var errGone = errors.New("gone")

// The caller trusts the sentinel.
func (r *reconciler) Load(ctx context.Context, key client.ObjectKey) (*corev1.Pod, error) {
	pod := &corev1.Pod{}
	if err := r.Get(ctx, key, pod); err != nil {
		return nil, errNotFound // want `Load: answers \(nil, errNotFound\), as for a Pod that does not exist, .* \(collapse\)`
	}
	return pod, nil
}

var errNotFound = errors.New("not found")

// The set could not be read, so that nothing is taken out of it, and nobody comes back.
func Finalize(ctx context.Context, c client.Client, owner client.Object, key client.ObjectKey) error {
	var config corev1.ConfigMap
	if err := c.Get(ctx, key, &config); err != nil {
		log.Printf("not there: %v", err)
	} else {
		delete(config.Data, owner.GetName())
		if err := c.Update(ctx, &config); err != nil {
			return err
		}
	}
	controllerutil.RemoveFinalizer(owner, "example.com/config") // want `Finalize: calls RemoveFinalizer, as for a ConfigMap that does not exist, when client\.Get of a ConfigMap times out \(destroy\)`
	return c.Update(ctx, owner)
}

// What is served says what is installed.
func Served(ctx context.Context, cs *kubernetes.Clientset) bool {
	_, err := cs.RESTClient().Get().AbsPath("/apis/project.openshift.io").Do(ctx).Raw()
	return err == nil // want `Served: answers false, as for a resource that does not exist, when Raw times out \(collapse\)`
}

// Of all errors one was thought of: under another the number of nodes is 0.
func (o *owner) Default(ctx context.Context, c client.Client, key client.ObjectKey) {
	var set appsv1.DaemonSet
	err := c.Get(ctx, key, &set) // want `Default: goes on after the error of client.Get of a DaemonSet and stores 0 in o.Nodes, as for a DaemonSet that does not exist, when client.Get of a DaemonSet times out \(discard\)`
	if apierrors.IsNotFound(err) {
		return
	}
	o.Nodes = set.Status.NumberReady
}

type owner struct{ Nodes int32 }

// Who could not be asked is left out, and nobody hears of it.
func Credentials(ctx context.Context, clientset kubernetes.Interface, names []string) []*corev1.Secret {
	var found []*corev1.Secret
	for _, name := range names {
		secret, err := clientset.CoreV1().Secrets("default").Get(ctx, name, metav1.GetOptions{})
		if err == nil {
			found = append(found, secret)
		}
	}
	return found // want `Credentials: answers nil, as for a Secret that does not exist, when Get of a Secret times out \(collapse\)`
}

func PodRunning(ctx context.Context, clientset kubernetes.Interface, name string) bool {
	pod, err := clientset.CoreV1().Pods("default").Get(ctx, name, metav1.GetOptions{})
	if err != nil {
		return false // want `PodRunning: answers false, as for a Pod that does not exist, when Get of a Pod times out \(collapse\)`
	}
	return pod.Status.Phase == corev1.PodRunning
}
