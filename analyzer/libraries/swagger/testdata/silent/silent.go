// Package silent tells a container that does not exist from a server that does not answer.
package silent

import (
	"errors"

	"testdata/containers"
)

func Exists(c *containers.Client, name string) (bool, error) {
	_, err := c.ContainerInspect(&containers.ContainerInspectParams{Name: name})
	var absent *containers.ContainerInspectNotFound
	if errors.As(err, &absent) {
		return false, nil
	}
	return err == nil, err
}

func Any(c *containers.Client) (bool, error) {
	got, err := c.ContainerList(&containers.ContainerListParams{All: true})
	if err != nil {
		return false, err
	}
	return len(got.Payload) > 0, nil
}

func Renamed(c *containers.Client, name string) bool {
	_, err := c.ContainerRename(&containers.ContainerRenameParams{Name: name})
	return err == nil
}
