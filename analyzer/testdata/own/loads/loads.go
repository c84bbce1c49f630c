// Package loads uses the client whose calls another package has said.
package loads

import (
	"errors"

	"testdata/own/table"
)

func Exists(c *table.Client, id string) bool {
	var m table.Machine
	err := c.Load(id, &m)
	return err == nil // want `Exists: answers false, as for a machine that does not exist, when Load times out \(collapse\)`
}

func Sweep(c *table.Client, id string) error {
	var m table.Machine
	_ = c.Load(id, &m)
	if m.Name == "" {
		return c.Drop(id) // want `Sweep: calls Drop, as for a machine that does not exist, when Load times out \(destroy\)`
	}
	return nil
}

func Right(c *table.Client, id string) (bool, error) {
	var m table.Machine
	err := c.Load(id, &m)
	if errors.Is(err, table.ErrGone) {
		return false, nil
	}
	return err == nil, err
}
