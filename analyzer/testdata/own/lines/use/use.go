// Package use says something else of one call, and the last that is said counts.
package use

import "testdata/own/lines/rt"

//errswallow:catalogue query (*testdata/own/lines/rt.Client).Load volume out=1

func Exists(c *rt.Client, id string) (bool, error) {
	var m rt.Machine
	if err := c.Load(id, &m); err != nil {
		return false, nil // want `Exists: answers \(false, nil\), as for a volume that does not exist, when Load times out \(collapse\)`
	}
	return true, nil
}
