// Package fires takes every failure for a disk with nothing on it.
package fires

import (
	"os/exec"
	"strings"
)

// A disk that cannot be read is formatted.
func Prepare(device string) error {
	if exec.Command("blkid", device).Run() != nil {
		return exec.Command("mkfs.ext4", device).Run() // want `Prepare: calls mkfs.ext4, as for a filesystem that does not exist, when blkid times out \(destroy\)`
	}
	return nil
}

func typeOf(device string) string {
	out, err := exec.Command("/sbin/blkid", "-o", "value", "-s", "TYPE", device).Output()
	if err != nil {
		return "" // want `typeOf: answers "", as for a filesystem .* when blkid times out \(collapse\)`
	}
	return strings.TrimSpace(string(out))
}

func Format(device string) error {
	if typeOf(device) == "" {
		return exec.Command("mkfs", "-t", "xfs", device).Run()
	}
	return nil
}

func IsMounted(path string) bool {
	return exec.Command("mountpoint", "-q", path).Run() == nil // want `IsMounted: answers false, as for a mount that does not exist, when mountpoint times out \(collapse\)`
}

func IsLuks(device string) (bool, error) {
	if err := exec.Command("cryptsetup", "isLuks", device).Run(); err != nil {
		return false, nil // want `IsLuks: answers \(false, nil\), as for a volume .* when cryptsetup isLuks times out \(collapse\)`
	}
	return true, nil
}

func LoggedIn(target string) bool {
	out, _ := exec.Command("iscsiadm", "-m", "session").Output() // want `LoggedIn: drops the error of iscsiadm and answers false, .* when iscsiadm times out \(discard\)`
	return strings.Contains(string(out), target)
}
