// Package silent knows that 1 is absence, and 4 a lock.
package silent

import (
	"errors"
	"os/exec"
	"strings"
)

func RuleExists(rule ...string) (bool, error) {
	err := exec.Command("iptables", append([]string{"-C"}, rule...)...).Run()
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() == 1 {
		return false, nil
	}
	return err == nil, err
}

func SetExists(name string) (bool, error) {
	out, err := exec.Command("ipset", "list", name).CombinedOutput()
	if err != nil && strings.Contains(string(out), "does not exist") {
		return false, nil
	}
	return err == nil, err
}

func Appended(rule ...string) bool {
	return exec.Command("iptables", append([]string{"-A"}, rule...)...).Run() == nil
}

func Installed() bool { return exec.Command("nft", "--version").Run() == nil }

// Of the kernel it runs on, ip is told at once.
func DeviceExists(name string) bool { return exec.Command("ip", "link", "show", name).Run() == nil }
