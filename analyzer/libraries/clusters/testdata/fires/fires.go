// Package fires takes every failure for a cluster that does not exist.
package fires

import (
	"os/exec"
	"slices"
	"strings"
)

func KindExists(name string) bool {
	out, err := exec.Command("kind", "get", "clusters").Output()
	if err != nil {
		return false // want `KindExists: answers false, as for a cluster that does not exist, when kind get clusters times out \(collapse\)`
	}
	return slices.Contains(strings.Fields(string(out)), name)
}

func K3dExists(name string) bool { return exec.Command("k3d", "cluster", "get", name).Run() == nil } // want `K3dExists: answers false, as for a cluster that does not exist, when k3d cluster get times out \(collapse\)`

func K3dListed(name string) bool { return exec.Command("k3d", "cluster", "list", name).Run() == nil } // want `K3dListed: answers false, as for a cluster that does not exist, when k3d cluster list times out \(collapse\)`

func Running(profile string) (bool, error) {
	out, err := exec.Command("minikube", "status", "-p", profile, "--format", "{{.Host}}").Output()
	if err != nil {
		return false, nil // want `Running: answers \(false, nil\), .* when minikube status times out \(collapse\)`
	}
	return string(out) == "Running", nil
}

func Recreate(name string) error {
	if exec.Command("k3d", "cluster", "get", name).Run() != nil {
		return exec.Command("k3d", "cluster", "create", name).Run() // want `Recreate: calls k3d cluster create, as for .* when k3d cluster get times out \(destroy\)`
	}
	return nil
}

func OnNode() bool {
	return exec.Command("minikube", "ssh", "--", "docker", "inspect", "x").Run() == nil // want `OnNode: answers false, as for .* when docker inspect times out \(collapse\)`
}
