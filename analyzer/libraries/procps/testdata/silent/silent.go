// Package silent tells a process that is not there from one that nobody could ask for.
package silent

import (
	"errors"
	"fmt"
	"os/exec"
	"strings"
)

func isProcessRunning(name string) (bool, error) {
	err := exec.Command("pgrep", "-x", name).Run()
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() == 1 {
		return false, nil
	}
	return err == nil, err
}

func PIDs(name string) ([]string, error) {
	out, err := exec.Command("pidof", name).Output()
	if err != nil {
		return nil, fmt.Errorf("pidof %s: %w", name, err)
	}
	return strings.Fields(string(out)), nil
}

// Who it runs for is only said.
func Describe(name string) string {
	out, err := exec.Command("pgrep", "-a", name).Output()
	if err != nil {
		return "cannot say: " + err.Error()
	}
	return string(out)
}
