// Package fires takes every failure for a service that does not exist.
package fires

import (
	"os/exec"
	"strings"
)

func Loaded(label string) bool { return exec.Command("sudo", "launchctl", "list", label).Run() == nil } // want `Loaded: answers false, as for a service that does not exist, when launchctl list times out \(collapse\)`

func Status(label string) (string, error) {
	out, err := exec.Command("launchctl", "list", label).Output()
	if err != nil {
		return "inactive", nil // want `Status: answers \("inactive", nil\), .* when launchctl list times out \(collapse\)`
	}
	if strings.Contains(string(out), "PID") {
		return "active", nil
	}
	return "inactive", nil
}

func Printed(target string) bool { return exec.Command("launchctl", "print", target).Run() == nil } // want `Printed: answers false, as for .* when launchctl print times out \(collapse\)`

func Started(name string) bool { return exec.Command("initctl", "status", name).Run() == nil } // want `Started: answers false, as for .* when initctl status times out \(collapse\)`

func Known(name string) bool { return exec.Command("sc.exe", "query", name).Run() == nil } // want `Known: answers false, as for .* when sc query times out \(collapse\)`

func Recreate(name, path string) error {
	if exec.Command("sc", "query", name).Run() != nil {
		return exec.Command("sc", "create", name, "binPath=", path).Run() // want `Recreate: calls sc create, as for .* when sc query times out \(destroy\)`
	}
	return nil
}
