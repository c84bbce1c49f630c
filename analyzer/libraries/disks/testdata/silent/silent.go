// Package silent tells a disk with nothing on it from one that cannot be read.
package silent

import (
	"errors"
	"fmt"
	"os/exec"
	"strings"
)

// empty is how blkid ends where it finds nothing.
const empty = 2

func exits(err error, code int) bool {
	var exit *exec.ExitError
	return errors.As(err, &exit) && exit.ExitCode() == code
}

func Prepare(device string) error {
	err := exec.Command("blkid", device).Run()
	if err == nil {
		return nil
	}
	if !exits(err, empty) {
		return fmt.Errorf("read %s: %w", device, err)
	}
	return exec.Command("mkfs.ext4", device).Run()
}

func typeOf(device string) (string, error) {
	out, err := exec.Command("/sbin/blkid", "-o", "value", "-s", "TYPE", device).Output()
	if exits(err, empty) {
		return "", nil
	}
	return strings.TrimSpace(string(out)), err
}

func Format(device string) error {
	fs, err := typeOf(device)
	if err != nil {
		return err
	}
	if fs == "" {
		return exec.Command("mkfs", "-t", "xfs", device).Run()
	}
	return nil
}

func IsMounted(path string) (bool, error) {
	err := exec.Command("mountpoint", "-q", path).Run()
	if exits(err, 32) {
		return false, nil
	}
	return err == nil, err
}

func IsLuks(device string) (bool, error) {
	err := exec.Command("cryptsetup", "isLuks", device).Run()
	if exits(err, 1) {
		return false, nil
	}
	return err == nil, err
}

func LoggedIn(target string) (bool, error) {
	out, err := exec.Command("iscsiadm", "-m", "session").Output()
	if exits(err, 21) {
		return false, nil
	}
	return strings.Contains(string(out), target), err
}
