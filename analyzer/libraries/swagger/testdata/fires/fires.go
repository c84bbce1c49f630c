// Package fires takes a server that does not answer for a container that does not exist.
package fires

import (
	"fmt"

	"testdata/containers"
)

func Exists(c *containers.Client, name string) bool {
	_, err := c.ContainerInspect(&containers.ContainerInspectParams{Name: name})
	return err == nil // want `Exists: answers false, as for .* when ContainerInspect times out \(collapse\)`
}

type container struct {
	id      string
	running bool
}

func inspect(c *containers.Client, name string) (*container, error) {
	got, err := c.ContainerInspect(&containers.ContainerInspectParams{Name: name})
	if err != nil {
		return nil, fmt.Errorf("inspect %s: %w", name, err)
	}
	return &container{id: got.Payload.ID, running: got.Payload.Running}, nil
}

// An object that is made of what was answered is an answer.
func Running(c *containers.Client, name string) bool {
	got, err := inspect(c, name)
	return err == nil && got.running // want `Running: answers false, as for .* when inspect \(ContainerInspect\) times out \(collapse\)`
}

func Recreate(c *containers.Client, name string) error {
	if _, err := inspect(c, name); err == nil {
		return nil
	}
	_, err := c.ContainerCreate(&containers.ContainerCreateParams{Name: name}) // want `Recreate: calls ContainerCreate, as for .* when inspect \(ContainerInspect\) times out \(destroy\)`
	return err
}
