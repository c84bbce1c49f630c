// Package fires takes every failure for a process that does not exist.
package fires

import (
	"os/exec"
	"strings"
)

func isProcessRunning(name string) bool {
	cmd := exec.Command("pgrep", "-x", name)
	err := cmd.Run()
	return err == nil // want `isProcessRunning: answers false, as for a process that does not exist, when pgrep times out \(collapse\)`
}

func PIDs(name string) ([]string, error) {
	out, err := exec.Command("pidof", name).Output()
	if err != nil {
		return nil, nil // want `PIDs: answers \(nil, nil\), as for a process that does not exist, when pidof times out \(empty\)`
	}
	return strings.Fields(string(out)), nil
}
