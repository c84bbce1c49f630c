package fires

import "os/exec"

// executable finds a program where the host has it.
func executable(family, name string) (string, error) {
	if family == "nixos" {
		return "/run/current-system/sw/bin/" + name, nil
	}
	return exec.LookPath(name)
}

func command(program string, args ...string) *exec.Cmd {
	return exec.Command(program, args...)
}

func located(family, unit string) bool {
	path, err := executable(family, "systemctl")
	if err != nil {
		return false
	}
	return command(path, "is-active", unit).Run() == nil // want `located: answers false, as for a unit that does not exist, when systemctl is-active times out \(collapse\)`
}

func handed(systemctl, unit string) []string {
	out, err := command(systemctl, "show", unit, "-p", "Id", "--value").Output()
	if err != nil {
		return nil // want `handed: answers nil, as for a unit that does not exist, when systemctl show times out \(collapse\)`
	}
	return []string{string(out)}
}
