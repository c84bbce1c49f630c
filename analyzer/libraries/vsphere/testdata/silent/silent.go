// Package silent tells a machine that is not there from one that nobody could ask for.
package silent

import (
	"context"
	"errors"

	"github.com/vmware/govmomi/find"
	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/vim25/types"
)

func InstanceExists(ctx context.Context, finder *find.Finder, name string) (bool, error) {
	_, err := finder.VirtualMachine(ctx, name)
	var none *find.NotFoundError
	if errors.As(err, &none) {
		return false, nil
	}
	return err == nil, err
}

// The type is asked by a switch.
func Find(ctx context.Context, finder *find.Finder, name string) (*object.VirtualMachine, error) {
	vm, err := finder.VirtualMachine(ctx, name)
	switch err.(type) {
	case nil:
		return vm, nil
	case *find.NotFoundError:
		return nil, nil
	}
	return nil, err
}

func Running(ctx context.Context, vm *object.VirtualMachine) (bool, error) {
	state, err := vm.PowerState(ctx)
	return state == types.VirtualMachinePowerStatePoweredOn, err
}
