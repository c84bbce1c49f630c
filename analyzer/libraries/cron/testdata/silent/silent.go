// Package silent tells a user without a table from a failure.
package silent

import (
	"os/exec"
	"strings"
)

func crontab(user string) (string, error) {
	out, err := exec.Command("crontab", "-u", user, "-l").CombinedOutput()
	if err != nil && strings.Contains(string(out), "no crontab for") {
		return "", nil
	}
	return string(out), err
}

// write asks nobody.
func write(user, table string) bool {
	cmd := exec.Command("crontab", "-u", user, "-")
	cmd.Stdin = strings.NewReader(table)
	return cmd.Run() == nil
}
