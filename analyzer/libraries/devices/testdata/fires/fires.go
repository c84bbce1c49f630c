// Package fires takes every failure for a device that is not connected.
package fires

import (
	"os/exec"
	"strings"
)

func Connected() []string {
	out, err := exec.Command("adb", "devices").Output()
	if err != nil {
		return []string{} // want `Connected: answers .*, as for a device that does not exist, when adb devices times out \(collapse\)`
	}
	return strings.Fields(string(out))
}

func IsConnected(serial string) bool {
	return exec.Command("adb", "-s", serial, "get-state").Run() == nil // want `IsConnected: answers false, as for a device that does not exist, when adb get-state times out \(collapse\)`
}
