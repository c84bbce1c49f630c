// Package fires takes every failure for a server that does not exist.
package fires

import (
	"context"
	"fmt"

	"github.com/gophercloud/gophercloud/v2"
	"github.com/gophercloud/gophercloud/v2/openstack/blockstorage/v3/volumes"
	"github.com/gophercloud/gophercloud/v2/openstack/compute/v2/servers"
)

func Exists(ctx context.Context, client *gophercloud.ServiceClient, id string) (bool, error) {
	if _, err := servers.Get(ctx, client, id).Extract(); err != nil {
		return false, nil // want `Exists: answers \(false, nil\), as for a resource that does not exist, when Extract times out \(collapse\)`
	}
	return true, nil
}

// byName says "not found" of its own.
func byName(ctx context.Context, client *gophercloud.ServiceClient, name string) (*servers.Server, error) {
	pages, err := servers.List(client, servers.ListOpts{Name: name}).AllPages(ctx)
	if err != nil {
		return nil, err
	}
	all, err := servers.ExtractServers(pages)
	if err != nil {
		return nil, err
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("server %s not found", name)
	}
	return &all[0], nil
}

func InstanceExists(ctx context.Context, client *gophercloud.ServiceClient, name string) bool {
	_, err := byName(ctx, client, name)
	return err == nil // want `InstanceExists: answers false, as for a page that does not exist, when byName \(AllPages\) times out \(collapse\)`
}

func Ensure(ctx context.Context, client *gophercloud.ServiceClient, id string, opts volumes.CreateOpts) error {
	if _, err := volumes.Get(ctx, client, id).Extract(); err == nil {
		return nil
	}
	_, err := volumes.Create(ctx, client, opts, nil).Extract() // want `Ensure: calls Create, as for a resource that does not exist, when Extract times out \(destroy\)`
	return err
}
