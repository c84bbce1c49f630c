package silent

import (
	"bytes"
	"errors"
	"fmt"
	"os/exec"
	"strings"
)

// A helper that has the program inside.
func docker(args ...string) (string, error) {
	out, err := exec.Command("docker", args...).CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("docker %s: %w: %s", strings.Join(args, " "), err, out)
	}
	return strings.TrimSpace(string(out)), nil
}

func ByHelper(name string) (bool, error) {
	_, err := docker("inspect", name)
	if err != nil && strings.Contains(err.Error(), "No such object") {
		return false, nil
	}
	return err == nil, err
}

func ByAppend(name string, all bool) (string, error) {
	args := []string{"inspect"}
	if all {
		args = append(args, "--size")
	}
	return docker(append(args, name)...)
}

// What is run is no question.
func StartedByHelper(name string) bool {
	_, err := docker("start", name)
	return err == nil
}

func BuiltByHelper(name string, args ...string) bool {
	_, err := docker(append([]string{"build", "-t", name}, args...)...)
	return err == nil
}

func AnyByHelper(args ...string) bool {
	_, err := docker(args...)
	return err == nil
}

func exitStatus(args ...string) (int, error) {
	err := exec.Command("podman", args...).Run()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return 0, nil
	case errors.As(err, &exit):
		return exit.ExitCode(), nil
	}
	return -1, err
}

func ByStatus(name string) (bool, error) {
	code, err := exitStatus("container", "exists", name)
	switch {
	case err != nil:
		return false, err
	case code == 0:
		return true, nil
	case code == 1:
		return false, nil
	}
	return false, fmt.Errorf("podman: %d", code)
}

// 1 is absence, as podman says.
func ByExit(name string) (bool, error) {
	err := exec.Command("podman", "--log-level", "error", "container", "exists", name).Run()
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() == 1 {
		return false, nil
	}
	return err == nil, err
}

func ByProcess(name string) (bool, error) {
	cmd := exec.Command("podman", "image", "exists", name)
	if err := cmd.Run(); err != nil {
		if cmd.ProcessState != nil && cmd.ProcessState.ExitCode() == 1 {
			return false, nil
		}
		return false, err
	}
	return true, nil
}

func ByWait(name string) error {
	cmd := exec.Command("podman", "container", "exists", name)
	if err := cmd.Start(); err != nil {
		return err
	}
	return cmd.Wait()
}

// Of other programs, and of several.
func ByShell(name string) bool { return exec.Command("sh", "-c", "test -e "+name).Run() == nil }

func Piped(name string) bool {
	return exec.Command("sh", "-c", "docker ps | grep -q "+name).Run() == nil
}

func BySudo(name string) bool { return exec.Command("sudo", "systemd-analyze", name).Run() == nil }

func OnHost(name string) (bool, error) {
	out, err := exec.Command("ssh", "host", "docker inspect "+name).CombinedOutput()
	if err != nil && bytes.Contains(out, []byte("No such object")) {
		return false, nil
	}
	return err == nil, err
}

var program = "git"

func ByProgram(name string) bool { return exec.Command(program, "inspect", name).Run() == nil }

type client struct{ path string }

func newClient(path string) *client { return &client{path: path} }

func (c *client) Exists(name string) bool { return exec.Command(c.path, "inspect", name).Run() == nil }

// It is the one that runs that is asked, and it is no runtime.
type process struct{ cmd *exec.Cmd }

func (p *process) Run() error { return p.cmd.Run() }

func ByStruct(name string) bool {
	return (&process{exec.Command("make", "inspect", name)}).Run() == nil
}

func ByStructTold(name string) error {
	return (&process{exec.Command("docker", "inspect", name)}).Run()
}

type executor interface {
	Execute(args ...string) (string, error)
}

func ByInterface(e executor, name string) (string, error) {
	return e.Execute("container", "inspect", name)
}

func ByInterfaceAny(e executor, name string) bool {
	_, err := e.Execute("inspect", name)
	return err == nil
}

func Recreate(name string) error {
	if _, err := docker("inspect", name); err != nil && !strings.Contains(err.Error(), "No such object") {
		return err
	}
	if _, err := docker("rm", "-f", name); err != nil {
		return err
	}
	_, err := docker("run", "-d", "--name", name, "image")
	return err
}

type guest interface{ RunQuiet(words ...string) error }

// It is a service that is called so.
func ByService(g guest) bool { return g.RunQuiet("sudo", "service", "helm", "status") == nil }
