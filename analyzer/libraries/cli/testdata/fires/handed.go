package fires

import (
	"os/exec"

	"testdata/helper"
)

// Helpers that are handed the command: this package's, and another's.
func perform(cmd *exec.Cmd) error { return cmd.Run() }

func combined(cmd *exec.Cmd) ([]byte, error) { return cmd.CombinedOutput() }

func HandedCommand(name string) bool { return perform(exec.Command("docker", "inspect", name)) == nil } // want `HandedCommand: answers false, as for .* when docker inspect times out \(collapse\)`

func HandedForOutput(name string) bool {
	out, err := combined(exec.Command("docker", "ps", "-q", "--filter", "name="+name))
	return err == nil && len(out) > 0 // want `HandedForOutput: answers false, as for .* when docker ps times out \(collapse\)`
}

func HandedElsewhere(name string) bool {
	return helper.Run(exec.Command("docker", "inspect", name)) == nil // want `HandedElsewhere: answers false, as for .* when docker inspect times out \(collapse\)`
}

func HandedForText(name string) bool {
	cmd := exec.Command("docker", "ps", "-q", "--filter", "name="+name)
	return helper.Output(cmd) != "" // want `HandedForText: answers false, as for .* when docker ps times out \(collapse\)`
}

func HandedInterface(name string) bool {
	cmd := helper.Command("docker", "inspect", name)
	_, err := helper.Lines(cmd)
	return err == nil // want `HandedInterface: answers false, as for .* when docker inspect times out \(collapse\)`
}

func HandedThrough(name string) bool {
	lines, _ := through(helper.Command("docker", "ps", "-q", "--filter", "name="+name)) // want `HandedThrough: drops the error of docker ps and answers false, as for .* when docker ps times out \(discard\)`
	return len(lines) > 0
}

func through(cmd helper.Cmd) ([]string, error) { return helper.Lines(cmd) }

// A struct around the command that is not run by a method of its own.
type job struct {
	dir string
	cmd *exec.Cmd
}

func newJob(dir, name string, args ...string) *job { return &job{dir, exec.Command(name, args...)} }

func (j *job) wait() error { return j.cmd.Run() }

func finish(j *job) error { return j.cmd.Run() }

func HandedStruct(name string) bool {
	return finish(&job{cmd: exec.Command("docker", "inspect", name)}) == nil // want `HandedStruct: answers false, as for .* when docker inspect times out \(collapse\)`
}

func HandedMade(name string) bool {
	return finish(newJob("/", "docker", "inspect", name)) == nil // want `HandedMade: answers false, as for .* when docker inspect times out \(collapse\)`
}

func HandedReceiver(name string) bool {
	return newJob("/", "docker", "inspect", name).wait() == nil // want `HandedReceiver: answers false, as for .* when docker inspect times out \(collapse\)`
}

// It tries again by calling itself, and answers what it answers otherwise.
func patient(retry int, args ...string) (string, error) {
	out, err := exec.Command("docker", args...).CombinedOutput()
	if err != nil && retry > 0 {
		return patient(retry-1, args...)
	}
	return string(out), err
}

func ByPatience(name string) bool {
	_, err := patient(3, "inspect", name)
	return err == nil // want `ByPatience: answers false, as for .* when docker inspect times out \(collapse\)`
}
