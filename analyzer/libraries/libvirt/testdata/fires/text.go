package fires

import (
	"errors"
	"strings"

	"github.com/digitalocean/go-libvirt"
)

var errNotFound = errors.New("no such network")

// A socket that is not there is a daemon that is down.
func Network(l *libvirt.Libvirt, name string) (*libvirt.Network, error) {
	network, err := l.NetworkLookupByName(name)
	if err != nil {
		if strings.Contains(strings.ToLower(err.Error()), "no such") || strings.Contains(err.Error(), "not found") {
			return nil, errNotFound // want `Network: .* when NetworkLookupByName fails with ".*[Nn]o such file or directory" \(overbroad\)`
		}
		return nil, err
	}
	return &network, nil
}
