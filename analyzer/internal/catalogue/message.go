package catalogue

import (
	"go/types"
	"slices"
)

// A Message is the text of a real error: of an absence, or of a fault.
type Message struct {
	Absent bool
	Text   string
}

// Messages returns the texts that errors of some libraries may have, each once, those of faults first:
// their own and those of the libraries whose words they use, then those of what asks for nothing and is
// of use beside any library, such as a connection.
func (c *Catalogue) Messages(names []string) (all []Message) {
	speaks := slices.Clone(names)
	for _, lib := range c.libraries {
		if slices.Contains(names, lib.Name) {
			speaks = append(speaks, lib.Speaks...)
		}
	}
	for _, absent := range []bool{false, true} {
		for _, own := range []bool{true, false} {
			for _, lib := range c.libraries {
				if own != lib.Runtime() || own && !slices.Contains(speaks, lib.Name) {
					continue
				}
				for _, m := range lib.Messages {
					if m.Absent == absent && !slices.Contains(all, m) {
						all = append(all, m)
					}
				}
			}
		}
	}
	return all
}

// Speaking returns the names of the libraries of which the catalogue knows what their errors say: those
// that a package imports, or all if it imports none.
func (c *Catalogue) Speaking(pkg *types.Package) (names []string) {
	imported := pkg.Imports()
	for _, lib := range c.libraries {
		if c.Spoken(lib.Name) && slices.ContainsFunc(imported, func(p *types.Package) bool { return lib.queries(p.Path()) || lib.owns(p.Path()) }) {
			names = append(names, lib.Name)
		}
	}
	if len(names) > 0 {
		return names
	}
	for _, lib := range c.libraries {
		names = append(names, lib.Name)
	}
	return names
}

// Spoken reports whether the catalogue knows what errors of a library say.
func (c *Catalogue) Spoken(library string) bool {
	return slices.ContainsFunc(c.libraries, func(lib *Library) bool {
		return lib.Name == library && len(lib.Messages)+len(lib.Speaks) > 0
	})
}
