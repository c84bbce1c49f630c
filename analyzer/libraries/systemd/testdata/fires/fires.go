// Package fires takes a systemd that does not answer for a unit that does not run.
package fires

import (
	"context"
	"os/exec"
	"strings"

	"github.com/coreos/go-systemd/v22/dbus"
)

func Active(ctx context.Context, conn *dbus.Conn, unit string) bool {
	property, err := conn.GetUnitPropertyContext(ctx, unit, "ActiveState")
	if err != nil {
		return false // want `Active: answers false, as for .* when GetUnitPropertyContext times out \(collapse\)`
	}
	return property.Value.Value() == "active"
}

func Listed(ctx context.Context, conn *dbus.Conn, unit string) bool {
	units, _ := conn.ListUnitsByNamesContext(ctx, []string{unit}) // want `Listed: drops the error of ListUnitsByNamesContext and answers false, as for .* when ListUnitsByNamesContext times out \(discard\)`
	return len(units) > 0
}

func IsActive(unit string) bool {
	return exec.Command("systemctl", "is-active", "--quiet", unit).Run() == nil // want `IsActive: answers false, as for .* when systemctl is-active times out \(collapse\)`
}

func systemctl(args ...string) (string, error) {
	out, err := exec.Command("systemctl", append([]string{"--user"}, args...)...).Output()
	return strings.TrimSpace(string(out)), err
}

func IsEnabled(unit string) (bool, error) {
	out, err := systemctl("is-enabled", unit)
	if err != nil {
		return false, nil // want `IsEnabled: answers \(false, nil\), as for .* when systemctl is-enabled times out \(collapse\)`
	}
	return out == "enabled", nil
}

// 1 is a fault.
func ByStatus(unit string) (bool, error) {
	cmd := exec.Command("systemctl", "is-active", unit)
	if err := cmd.Run(); err != nil && cmd.ProcessState.ExitCode() != 0 {
		return false, nil // want `ByStatus: answers \(false, nil\), as for .* when systemctl is-active times out \(collapse\)`
	}
	return true, nil
}

func Shown(unit string) bool {
	out, _ := systemctl("show", "-p", "MainPID", "--value", unit) // want `Shown: drops the error of systemctl show and answers false, as for .* when systemctl show times out \(discard\)`
	return out != "" && out != "0"
}
