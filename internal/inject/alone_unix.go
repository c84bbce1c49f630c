//go:build unix

package inject

import (
	"os/exec"
	"syscall"
)

// alone has a command, and all that it starts, end when its context does.
func alone(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}
