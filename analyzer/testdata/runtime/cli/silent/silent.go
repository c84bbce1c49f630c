// Package silent runs docker, and other programs.
package silent

import (
	"errors"
	"os/exec"
	"strings"
)

func IsRunning(name string) (bool, error) {
	out, err := exec.Command("docker", "inspect", "-f", "{{.State.Running}}", name).CombinedOutput()
	if err != nil {
		if strings.Contains(string(out), "No such object") {
			return false, nil
		}
		return true, err
	}
	return strings.TrimSpace(string(out)) == "true", nil
}

func ByStderr(name string) (bool, error) {
	_, err := exec.Command("docker", "inspect", name).Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) && strings.Contains(string(exit.Stderr), "No such object") {
		return false, nil
	}
	return true, err
}

// The question is whether the daemon answers.
func DaemonUp() bool { return exec.Command("docker", "info").Run() == nil }

func Started(name string) bool { return exec.Command("docker", "start", name).Run() == nil }

func Clean() bool { return exec.Command("git", "diff", "--quiet").Run() == nil }

func Any(args ...string) bool { return exec.Command("docker", args...).Run() == nil }
