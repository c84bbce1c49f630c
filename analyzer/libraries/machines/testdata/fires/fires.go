// Package fires takes every failure for a machine that does not exist.
package fires

import (
	"bytes"
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

// Of docker-machine, and what it runs in a machine.
func Created(name string) bool { return exec.Command("docker-machine", "status", name).Run() == nil } // want `Created: answers false, as for .* when docker-machine status times out \(collapse\)`

func HasNetwork(name string) bool {
	line := []string{"docker-machine", "ssh", name, "docker", "network", "inspect", name}
	return exec.Command(line[0], line[1:]...).Run() == nil // want `HasNetwork: answers false, as for .* when docker network inspect times out \(collapse\)`
}

// Of VMware: the path is what a function finds.
var vmrunbin = find("vmrun")

func find(name string) string { return "/Applications/" + name }

func vmrun(args ...string) (string, string, error) {
	var stdout, stderr bytes.Buffer
	cmd := exec.Command(vmrunbin, args...)
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	return stdout.String(), stderr.String(), err
}

func State(path string) (state.State, error) {
	if stdout, _, _ := vmrun("list"); strings.Contains(stdout, path) { // want `State: drops the error of vmrun list`
		return state.Running, nil
	}
	return state.Stopped, nil
}

// Of others.
func Ignited(name string) bool { return exec.Command("ignite", "inspect", "vm", name).Run() == nil } // want `Ignited: answers false, as for .* when ignite inspect times out \(collapse\)`

func Up(name string) bool { return exec.Command("vagrant", "status", name).Run() == nil } // want `Up: answers false, as for .* when vagrant status times out \(collapse\)`

func Configured(id string) bool { return exec.Command("qm", "config", id).Run() == nil } // want `Configured: answers false, as for .* when qm config times out \(collapse\)`

func Got(name string) bool { return exec.Command("tart", "get", name).Run() == nil } // want `Got: answers false, as for .* when tart get times out \(collapse\)`

func Informed(name string) bool { return exec.Command("orb", "info", name).Run() == nil } // want `Informed: answers false, as for .* when orb info times out \(collapse\)`

func Registered(name string) bool { return exec.Command("prlctl", "status", name).Run() == nil } // want `Registered: answers false, as for .* when prlctl status times out \(collapse\)`

func RecreateMachine(name string) error {
	if exec.Command("docker-machine", "status", name).Run() == nil {
		return nil
	}
	exec.Command("docker-machine", "rm", "-f", name).Run() // want `RecreateMachine: calls docker-machine rm, as for .* when docker-machine status times out \(destroy\)`
	return exec.Command("docker-machine", "create", name).Run()
}
