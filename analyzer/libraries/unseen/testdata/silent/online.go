package silent

import (
	"errors"
	"fmt"
)

// A disks is in memory.
type disks map[string]*lun

// A lun is a disk.
type lun struct{ ID string }

var errNoLun = errors.New("no such lun")

func (d disks) LunGet(id string) (*lun, error) {
	l, ok := d[id]
	if !ok {
		return nil, fmt.Errorf("%s: %w", id, errNoLun)
	}
	return l, nil
}

// It is named for what it asks, and asks nobody.
func Mapped(d disks, id string) bool {
	l, err := d.LunGet(id)
	if err != nil {
		return false
	}
	return l.ID != ""
}
