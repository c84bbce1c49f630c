// Package silent tells a machine that does not exist from a failure.
package silent

import (
	"os/exec"
	"strings"

	"github.com/crc-org/machine/libmachine/drivers"
	"github.com/crc-org/machine/libmachine/state"
)

func ByDriver(d drivers.Driver) (bool, error) {
	s, err := d.GetState()
	return s == state.Running, err
}

func Running(name string) (bool, error) {
	out, err := exec.Command("limactl", "list", "-f", "{{.Status}}", name).Output()
	return strings.TrimSpace(string(out)) == "Running", err
}

func Exists(name string) (bool, error) {
	out, err := exec.Command("multipass", "info", name).CombinedOutput()
	if err != nil && strings.Contains(string(out), "does not exist") {
		return false, nil
	}
	return err == nil, err
}

func Installed() bool { return exec.Command("multipass", "version").Run() == nil }

func Started(name string) bool { return exec.Command("VBoxManage", "startvm", name).Run() == nil }

// Drivers know the path of the program, and are handed around as an interface.
type Driver interface {
	IsRunning(name string) (bool, error)
}

type driver struct{ VBoxManagePath, GitPath string }

func NewDriver(path, git string) Driver { return &driver{path, git} }

func (d *driver) IsRunning(name string) (bool, error) {
	out, err := exec.Command(d.VBoxManagePath, "showvminfo", name).Output()
	return strings.Contains(string(out), "running"), err
}

func (d *driver) Known(name string) bool {
	return exec.Command(d.GitPath, "showvminfo", name).Run() == nil
}

func Created(name string) (bool, error) {
	out, err := exec.Command("docker-machine", "status", name).CombinedOutput()
	if err != nil && strings.Contains(string(out), "Host does not exist") {
		return false, nil
	}
	return err == nil, err
}

func InMachine(name, file string) bool {
	return exec.Command("docker-machine", "ssh", name, "test", "-e", file).Run() == nil
}

func Listed(path string) (bool, error) {
	out, err := exec.Command("vmrun", "list").Output()
	return strings.Contains(string(out), path), err
}
