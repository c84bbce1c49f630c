// Package helper runs podman for others.
package helper

import (
	"bytes"
	"errors"
	"fmt"
	"os/exec"
	"strings"
)

// Podman answers what it prints.
func Podman(args ...string) (string, error) {
	var stdout, stderr bytes.Buffer
	cmd := exec.Command("podman", append([]string{"--log-level", "error"}, args...)...)
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("podman %s: %w: %s", args[0], err, stderr.String())
	}
	return strings.TrimSpace(stdout.String()), nil
}

// Status answers the status that it ends with.
func Status(program string, args ...string) (int, error) {
	cmd := exec.Command(program, args...)
	var exit *exec.ExitError
	switch err := cmd.Run(); {
	case err == nil:
		return 0, nil
	case errors.As(err, &exit):
		return exit.ExitCode(), nil
	default:
		return -1, err
	}
}
