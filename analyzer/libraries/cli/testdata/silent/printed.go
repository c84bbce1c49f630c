package silent

import (
	"bytes"
	"errors"
	"os/exec"
	"regexp"
	"slices"
	"strings"
)

func InWords(name string) (bool, error) {
	out, err := exec.Command("docker", "ps", "--format", "{{.Names}}").Output()
	if err != nil {
		return false, err
	}
	return slices.Contains(strings.Fields(string(out)), name), nil
}

// What it fails with is printed, too: it may well be what is looked for.
func Printed(name string) bool {
	out, _ := exec.Command("docker", "ps", "--format", "{{.Names}}").CombinedOutput()
	return strings.Contains(string(out), name)
}

func Missing(name string) bool {
	out, err := exec.Command("docker", "ps", "--format", "{{.Names}}").Output()
	return err == nil && !bytes.Contains(out, []byte(name))
}

func InLines(name string) (bool, error) {
	out, err := exec.Command("docker", "ps", "--format", "{{.Names}}").Output()
	if err != nil {
		return false, err
	}
	return slices.Contains(strings.Split(strings.TrimSpace(string(out)), "\n"), name), nil
}

// An empty text has one line.
func Lines() bool {
	out, err := exec.Command("docker", "ps", "--format", "{{.Names}}").Output()
	if err != nil {
		return false
	}
	return len(strings.Split(string(out), "\n")) > 0
}

// A pattern of what is printed about absence.
var noSuch = regexp.MustCompile(`No such (object|container)`)

func ByPattern(name string) (bool, error) {
	_, why, status := execute("docker", "inspect", name)
	switch {
	case status == 0:
		return true, nil
	case noSuch.FindString(why) != "":
		return false, nil
	}
	return false, errors.New(why)
}

func BySubmatch(name string) (bool, error) {
	out, err := exec.Command("docker", "inspect", name).CombinedOutput()
	if err != nil && noSuch.FindSubmatch(out) != nil {
		return false, nil
	}
	return err == nil, err
}

// execute answers what is printed to buffers, and a status.
func execute(program string, args ...string) (stdout, stderr string, status int) {
	cmd := exec.Command(program, args...)
	var out, why bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &why
	if err := cmd.Run(); err != nil {
		return out.String(), why.String(), cmd.ProcessState.ExitCode()
	}
	return out.String(), why.String(), 0
}
