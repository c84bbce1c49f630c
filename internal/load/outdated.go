package load

import (
	"fmt"
	"slices"
)

// outdated says which of the user's modules ask for a newer Go than the one that this
// command was built with: what is new there may be left out.
func (c *checker) outdated() []string {
	var notes []string
	for _, u := range c.units {
		if u.origin != source || u.Module == nil || !newer(u.Module.GoVersion) {
			continue
		}
		note := fmt.Sprintf("%s asks for Go %s and errswallow was built with %s: build it with the newer one (go install github.com/errswallow/errswallow/cmd/errswallow@latest), or what is new is left out", u.Module.Path, u.Module.GoVersion, built())
		if !slices.Contains(notes, note) {
			notes = append(notes, note)
		}
	}
	slices.Sort(notes)
	return notes
}
