package load

import (
	"bytes"
	"encoding/gob"
	"slices"

	"golang.org/x/tools/go/packages"
)

// known is what is kept of a package.
type known struct {
	// There: there is anything to analyse.
	There bool
	// Partial and Loss are what is wrong with it, and what that costs.
	Partial bool
	Loss    *Loss
	// Faked are the packages in what it imports that nobody had compiled, and that have types of C.
	Faked []string
	// Learned is what the pass has learned.
	Learned []byte
}

// recall looks up what is known of packages, and finds out whose types are needed: of
// those that something else imports of which not all is known. It reports whether all
// is known of all.
func (c *checker) recall(roots []*packages.Package) bool {
	if c.cache == nil {
		return false
	}
	seen := map[*unit]bool{}
	var visit func(u *unit)
	visit = func(u *unit) {
		if u == nil || seen[u] || u.origin != source {
			return
		}
		seen[u] = true
		if key := c.key(u); key != "" {
			u.known = decode(c.cache.Get(key))
			if u.known != nil && slices.ContainsFunc(u.known.Faked, c.compiled) {
				u.known = nil
			}
		}
		for _, dep := range u.imports {
			visit(dep)
		}
	}
	for _, p := range roots {
		visit(c.units[p.ID])
	}
	var need func(u *unit)
	need = func(u *unit) {
		for _, dep := range u.imports {
			if dep != nil && !dep.needed {
				dep.needed = true
				need(dep)
			}
		}
	}
	all := true
	for u := range seen {
		if u.known == nil {
			all = false
			need(u)
		}
	}
	return all
}

// compiled reports whether somebody has compiled a package that is imported: types of C have a name
// then.
func (c *checker) compiled(id string) bool {
	u := c.units[id]
	return u == nil || u.origin == export
}

// forgone reports whether a package need not be loaded.
func (u *unit) forgone() bool { return u.known != nil && !u.needed }

// visit has the pass look at a package, or recalls what it has learned, and lets its
// syntax go.
func (c *checker) visit(u *unit) {
	for path, dep := range u.imports {
		if dep == nil || dep.origin != source || !dep.there && !u.forgone() {
			delete(u.Imports, path)
		}
	}
	u.Fset, u.TypesSizes = c.fset, c.sizes
	v := &Visit{Package: u.Package, Wanted: c.wanted[u.Package]}
	if u.known != nil {
		u.there, u.partial, u.loss, v.Known = u.known.There, u.known.Partial, u.known.Loss, u.known.Learned
		if c.pass != nil && u.there {
			c.pass(v)
		}
		return
	}
	u.there = len(u.Syntax) > 0
	if u.partial {
		u.loss = u.lose()
	}
	if c.pass == nil {
		return
	}
	if u.there {
		c.pass(v)
	}
	u.Syntax, u.TypesInfo, u.TypeErrors = nil, nil, nil
	if c.cache != nil && u.hash != "" {
		c.cache.Put(u.hash, encode(&known{u.there, u.partial, u.loss, u.faked, v.Learned}))
	}
}

func encode(k *known) []byte {
	var text bytes.Buffer
	if gob.NewEncoder(&text).Encode(k) != nil {
		return nil
	}
	return text.Bytes()
}

// decode returns what encode wrote, or nil.
func decode(text []byte) *known {
	k := &known{}
	if len(text) == 0 || gob.NewDecoder(bytes.NewReader(text)).Decode(k) != nil {
		return nil
	}
	return k
}
