// Package fires takes every failure for a machine that does not exist.
package fires

import (
	"os/exec"
	"strings"
)

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
