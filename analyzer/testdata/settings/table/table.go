// Package table is a client whose calls a file says, see own.cat.
package table

import "errors"

type Machine struct{ Name string }

type Client struct{}

func (c *Client) Load(id string, into *Machine) error { return errors.New("timeout") }

func IsGone(err error) bool { return false }

func Exists(c *Client, id string) (bool, error) {
	var m Machine
	if err := c.Load(id, &m); err != nil {
		return false, nil // want `Exists: answers \(false, nil\), as for a machine that does not exist, when Load times out \(collapse\)`
	}
	return true, nil
}

func Right(c *Client, id string) (bool, error) {
	var m Machine
	err := c.Load(id, &m)
	if IsGone(err) {
		return false, nil
	}
	return true, err
}
