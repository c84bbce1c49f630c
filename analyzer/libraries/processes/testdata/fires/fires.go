// Package fires takes a process of another user's for dead.
package fires

import (
	"os"
	"os/exec"
	"syscall"
)

func isAlive(pid int) bool {
	p, err := os.FindProcess(pid)
	if err != nil {
		return false
	}
	return p.Signal(syscall.Signal(0)) == nil // want `isAlive: answers false, as for a process that does not exist, when Signal is not permitted \(EPERM\) \(collapse\)`
}

func Owner(pid int, lock string) error {
	if err := syscall.Kill(pid, 0); err != nil {
		return os.Remove(lock)
	}
	return os.ErrExist
}

func Running(pid int) (bool, error) {
	if err := syscall.Kill(pid, 0); err != nil {
		return false, nil // want `Running: answers \(false, nil\), .* when Kill is not permitted \(EPERM\) \(collapse\)`
	}
	return true, nil
}

// By the command line, the two end with one status.
func BySignalling(pid string) bool { return exec.Command("kill", "-0", pid).Run() == nil } // want `BySignalling: answers false, as for a process that does not exist, when kill is not permitted \(EPERM\) \(collapse\)`
