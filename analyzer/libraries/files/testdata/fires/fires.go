// Package fires empties what it could not look at.
package fires

import "os"

func Open(name string, truncate bool) (*os.File, error) {
	if _, err := os.Stat(name); truncate || err != nil {
		return os.Create(name) // want `Open: calls Create, as for a file that does not exist, when Stat is not permitted \(destroy\)`
	}
	return os.OpenFile(name, os.O_APPEND, 0o600)
}
