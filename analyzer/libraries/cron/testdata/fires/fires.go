// Package fires takes every failure for a user without a table.
package fires

import (
	"os/exec"
	"strings"
)

func crontab(user string) string {
	out, err := exec.Command("crontab", "-u", user, "-l").Output()
	if err != nil {
		return "" // want `crontab: answers "", as for a table that does not exist, when crontab times out \(collapse\)`
	}
	return string(out)
}

func Jobs(user string) ([]string, error) {
	path, err := exec.LookPath("crontab")
	if err != nil {
		return nil, err
	}
	out, err := exec.Command(path, "-l", "-u", user).Output()
	if err != nil {
		return nil, nil // want `Jobs: answers \(nil, nil\), as for a table that does not exist, when crontab times out \(empty\)`
	}
	return strings.Split(string(out), "\n"), nil
}
