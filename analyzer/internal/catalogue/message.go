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

// MessagesHanded returns the texts that an error may have which a function of a package is handed: those
// of the libraries that the package imports, or, where it imports none whose texts are known, those of a
// connection first, and then of any.
func (c *Catalogue) MessagesHanded(pkg *types.Package) []Message {
	var imported, all []string
	for _, lib := range c.libraries {
		all = append(all, lib.Name)
		if c.Spoken(lib.Name) && slices.ContainsFunc(pkg.Imports(), func(p *types.Package) bool { return lib.queries(p.Path()) || lib.owns(p.Path()) }) {
			imported = append(imported, lib.Name)
		}
	}
	if len(imported) > 0 {
		return c.Messages(imported)
	}
	messages := c.Messages(nil)
	for _, m := range c.Messages(all) {
		if !slices.Contains(messages, m) {
			messages = append(messages, m)
		}
	}
	return messages
}

// Spoken reports whether the catalogue knows what errors of a library say.
func (c *Catalogue) Spoken(library string) bool {
	return slices.ContainsFunc(c.libraries, func(lib *Library) bool {
		return lib.Name == library && len(lib.Messages)+len(lib.Speaks) > 0
	})
}
