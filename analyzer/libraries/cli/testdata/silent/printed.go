package silent

import (
	"bytes"
	"os/exec"
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
