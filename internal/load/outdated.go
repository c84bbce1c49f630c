package load

import (
	"fmt"
	"go/version"
	"runtime"
	"slices"
	"strings"
)

// Newer reports whether a version of Go, with or without its "go", is newer than the
// one that this command was built with, whose parser and type checker it uses.
func Newer(v string) bool {
	return version.Compare(version.Lang("go"+strings.TrimPrefix(v, "go")), version.Lang(built())) > 0
}

// built is the version of Go that this command was built with; a development version
// is as new as any.
var built = func() string {
	name, _, _ := strings.Cut(runtime.Version(), " ")
	if !version.IsValid(name) {
		return "go9999.0"
	}
	return name
}

// Outdated says who needs a newer Go than the one that this command was built with,
// and what to do.
func Outdated(who string) string {
	return fmt.Sprintf("%s, and errswallow was built with %s: build it with the newer one (go install github.com/errswallow/errswallow/cmd/errswallow@latest)",
		who, strings.Replace(built(), "go", "Go ", 1))
}

// Asks says that a module, or a package, asks for a version of Go.
func Asks(path, v string) string {
	return fmt.Sprintf("%s asks for Go %s", path, strings.TrimPrefix(v, "go"))
}

// outdated says so of the user's modules.
func (c *checker) outdated() []string {
	var notes []string
	for _, u := range c.units {
		if u.origin == source && u.Module != nil && Newer(u.Module.GoVersion) {
			notes = append(notes, Outdated(Asks(u.Module.Path, u.Module.GoVersion))+"; till then what is new may be left out")
		}
	}
	slices.Sort(notes)
	return slices.Compact(notes)
}
