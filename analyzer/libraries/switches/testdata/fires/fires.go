// Package fires takes every failure for a bridge that does not exist.
package fires

import (
	"os/exec"
	"strings"
)

func BridgeExists(name string) bool {
	return exec.Command("ovs-vsctl", "br-exists", name).Run() == nil // want `BridgeExists: answers false, as for a bridge that does not exist, when ovs-vsctl br-exists times out \(collapse\)`
}

func Ports(bridge string) []string {
	out, err := exec.Command("ovs-vsctl", "--timeout", "5", "list-ports", bridge).Output()
	if err != nil {
		return nil // want `Ports: answers nil, as for a port that does not exist, when ovs-vsctl list-ports times out \(collapse\)`
	}
	return strings.Fields(string(out))
}
