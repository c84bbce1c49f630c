// Package fires takes a libvirt that does not answer for a domain that does not exist.
package fires

import (
	"fmt"
	"os/exec"
	"strings"

	"github.com/digitalocean/go-libvirt"
)

func Exists(l *libvirt.Libvirt, name string) bool {
	_, err := l.DomainLookupByName(name)
	return err == nil // want `Exists: answers false, as for .* when DomainLookupByName times out \(collapse\)`
}

func Running(l *libvirt.Libvirt, domain libvirt.Domain) (bool, error) {
	state, _, err := l.DomainGetState(domain, 0)
	if err != nil {
		return false, nil // want `Running: answers \(false, nil\), as for .* when DomainGetState times out \(collapse\)`
	}
	return state == int32(libvirt.DomainRunning), nil
}

func Ensure(l *libvirt.Libvirt, name, xml string) error {
	if _, err := l.NetworkLookupByName(name); err != nil {
		_, err = l.NetworkDefineXML(xml) // want `Ensure: calls NetworkDefineXML, as for .* when NetworkLookupByName times out \(destroy\)`
		return err
	}
	return nil
}

func Pools(l *libvirt.Libvirt) bool {
	pools, _, _ := l.ConnectListAllStoragePools(1, 0) // want `Pools: drops the error of ConnectListAllStoragePools and answers false, as for .* when ConnectListAllStoragePools times out \(discard\)`
	return len(pools) > 0
}

func IsThere(l *libvirt.Libvirt, name string) (bool, error) {
	domain, err := lookup(l, name)
	if err != nil {
		return false, nil // want `IsThere: answers \(false, nil\), as for .* when lookup \(DomainLookupByName\) times out \(collapse\)`
	}
	return domain.Name != "", nil
}

func lookup(l *libvirt.Libvirt, name string) (libvirt.Domain, error) {
	domain, err := l.DomainLookupByName(name)
	if err != nil {
		return libvirt.Domain{}, fmt.Errorf("domain %s: %w", name, err)
	}
	return domain, nil
}

// The command line.
func Defined(name string) bool {
	return exec.Command("virsh", "-c", "qemu:///system", "dominfo", name).Run() == nil // want `Defined: answers false, as for .* when virsh dominfo times out \(collapse\)`
}

func virsh(args ...string) (string, error) {
	line := []string{"--connect", "qemu:///system"}
	line = append(line, args...)
	out, err := exec.Command("virsh", line...).CombinedOutput()
	return strings.TrimSpace(string(out)), err
}

func NetworkActive(name string) bool {
	out, err := virsh("net-info", name)
	if err != nil {
		return false // want `NetworkActive: answers false, as for .* when virsh net-info times out \(collapse\)`
	}
	return strings.Contains(out, "Active: yes")
}

func Recreate(name, file string) error {
	if _, err := virsh("domstate", name); err != nil {
		_, err = virsh("define", file) // want `Recreate: calls virsh define, as for .* when virsh domstate times out \(destroy\)`
		return err
	}
	return nil
}
