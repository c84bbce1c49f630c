// Package origin tells the packages that are their users' own from those that were
// fetched.
package origin

import (
	"path/filepath"
	"strings"
)

// Fetched reports whether a file belongs to a module that was fetched at a version: it
// stands in the module cache, or among what is vendored. A module that a folder
// replaces has a version, too, and stands where its users mend it.
func Fetched(name string) bool {
	name = filepath.ToSlash(name)
	return strings.Contains(name, "@v") || strings.Contains(name, "/vendor/")
}
