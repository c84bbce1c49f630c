// Package silent tells a unit that does not run from a systemd that does not answer.
package silent

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"

	"github.com/coreos/go-systemd/v22/dbus"
)

func Active(ctx context.Context, conn *dbus.Conn, unit string) (bool, error) {
	property, err := conn.GetUnitPropertyContext(ctx, unit, "ActiveState")
	if err != nil {
		return false, err
	}
	return property.Value.Value() == "active", nil
}

func Listed(ctx context.Context, conn *dbus.Conn, unit string) (bool, error) {
	units, err := conn.ListUnitsByNamesContext(ctx, []string{unit})
	return len(units) > 0, err
}

func IsActive(unit string) (bool, error) {
	err := exec.Command("systemctl", "is-active", "--quiet", unit).Run()
	var exit *exec.ExitError
	if errors.As(err, &exit) && (exit.ExitCode() == 3 || exit.ExitCode() == 4) {
		return false, nil
	}
	return err == nil, err
}

func status(args ...string) (int, error) {
	cmd := exec.Command("systemctl", args...)
	err := cmd.Run()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return exit.ExitCode(), nil
	}
	return 0, err
}

func ByStatus(unit string) (bool, error) {
	code, err := status("is-active", unit)
	if err != nil {
		return false, err
	}
	switch code {
	case 0:
		return true, nil
	case 3, 4:
		return false, nil
	}
	return false, fmt.Errorf("systemctl: %d", code)
}

func ByProcess(unit string) (bool, error) {
	cmd := exec.Command("systemctl", "is-active", unit)
	err := cmd.Run()
	if err != nil && cmd.ProcessState != nil && cmd.ProcessState.ExitCode() == 3 {
		return false, nil
	}
	return err == nil, err
}

// What it prints says how it is, whatever it ends with.
func ByWord(unit string) (bool, error) {
	out, err := exec.Command("systemctl", "is-active", unit).Output()
	switch strings.TrimSpace(string(out)) {
	case "active":
		return true, nil
	case "inactive", "failed":
		return false, nil
	}
	return false, err
}

func Started(unit string) bool { return exec.Command("systemctl", "start", unit).Run() == nil }

func Up() bool { return exec.Command("systemctl", "is-system-running").Run() == nil }
