// Package fires takes every failure for a machine that does not exist.
package fires

import (
	"context"

	"github.com/vmware/govmomi/find"
	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/vim25/types"
)

func InstanceExists(ctx context.Context, finder *find.Finder, name string) bool {
	if _, err := finder.VirtualMachine(ctx, name); err == nil {
		return true
	}
	return false // want `InstanceExists: answers false, as for a machine that does not exist, when VirtualMachine times out \(collapse\)`
}

func Running(ctx context.Context, vm *object.VirtualMachine) bool {
	state, err := vm.PowerState(ctx)
	return err == nil && state == types.VirtualMachinePowerStatePoweredOn // want `Running: answers false, as for a machine that does not exist, when PowerState times out \(collapse\)`
}

func ByUUID(ctx context.Context, index *object.SearchIndex, dc *object.Datacenter, uuid string) (object.Reference, error) {
	ref, err := index.FindByUuid(ctx, dc, uuid, true, nil)
	if err != nil {
		return nil, nil // want `ByUUID: answers \(nil, nil\), as for a machine that does not exist, when FindByUuid times out \(empty\)`
	}
	return ref, nil
}
