// Package silent tells a pool, or an image, that does not exist from a failure.
package silent

import (
	"errors"
	"os/exec"
)

func run(name string, args ...string) ([]byte, error) {
	return exec.Command(name, args...).Output()
}

func Pools() ([]byte, error) { return run("ceph", "osd", "pool", "ls") }

// ENOENT is the status of what is not there.
func ImageExists(pool, name string) (bool, error) {
	_, err := run("rbd", "-p", pool, "info", name)
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() == 2 {
		return false, nil
	}
	return err == nil, err
}

func Ensure(pool string) error {
	_, err := run("ceph", "osd", "pool", "get", pool, "size")
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() == 2 {
		_, err = run("ceph", "osd", "pool", "create", pool)
	}
	return err
}

func Installed() bool {
	_, err := run("ceph", "version")
	return err == nil
}

func MirrorMode(pool string) (string, error) {
	out, err := run("rbd", "mirror", "pool", "info", pool)
	return string(out), err
}
