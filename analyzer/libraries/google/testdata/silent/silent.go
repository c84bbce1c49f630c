// Package silent tells what is not there from what Google could not say.
package silent

import (
	"context"
	"errors"
	"net/http"

	"cloud.google.com/go/storage"
	"google.golang.org/api/compute/v1"
	"google.golang.org/api/googleapi"
)

func Running(service *compute.Service, project, zone, name string) (bool, error) {
	vm, err := service.Instances.Get(project, zone, name).Do()
	var status *googleapi.Error
	if errors.As(err, &status) && status.Code == http.StatusNotFound {
		return false, nil
	}
	if err != nil {
		return true, err
	}
	return vm.Status == "RUNNING", nil
}

func Ensure(service *compute.Service, project, zone string, disk *compute.Disk) error {
	_, err := service.Disks.Get(project, zone, disk.Name).Do()
	if !googleapi.IsNotModified(err) && !notFound(err) {
		return err
	}
	_, err = service.Disks.Insert(project, zone, disk).Do()
	return err
}

func notFound(err error) bool {
	var status *googleapi.Error
	return errors.As(err, &status) && status.Code == 404
}

func Exists(ctx context.Context, bucket *storage.BucketHandle, name string) (bool, error) {
	_, err := bucket.Object(name).Attrs(ctx)
	if errors.Is(err, storage.ErrObjectNotExist) {
		return false, nil
	}
	return err == nil, err
}
