// Package silent tells a domain that does not exist from a libvirt that does not answer.
package silent

import (
	"errors"
	"os/exec"
	"strings"

	"github.com/digitalocean/go-libvirt"
)

func Exists(l *libvirt.Libvirt, name string) (bool, error) {
	_, err := l.DomainLookupByName(name)
	if libvirt.IsNotFound(err) {
		return false, nil
	}
	return err == nil, err
}

func is(err error, codes ...libvirt.ErrorNumber) bool {
	var e libvirt.Error
	if !errors.As(err, &e) {
		return false
	}
	for _, code := range codes {
		if e.Code == uint32(code) {
			return true
		}
	}
	return false
}

func Ensure(l *libvirt.Libvirt, uuid libvirt.UUID, xml string) error {
	if _, err := l.SecretLookupByUUID(uuid); err != nil {
		if !is(err, libvirt.ErrNoSecret) {
			return err
		}
		_, err = l.SecretDefineXML(xml, 0)
		return err
	}
	return nil
}

func Typed(l *libvirt.Libvirt, name string) (bool, error) {
	_, err := l.NetworkLookupByName(name)
	var e libvirt.Error
	if errors.As(err, &e) && libvirt.ErrorNumber(e.Code) == libvirt.ErrNoNetwork {
		return false, nil
	}
	return err == nil, err
}

func Running(l *libvirt.Libvirt, domain libvirt.Domain) (bool, error) {
	state, _, err := l.DomainGetState(domain, 0)
	return state == int32(libvirt.DomainRunning), err
}

func Pools(l *libvirt.Libvirt) (int, error) {
	pools, _, err := l.ConnectListAllStoragePools(1, 0)
	return len(pools), err
}

// The question is whether the daemon answers.
func Up(l *libvirt.Libvirt) bool {
	_, err := l.ConnectGetLibVersion()
	return err == nil
}

func Resumed(l *libvirt.Libvirt, domain libvirt.Domain) bool { return l.DomainResume(domain) == nil }

func virsh(args ...string) (string, error) {
	out, err := exec.Command("virsh", append([]string{"--connect", "qemu:///system"}, args...)...).CombinedOutput()
	return strings.TrimSpace(string(out)), err
}

func Defined(name string) (bool, error) {
	out, err := virsh("dominfo", name)
	if err != nil && strings.Contains(out, "failed to get domain") {
		return false, nil
	}
	return err == nil, err
}

func State(name string) (string, error) { return virsh("domstate", name) }

func Started(name string) bool {
	_, err := virsh("start", name)
	return err == nil
}
