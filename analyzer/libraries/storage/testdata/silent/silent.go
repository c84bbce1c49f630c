// Package silent tells a volume that does not exist from a failure.
package silent

import (
	"os/exec"
	"strings"
)

func Exists(name string) (bool, error) {
	out, err := exec.Command("zfs", "list", name).CombinedOutput()
	if err != nil && strings.Contains(string(out), "dataset does not exist") {
		return false, nil
	}
	return err == nil, err
}

func list(name string) error { return exec.Command("zfs", "list", name).Run() }

func ByWrapper(name string) error { return list(name) }

func VolumeExists(group, name string) (bool, error) {
	out, err := exec.Command("lvs", "--noheadings", "-S", "lv_name="+name, group).Output()
	return len(out) > 0, err
}

func Mounted(name string) bool { return exec.Command("zfs", "mount", name).Run() == nil }

func Installed() bool { return exec.Command("zfs", "version").Run() == nil }
