// Package fires takes every failure for a pool, or an image, that does not exist.
package fires

import (
	"encoding/json"
	"log"
	"os/exec"
)

func run(name string, args ...string) ([]byte, error) {
	return exec.Command(name, args...).Output()
}

func Pools() []string {
	out, err := run("ceph", "osd", "pool", "ls", "--format", "json")
	if err != nil {
		return nil // want `Pools: answers nil, as for a pool that does not exist, when ceph osd pool ls times out \(collapse\)`
	}
	var names []string
	if err := json.Unmarshal(out, &names); err != nil {
		return nil
	}
	return names
}

func ImageExists(pool, name string) bool {
	_, err := run("rbd", "-p", pool, "info", name)
	return err == nil // want `ImageExists: answers false, as for an image that does not exist, when rbd info times out \(collapse\)`
}

func MirrorMode(pool string) (string, error) {
	out, err := run("rbd", "mirror", "pool", "info", pool)
	if err != nil {
		log.Print(err)
		return "disabled", nil // want `MirrorMode: answers \("disabled", nil\), as for a pool that does not exist, when rbd mirror pool info times out \(collapse\)`
	}
	return string(out), nil
}

func Renew(pool string) error {
	if _, err := run("ceph", "osd", "pool", "get", pool, "size"); err != nil {
		_, err := run("ceph", "osd", "pool", "create", pool) // want `Renew: calls ceph osd pool create, as for a pool that does not exist, when ceph osd pool get times out \(destroy\)`
		return err
	}
	return nil
}
