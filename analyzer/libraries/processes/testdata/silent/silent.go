// Package silent knows that a process which may not be signalled is there.
package silent

import (
	"errors"
	"os"
	"os/exec"
	"strings"
	"syscall"
)

func isAlive(pid int) bool {
	err := syscall.Kill(pid, 0)
	return err == nil || err == syscall.EPERM
}

func IsRunning(p *os.Process) bool {
	err := p.Signal(syscall.Signal(0))
	if errors.Is(err, os.ErrProcessDone) || errors.Is(err, syscall.ESRCH) {
		return false
	}
	return true
}

func Check(pid int) (bool, error) {
	err := syscall.Kill(pid, 0)
	if errors.Is(err, syscall.ESRCH) {
		return false, nil
	}
	if err != nil && !errors.Is(err, syscall.EPERM) {
		return false, err
	}
	return true, nil
}

// It is another signal, which does something.
func Stop(p *os.Process) bool {
	return p.Signal(syscall.SIGTERM) == nil
}

func BySignalling(pid string) (bool, error) {
	out, err := exec.Command("kill", "-0", pid).CombinedOutput()
	if err != nil && strings.Contains(string(out), "No such process") {
		return false, nil
	}
	return err == nil, err
}

func Killed(pid string) bool { return exec.Command("kill", "-9", pid).Run() == nil }
