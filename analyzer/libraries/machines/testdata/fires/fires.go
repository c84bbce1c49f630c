// Package fires takes every failure for a machine that does not exist.
package fires

import (
	"os/exec"
	"strings"

	"github.com/crc-org/machine/libmachine/drivers"
	"github.com/crc-org/machine/libmachine/state"
)

func ByDriver(d drivers.Driver) (bool, error) {
	s, err := d.GetState()
	if err != nil {
		return false, nil // want `ByDriver: answers \(false, nil\), as for .* when GetState times out \(collapse\)`
	}
	return s == state.Running, nil
}

func Running(name string) bool {
	out, err := exec.Command("limactl", "list", "-f", "{{.Status}}", name).Output()
	if err != nil {
		return false // want `Running: answers false, as for .* when limactl list times out \(collapse\)`
	}
	return strings.TrimSpace(string(out)) == "Running"
}

func Exists(name string) bool { return exec.Command("multipass", "info", name).Run() == nil } // want `Exists: answers false, as for .* when multipass info times out \(collapse\)`

func Recreate(name string) error {
	if exec.Command("VBoxManage", "showvminfo", name).Run() != nil {
		return exec.Command("VBoxManage", "createvm", "--name", name).Run() // want `Recreate: calls VBoxManage createvm, as for .* when VBoxManage showvminfo times out \(destroy\)`
	}
	return nil
}

// Drivers know the path of the program, and are handed around as an interface.
type Driver interface {
	IsRunning(name string) (bool, error)
}

type driver struct{ VBoxManagePath string }

func NewDriver(path string) Driver { return &driver{path} }

func (d *driver) IsRunning(name string) (bool, error) {
	out, err := exec.Command(d.VBoxManagePath, "showvminfo", name).Output()
	return strings.Contains(string(out), "running"), err
}

func CleanUp(d Driver, name string) {
	if running, _ := d.IsRunning(name); running { // want `CleanUp: drops the error of IsRunning \(VBoxManage showvminfo\)`
		exec.Command("VBoxManage", "controlvm", name, "poweroff").Run()
	}
}
