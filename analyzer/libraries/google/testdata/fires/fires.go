// Package fires takes what Google could not say for what is not there.
package fires

import (
	"context"

	"cloud.google.com/go/storage"
	"google.golang.org/api/compute/v1"
)

func Running(service *compute.Service, project, zone, name string) bool {
	vm, err := service.Instances.Get(project, zone, name).Do()
	if err != nil {
		return false // want `Running: answers false, as for a resource that does not exist, when Do times out \(collapse\)`
	}
	return vm.Status == "RUNNING"
}

func Ensure(service *compute.Service, project, zone string, disk *compute.Disk) error {
	if _, err := service.Disks.Get(project, zone, disk.Name).Do(); err == nil {
		return nil
	}
	_, err := service.Disks.Insert(project, zone, disk).Do() // want `Ensure: calls Do, as for a resource that does not exist, .* \(destroy\)`
	return err
}

func Exists(ctx context.Context, bucket *storage.BucketHandle, name string) bool {
	_, err := bucket.Object(name).Attrs(ctx)
	return err == nil // want `Exists: answers false, as for an object that does not exist, when Attrs times out \(collapse\)`
}
