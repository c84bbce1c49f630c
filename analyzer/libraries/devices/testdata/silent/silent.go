// Package silent says that it could not ask for devices.
package silent

import (
	"os/exec"
	"strings"
)

func Connected() ([]string, error) {
	out, err := exec.Command("adb", "devices").Output()
	if err != nil {
		return nil, err
	}
	return strings.Fields(string(out)), nil
}

func IsConnected(serial string) (bool, error) {
	out, err := exec.Command("adb", "devices").Output()
	return strings.Contains(string(out), serial), err
}
