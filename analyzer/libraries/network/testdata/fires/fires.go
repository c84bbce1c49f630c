// Package fires takes every failure for a rule, a chain or a set that does not exist.
package fires

import "os/exec"

func RuleExists(rule ...string) bool {
	return exec.Command("iptables", append([]string{"-t", "nat", "-C"}, rule...)...).Run() == nil // want `RuleExists: answers false, as for a rule that does not exist, when iptables times out \(collapse\)`
}

func ChainExists(table, chain string) bool {
	return exec.Command("nft", "list", "chain", "inet", table, chain).Run() == nil // want `ChainExists: answers false, as for a chain that does not exist, when nft list chain times out \(collapse\)`
}

func SetExists(name string) bool { return exec.Command("ipset", "list", name).Run() == nil } // want `SetExists: answers false, as for a set that does not exist, when ipset list times out \(collapse\)`
