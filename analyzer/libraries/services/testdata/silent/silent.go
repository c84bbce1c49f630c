// Package silent tells a service that does not exist from a failure.
package silent

import (
	"errors"
	"os/exec"
	"strings"
)

func ended(err error, status int) bool {
	var exit *exec.ExitError
	return errors.As(err, &exit) && exit.ExitCode() == status
}

func Loaded(label string) (bool, error) {
	err := exec.Command("launchctl", "list", label).Run()
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() == 113 {
		return false, nil
	}
	return err == nil, err
}

func Known(name string) (bool, error) {
	err := exec.Command("sc", "query", name).Run()
	if ended(err, 1060) {
		return false, nil
	}
	return err == nil, err
}

func Started(name string) (bool, error) {
	out, err := exec.Command("initctl", "status", name).CombinedOutput()
	return strings.Contains(string(out), "running"), err
}

func Load(file string) bool { return exec.Command("launchctl", "load", file).Run() == nil }
