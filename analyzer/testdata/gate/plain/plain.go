// Package plain calls no client.
package plain

import "os"

func Exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}
