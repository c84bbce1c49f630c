package fires

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
)

// A disks speaks a protocol of its own: all is asked by POST.
type disks struct{ url string }

func (d *disks) send(method string, into any) error {
	body, err := json.Marshal(map[string]string{"method": method})
	if err != nil {
		return err
	}
	resp, err := http.Post(d.url, "application/json", bytes.NewReader(body))
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return errors.New(resp.Status)
	}
	return json.NewDecoder(resp.Body).Decode(into)
}

// A lun is a disk.
type lun struct{ ID string }

func (d *disks) LunGet(id string) (*lun, error) {
	var l lun
	if err := d.send("lun.get "+id, &l); err != nil {
		return nil, err
	}
	return &l, nil
}

// It is named for what it asks, and what it does is known to leave the machine.
func Mapped(d *disks, id string) bool {
	l, err := d.LunGet(id)
	if err != nil {
		return false // want `Mapped: answers false, as for a lun that does not exist, when fires\.LunGet of a lun times out \(collapse\)`
	}
	return l.ID != ""
}
