// Package fires runs docker, and takes every failure for absence.
package fires

import (
	"context"
	"os/exec"
	"strings"
)

func IsRunning(name string) (bool, error) {
	out, err := exec.Command("docker", "inspect", "-f", "{{.State.Running}}", name).Output()
	if err != nil {
		return false, nil // want `IsRunning: answers \(false, nil\), as for an object that does not exist, when docker inspect times out \(collapse\)`
	}
	return strings.TrimSpace(string(out)) == "true", nil
}

func Exists(ctx context.Context, name string) bool {
	return exec.CommandContext(ctx, "podman", "container", "inspect", name).Run() == nil // want `Exists: answers false, .* when podman container inspect times out \(collapse\)`
}

func Listed(name string) bool {
	out, _ := exec.Command("docker", "ps", "-q", "--filter", "name="+name).Output() // want `Listed: drops the error of docker ps and answers false, .* \(discard\)`
	return len(out) > 0
}

func Ensure(name string) error {
	cmd := exec.Command("nerdctl", "inspect", name)
	if err := cmd.Run(); err != nil {
		return exec.Command("nerdctl", "rm", "-f", name).Run() // want `Ensure: calls nerdctl rm, .* when nerdctl inspect times out \(destroy\)`
	}
	return nil
}

func Broad(name string) (bool, error) {
	out, err := exec.Command("docker", "inspect", name).CombinedOutput()
	if err != nil {
		if strings.Contains(strings.ToLower(string(out)), "no such") {
			return false, nil // want `Broad: takes a fault for the absence of an object: .* \(overbroad\)`
		}
		return true, err
	}
	return true, nil
}
