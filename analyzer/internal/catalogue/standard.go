package catalogue

import (
	"slices"
	"strings"
)

// Standard reports whether a package is of the standard library: a driver may run the pass
// over that, too, and nothing in it is a user's to mend. A module of one's own may have a
// name without a dot, and these are the first words of the paths that it cannot have.
func Standard(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return slices.Contains(standardPaths, first)
}

var standardPaths = strings.Fields(`archive bufio builtin bytes cmd cmp compress container context crypto database
	debug embed encoding errors expvar flag fmt go hash html image index internal io iter log maps math mime
	net os path plugin reflect regexp runtime slices sort strconv strings structs sync syscall testing text time
	unicode unique unsafe vendor weak`)
