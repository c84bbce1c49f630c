// Package fires takes every failure for a volume that does not exist.
package fires

import (
	"os/exec"
	"strings"
)

func Exists(name string) bool {
	return exec.Command("zfs", "list", "-H", "-o", "name", name).Run() == nil // want `Exists: answers false, as for a dataset that does not exist, when zfs list times out \(collapse\)`
}

func list(name string) error { return exec.Command("zfs", "list", name).Run() }

func ByWrapper(name string) bool { return list(name) == nil } // want `ByWrapper: answers false, as for a dataset .* when list \(zfs list\) times out \(collapse\)`

func Listed(name string) bool {
	out, _ := exec.Command("zfs", "list", "-H", "-o", "name").Output() // want `Listed: drops the error of zfs list and answers false, as for .* when zfs list times out \(discard\)`
	return strings.Contains(string(out), name)
}

func PoolExists(name string) bool { return exec.Command("zpool", "status", name).Run() == nil } // want `PoolExists: answers false, as for a pool that does not exist, when zpool status times out \(collapse\)`

func VolumeExists(group, name string) bool {
	return exec.Command("lvs", "--noheadings", group+"/"+name).Run() == nil // want `VolumeExists: answers false, as for a volume that does not exist, when lvs times out \(collapse\)`
}

func IsSubvolume(path string) bool {
	return exec.Command("btrfs", "subvolume", "show", path).Run() == nil // want `IsSubvolume: answers false, as for a volume that does not exist, when btrfs subvolume show times out \(collapse\)`
}

func Recreate(name string) error {
	if exec.Command("zfs", "get", "all", name).Run() != nil {
		return exec.Command("zfs", "create", name).Run() // want `Recreate: calls zfs create, as for .* when zfs get times out \(destroy\)`
	}
	return nil
}
