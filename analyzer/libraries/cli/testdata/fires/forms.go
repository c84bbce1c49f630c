package fires

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"slices"
	"strings"
)

// A helper that has the program inside.
func docker(args ...string) (string, error) {
	out, err := exec.Command("docker", args...).CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("docker %s: %w", strings.Join(args, " "), err)
	}
	return strings.TrimSpace(string(out)), nil
}

func ByHelper(name string) bool {
	_, err := docker("inspect", name)
	return err == nil // want `ByHelper: answers false, as for .* when docker inspect times out \(collapse\)`
}

func ByAppend(name string, all bool) bool {
	args := []string{"inspect"}
	if all {
		args = append(args, "--size")
	}
	args = append(args, name)
	_, err := docker(args...)
	return err == nil // want `ByAppend: answers false, as for .* when docker inspect times out \(collapse\)`
}

func ByLoop(names []string) bool {
	args := []string{"container", "inspect"}
	for _, name := range names {
		args = append(args, name)
	}
	_, err := docker(args...)
	return err == nil // want `ByLoop: answers false, as for .* when docker container inspect times out \(collapse\)`
}

// Its method, with a list, and flags of its own.
type engine struct{ host string }

func (e *engine) command(args []string) *exec.Cmd {
	return exec.Command("docker", append([]string{"-H", e.host}, args...)...)
}

func (e *engine) run(args []string) error { return e.command(args).Run() }

func (e *engine) Exists(name string) bool {
	return e.run([]string{"volume", "inspect", name}) == nil // want `Exists: answers false, as for .* when docker volume inspect times out \(collapse\)`
}

// It answers a bool, a text, a status.
func succeeds(args ...string) bool { return exec.Command("docker", args...).Run() == nil }

func ByBool(name string) bool { return succeeds("network", "inspect", name) } // want `ByBool: answers false, as for .* when docker network inspect times out \(collapse\)`

func printedBy(args ...string) string {
	out, _ := exec.Command("docker", args...).Output()
	return string(out)
}

func ByText(name string) bool { return printedBy("ps", "-q", "--filter", "name="+name) != "" } // want `ByText: answers false, as for .* when docker ps times out \(collapse\)`

func status(args ...string) int {
	err := exec.Command("podman", args...).Run()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &exit):
		return exit.ExitCode()
	}
	return -1
}

func ByStatus(name string) bool { return status("container", "exists", name) == 0 } // want `ByStatus: answers false, as for .* when podman container exists times out \(collapse\)`

func ByProcess(name string) bool {
	cmd := exec.Command("podman", "image", "exists", name)
	cmd.Run() // want `ByProcess: drops the error of podman image exists and answers false, as for .* when podman image exists times out \(discard\)`
	return cmd.ProcessState.ExitCode() == 0
}

func ByWait(name string) bool {
	cmd := exec.Command("podman", "container", "exists", name)
	if err := cmd.Start(); err != nil {
		return true
	}
	return cmd.Wait() == nil // want `ByWait: answers false, as for .* when podman container exists times out \(collapse\)`
}

// Flags before the words.
func ByFlags(name, level string) bool {
	return exec.Command("podman", "--log-level", level, "container", "exists", name).Run() == nil // want `ByFlags: answers false, as for .* when podman container exists times out \(collapse\)`
}

func ByGluedFlag(name, host string) bool {
	return exec.Command("docker", "--host="+host, "image", "inspect", name).Run() == nil // want `ByGluedFlag: answers false, as for .* when docker image inspect times out \(collapse\)`
}

// Programs that run others.
func BySudo(name string) bool {
	return exec.Command("sudo", "-n", "docker", "inspect", name).Run() == nil // want `BySudo: answers false, as for .* when docker inspect times out \(collapse\)`
}

func ByShell(name string) bool { return exec.Command("sh", "-c", "docker inspect "+name).Run() == nil } // want `ByShell: answers false, as for .* when docker inspect times out \(collapse\)`

func ByFormat(name string) bool {
	return exec.Command("bash", "-c", fmt.Sprintf("docker inspect %s >/dev/null", name)).Run() == nil // want `ByFormat: answers false, as for .* when docker inspect times out \(collapse\)`
}

func BySSH(host, name string) bool {
	return exec.Command("ssh", "-p", "22", host, "docker", "inspect", name).Run() == nil // want `BySSH: answers false, as for .* when docker inspect times out \(collapse\)`
}

// One text that the helper splits, or hands to a shell.
func split(line string) error {
	words := strings.Fields(line)
	return exec.Command(words[0], words[1:]...).Run()
}

func BySplit(name string) bool { return split("docker inspect "+name) == nil } // want `BySplit: answers false, as for .* when docker inspect times out \(collapse\)`

func shell(line string) error { return exec.Command("sh", "-c", line).Run() }

func ByLine(name string) bool { return shell("docker container inspect "+name) == nil } // want `ByLine: answers false, as for .* when docker container inspect times out \(collapse\)`

// Variables.
var command = exec.Command

func ByVariable(name string) bool { return command("docker", "inspect", name).Run() == nil } // want `ByVariable: answers false, as for .* when docker inspect times out \(collapse\)`

var program = "docker"

func ByProgram(name string) bool { return exec.Command(program, "inspect", name).Run() == nil } // want `ByProgram: answers false, as for .* when docker inspect times out \(collapse\)`

func choose(podman bool) string {
	if podman {
		return "podman"
	}
	return "docker"
}

func ByChoice(podman bool, name string) bool {
	return exec.Command(choose(podman), "inspect", name).Run() == nil // want `ByChoice: answers false, as for .* when podman inspect times out \(collapse\)`
}

type client struct{ path string }

func newClient() *client { return &client{path: "nerdctl"} }

func (c *client) Exists(name string) bool { return exec.Command(c.path, "inspect", name).Run() == nil } // want `Exists: answers false, as for .* when nerdctl inspect times out \(collapse\)`

// A struct, and an interface, around a command.
type process struct{ cmd *exec.Cmd }

func (p *process) Run() error { return p.cmd.Run() }

func start(name string, args ...string) *process { return &process{exec.Command(name, args...)} }

func ByStruct(name string) bool { return start("docker", "inspect", name).Run() == nil } // want `ByStruct: answers false, as for .* when docker inspect times out \(collapse\)`

type maker interface {
	Command(args ...string) interface{ Run() error }
}

func ByMaker(m maker, name string) bool { return m.Command("image", "inspect", name).Run() == nil } // want `ByMaker: answers false, as for .* when image inspect times out \(collapse\)`

type real struct{}

func (real) Execute(ctx context.Context, args ...string) (string, error) {
	var out bytes.Buffer
	cmd := exec.CommandContext(ctx, "docker", slices.Concat([]string{"--debug"}, args)...)
	cmd.Stdout = &out
	err := cmd.Run()
	return out.String(), err
}

type executor interface {
	Execute(ctx context.Context, args ...string) (string, error)
}

var _ executor = real{}

func ByInterface(ctx context.Context, e executor, name string) bool {
	_, err := e.Execute(ctx, "inspect", name)
	return err == nil // want `ByInterface: answers false, as for .* when docker inspect times out \(collapse\)`
}

func ByLiteral(name string) bool {
	cmd := &exec.Cmd{Path: "/usr/bin/docker", Args: []string{"docker", "inspect", name}}
	return cmd.Run() == nil // want `ByLiteral: answers false, as for .* when docker inspect times out \(collapse\)`
}

func Recreate(name string) error {
	if _, err := docker("inspect", name); err == nil {
		return nil
	}
	docker("rm", "-f", name) // want `Recreate: calls docker rm, as for .* when docker inspect times out \(destroy\)`
	_, err := docker("run", "-d", "--name", name, "image")
	return err
}

// What it is for, and where, stand before the line.
type privileged interface {
	RunPrivileged(reason string, line ...string) (string, error)
}

func ByReason(p privileged, name string) bool {
	_, err := p.RunPrivileged("to look at "+name, "docker", "inspect", name)
	return err == nil // want `ByReason: answers false, as for .* when docker inspect times out \(collapse\)`
}
