// Package use uses package rt.
package use

import "testdata/own/rt"

func Collapsed(c *rt.Client, id string) bool {
	_, err := c.Inspect(id)
	return err == nil // want `Collapsed: answers false, as for something that does not exist, when Inspect times out \(collapse\)`
}

func Destroyed(c *rt.Client, id string) {
	if _, err := c.Inspect(id); err != nil {
		c.Wipe(id) // want `Destroyed: calls Wipe, .* when Inspect times out \(destroy\)`
	}
}

func Dropped(r rt.Runtime, id string, start func()) {
	up, _ := r.Look(id) // want `Dropped: drops the error of Look .* \(discard\)`
	if !up {
		start()
	}
}

func Gated(c *rt.Client, id string) bool {
	_, err := c.Inspect(id)
	return !rt.Absent(err)
}

func GatedWipe(c *rt.Client, id string) error {
	_, err := c.Inspect(id)
	if rt.Absent(err) {
		return c.Wipe(id)
	}
	return err
}

func Returned(r rt.Runtime, id string) (bool, error) {
	return r.Look(id)
}
