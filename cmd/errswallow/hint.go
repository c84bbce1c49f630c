package main

import (
	"fmt"
	"slices"
	"strings"
)

// hint adds to an error of loading packages what its reader probably wants.
func hint(err error, patterns []string) error {
	text := err.Error()
	says := func(parts ...string) bool {
		return slices.ContainsFunc(parts, func(part string) bool { return strings.Contains(text, part) })
	}
	switch {
	case strings.Contains(text, "\n"):
		return err
	case slices.Equal(patterns, []string{"."}) && says("no Go files in"):
		return fmt.Errorf("%w (./... names all packages below)", err)
	case says("go.mod file not found", "does not contain main module", "does not contain package"):
		return fmt.Errorf("%w (errswallow -C DIR goes to a module's folder first)", err)
	}
	return err
}
