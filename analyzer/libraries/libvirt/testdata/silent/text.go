package silent

import (
	"errors"
	"strings"

	"github.com/digitalocean/go-libvirt"
)

var errNotFound = errors.New("no such network")

// What a Docker daemon says of a page libvirt does not say.
func Network(l *libvirt.Libvirt, name string) (*libvirt.Network, error) {
	network, err := l.NetworkLookupByName(name)
	if err != nil {
		if strings.Contains(err.Error(), "not found") {
			return nil, errNotFound
		}
		return nil, err
	}
	return &network, nil
}
