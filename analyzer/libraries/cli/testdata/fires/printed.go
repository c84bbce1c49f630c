package fires

import (
	"bytes"
	"os/exec"
	"regexp"
	"slices"
	"strings"
)

// What is printed is searched for the name: where nothing is printed it is not there.
func InWords(name string) bool {
	out, err := exec.Command("docker", "ps", "--format", "{{.Names}}").Output()
	if err != nil {
		return false // want `InWords: answers false, as for .* when docker ps times out \(collapse\)`
	}
	return slices.Contains(strings.Fields(string(out)), name)
}

func InText(name string) bool {
	out, _ := exec.Command("docker", "ps", "--format", "{{.Names}}").Output() // want `InText: drops the error of docker ps and answers false, as for .* when docker ps times out \(discard\)`
	return strings.Contains(string(out), name)
}

func InBytes(name []byte) bool {
	out, err := exec.Command("docker", "ps", "--format", "{{.Names}}").Output()
	return err == nil && bytes.Contains(out, name) // want `InBytes: answers false, as for .* when docker ps times out \(collapse\)`
}

func InLines(name string) bool {
	out, err := exec.Command("docker", "ps", "--format", "{{.Names}}").Output()
	if err != nil {
		return false // want `InLines: answers false, as for .* when docker ps times out \(collapse\)`
	}
	return slices.Contains(strings.Split(strings.TrimSpace(string(out)), "\n"), name)
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

func BehindHeader(image string) bool {
	stdout, _, status := execute("crictl", "images", image)
	if status != 0 {
		return false // want `BehindHeader: answers false, as for .* when crictl images times out \(collapse\)`
	}
	return len(strings.Split(strings.TrimSpace(stdout), "\n")) > 1
}

// A pattern that a fault matches, too.
var failure = regexp.MustCompile(`(?i)error|timeout|deadline|cannot connect|no such`)

func ByPattern(name string) (bool, error) {
	out, err := exec.Command("docker", "inspect", name).CombinedOutput()
	if err != nil && failure.FindString(string(out)) != "" {
		return false, nil // want `ByPattern: takes a fault for the absence of an object: .* when docker inspect fails with .* \(overbroad\)`
	}
	return err == nil, err
}
