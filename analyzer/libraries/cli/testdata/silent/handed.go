package silent

import (
	"os/exec"
	"strings"

	"testdata/helper"
)

// Helpers that are handed the command: this package's, and another's.
func combined(cmd *exec.Cmd) ([]byte, error) { return cmd.CombinedOutput() }

func HandedCommand(name string) (bool, error) {
	out, err := combined(exec.Command("docker", "inspect", name))
	if err != nil && strings.Contains(string(out), "No such object") {
		return false, nil
	}
	return err == nil, err
}

func HandedInterface(name string) (bool, error) {
	lines, err := helper.Lines(helper.Command("docker", "ps", "-q", "--filter", "name="+name))
	return len(lines) > 0, err
}

func HandedElsewhere(name string) error { return helper.Run(exec.Command("docker", "inspect", name)) }

// What is run is no question, or is not known.
func HandedStart(name string) bool {
	return helper.Run(exec.Command("docker", "start", name)) == nil
}

func HandedAny(cmd *exec.Cmd) bool { return helper.Run(cmd) == nil }

func HandedOther(name string) bool {
	_, err := helper.Lines(helper.Command("make", "inspect", name))
	return err == nil
}

// One that has a method of that name and is no command.
type task interface{ Run() error }

func finish(t task) error { return t.Run() }

type build struct{ name string }

func (b build) Run() error { return exec.Command("make", b.name).Run() }

func HandedTask() bool { return finish(build{"inspect"}) == nil }

// A struct around the command.
type job struct{ cmd *exec.Cmd }

func (j *job) wait() error { return j.cmd.Run() }

func HandedReceiver(name string) error {
	return (&job{exec.Command("docker", "inspect", name)}).wait()
}

// It tries again by calling itself, and answers what it answers otherwise.
type info struct{ Status string }

func patient(retry int, args ...string) (string, error) {
	out, err := exec.Command("docker", args...).CombinedOutput()
	if err != nil && retry > 0 {
		return patient(retry-1, args...)
	}
	return string(out), err
}

func ByPatience(name string) (*info, error) {
	out, err := patient(3, "inspect", name)
	if err != nil {
		return nil, err
	}
	i := &info{}
	if strings.Contains(out, "running") {
		i.Status = "running"
	}
	return i, nil
}
