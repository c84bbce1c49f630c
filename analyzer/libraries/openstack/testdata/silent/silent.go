// Package silent tells a server that is not there from one that nobody could ask for.
package silent

import (
	"context"
	"errors"
	"net/http"

	"github.com/gophercloud/gophercloud/v2"
	"github.com/gophercloud/gophercloud/v2/openstack/blockstorage/v3/volumes"
	"github.com/gophercloud/gophercloud/v2/openstack/compute/v2/servers"
)

func Exists(ctx context.Context, client *gophercloud.ServiceClient, id string) (bool, error) {
	_, err := servers.Get(ctx, client, id).Extract()
	if gophercloud.ResponseCodeIs(err, http.StatusNotFound) {
		return false, nil
	}
	return err == nil, err
}

func Ensure(ctx context.Context, client *gophercloud.ServiceClient, id string, opts volumes.CreateOpts) error {
	_, err := volumes.Get(ctx, client, id).Extract()
	if err == nil || !gophercloud.ResponseCodeIs(err, http.StatusNotFound) {
		return err
	}
	_, err = volumes.Create(ctx, client, opts, nil).Extract()
	return err
}

// Delete takes a server that is gone for deleted, and nothing else.
func Delete(ctx context.Context, client *gophercloud.ServiceClient, id string) error {
	err := servers.Delete(ctx, client, id).ExtractErr()
	if gophercloud.ResponseCodeIs(err, http.StatusNotFound) {
		return nil
	}
	return err
}

// Create is told what was made, or not: it asks nothing.
func Create(ctx context.Context, client *gophercloud.ServiceClient, opts volumes.CreateOpts) (string, error) {
	v, err := volumes.Create(ctx, client, opts, nil).Extract()
	if err != nil {
		return "", errors.New("cannot create the volume")
	}
	return v.ID, nil
}

// Created says false of what could not be created: nothing was asked.
func Created(ctx context.Context, client *gophercloud.ServiceClient, opts volumes.CreateOpts) bool {
	_, err := volumes.Create(ctx, client, opts, nil).Extract()
	return err == nil
}
