package fires

import (
	"bytes"
	"os/exec"
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
