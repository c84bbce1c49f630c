// Package fires runs docker, and takes every failure for absence.
package fires

import (
	"bytes"
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

func Buffered(name string) bool {
	cmd := exec.Command("docker", "inspect", "-f", "{{.State.Running}}", name)
	var stdout bytes.Buffer
	cmd.Stdout = &stdout
	cmd.Run() // want `Buffered: drops the error of docker inspect and answers false, .* \(discard\)`
	return stdout.String() == "true"
}

func BroadBuffer(name string) (bool, error) {
	cmd := exec.Command("docker", "inspect", name)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	err := cmd.Run()
	if err != nil && strings.Contains(stderr.String(), "not found") {
		return false, nil // want `BroadBuffer: takes a fault for the absence of an object: .*page not found.* \(overbroad\)`
	}
	return true, err
}

type runner interface {
	Run(cmd *exec.Cmd) (string, error)
}

func HandedOver(r runner, name string) bool {
	cmd := exec.Command("docker", "image", "inspect", name)
	if _, err := r.Run(cmd); err != nil {
		return false // want `HandedOver: answers false, as for an image .* when docker image inspect times out \(collapse\)`
	}
	return true
}

func run(ctx context.Context, program string, args ...string) (string, error) {
	out, err := exec.CommandContext(ctx, program, args...).Output()
	return string(out), err
}

func Helped(ctx context.Context, name string) bool {
	_, err := run(ctx, "docker", "volume", "inspect", name)
	return err == nil // want `Helped: answers false, as for a volume .* when docker volume inspect times out \(collapse\)`
}

// Which program it is does not matter.
type runtime struct{ program string }

func (r *runtime) run(ctx context.Context, args ...string) (string, error) {
	out, err := exec.CommandContext(ctx, r.program, args...).Output()
	return string(out), err
}

func (r *runtime) ImageExists(ctx context.Context, name string) (bool, error) {
	if err := exec.CommandContext(ctx, r.program, "image", "inspect", name).Run(); err != nil {
		return false, nil // want `ImageExists: answers \(false, nil\), as for an image that does not exist, when image inspect times out \(collapse\)`
	}
	return true, nil
}

func (r *runtime) NetworkExists(ctx context.Context, name string) bool {
	_, err := r.run(ctx, "network", "inspect", name)
	return err == nil // want `NetworkExists: answers false, as for a network that does not exist, when network inspect times out \(collapse\)`
}

// The helper is handed a struct.
type input struct {
	Program string
	Args    []string
	Quiet   bool
}

func call(in input) (string, error) {
	out, err := exec.Command(in.Program, in.Args...).Output()
	return string(out), err
}

func ByInput(id string) bool {
	_, err := call(input{Program: "docker", Args: []string{"inspect", id}, Quiet: true})
	return err == nil // want `ByInput: answers false, .* when docker inspect times out \(collapse\)`
}

func (r *runtime) ByInput(id string) bool {
	_, err := call(input{Program: r.program, Args: []string{"container", "inspect", id}})
	return err == nil // want `ByInput: answers false, .* when container inspect times out \(collapse\)`
}
