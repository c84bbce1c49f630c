// Package silent tells a cluster that does not exist from a failure.
package silent

import (
	"errors"
	"os/exec"
	"slices"
	"strings"
)

func KindExists(name string) (bool, error) {
	out, err := exec.Command("kind", "get", "clusters").Output()
	return slices.Contains(strings.Fields(string(out)), name), err
}

func K3dExists(name string) (bool, error) {
	out, err := exec.Command("k3d", "cluster", "get", name).CombinedOutput()
	if err != nil && strings.Contains(string(out), "No nodes found for given cluster") {
		return false, nil
	}
	return err == nil, err
}

// A profile that is not there is 85.
func Running(profile string) (bool, error) {
	err := exec.Command("minikube", "status", "-p", profile).Run()
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() == 85 {
		return false, nil
	}
	return err == nil, err
}

func Installed() bool { return exec.Command("kind", "version").Run() == nil }

func Loaded(image string) bool {
	return exec.Command("kind", "load", "docker-image", image).Run() == nil
}
