package catalogue

import (
	"iter"
	"slices"
)

// A Catalogue answers what a function, method or variable is.
type Catalogue struct {
	libraries []*Library
	exact     map[key]*Symbol
	methods   map[string][]narrowed // by method name, for interfaces that narrow a client
	concrete  map[string][]*Symbol  // queries, by method name, see implementer
	shaped    map[key][]*Symbol     // by the type of the last parameter, named by pkg and name
	patterns  []*Symbol             // of names
	packages  map[string]bool
	direct    map[string]bool // see Direct
	programs  map[string]program
	wrappers  map[string]Wrapper
	spelled   map[string]string // programs, as variables are named after them
	named     []string          // the words of Library.Named
}

type program struct {
	library *Library
	before  []string
}

type key struct{ pkg, recv, name string }

type narrowed struct {
	symbol  *Symbol
	library *Library
}

// New merges libraries into a catalogue. An entry of a later library replaces
// the same entry of an earlier one.
func New(libs ...*Library) *Catalogue {
	n := 0
	for _, lib := range libs {
		n += len(lib.Symbols) * (1 + len(lib.Also))
	}
	c := &Catalogue{
		libraries: libs,
		exact:     make(map[key]*Symbol, n), // a vet tool makes it anew for each package
		methods:   map[string][]narrowed{},
		concrete:  map[string][]*Symbol{},
		shaped:    map[key][]*Symbol{},
		packages:  map[string]bool{},
		direct:    map[string]bool{},
		programs:  map[string]program{},
		wrappers:  map[string]Wrapper{},
		spelled:   map[string]string{},
	}
	for _, lib := range libs {
		for _, p := range lib.Programs {
			c.programs[p.Name] = program{lib, p.Before}
			if name := letters(p.Name); c.spelled[name] == "" {
				c.spelled[name] = p.Name
			}
		}
		if len(lib.Unseen) > 0 {
			c.direct[contextPath] = true
		}
		for _, w := range lib.Wrappers {
			c.wrappers[w.Name] = w
		}
		c.named = append(c.named, lib.Named...)
		shaped, patterns := map[key][]*Symbol{}, []*Symbol(nil)
		for s := range lib.everywhere() {
			at := s.Package // where it is declared, or a type that it is told by
			switch {
			case s.Last != "":
				last := typeNamed(s.Last)
				shaped[last] = append(shaped[last], s)
				at = last.pkg
			case s.Pattern():
				patterns = append(patterns, s)
			default:
				c.exact[key{s.Package, s.Receiver, s.Name}] = s
			}
			switch {
			case s.Answer.Status != "": // everything reaches net/http
				c.direct[at] = true
			case s.Kind == Query && s.Only != "":
				if s.Receiver == "" {
					c.direct[at] = true
				}
			case s.Kind == Waiting:
				c.direct[at] = true
			case s.Opens():
				c.packages[at] = true
			}
			if s.Receiver != "" && s.Kind == Query && s.Last == "" && !s.Pattern() {
				c.concrete[s.Name] = append(c.concrete[s.Name], s)
			}
			if s.Receiver != "" && len(lib.Types) > 0 {
				c.methods[s.Name] = append(c.methods[s.Name], narrowed{s, lib})
			}
		}
		// The first that stands for a function counts: those of the last library.
		c.patterns = append(patterns, c.patterns...)
		for last, symbols := range shaped {
			c.shaped[last] = append(symbols, c.shaped[last]...)
		}
	}
	return c
}

// Packages reports whether path declares a query, or a call that a query can
// lead to, or the types that one answers: a package that reaches none of them has
// nothing to find.
func (c *Catalogue) Packages(path string) bool {
	path = unvendored(path)
	return c.packages[path] || slices.ContainsFunc(c.patterns, func(s *Symbol) bool { return s.Opens() && s.open() && s.in(path) }) || slices.ContainsFunc(c.libraries, func(lib *Library) bool { return lib.owns(path) })
}

// Direct reports whether path declares a query that is one with a certain argument only, or asks
// others, whatever for: what imports that package by itself may ask.
func (c *Catalogue) Direct(path string) bool {
	return c.direct[path] || !Standard(path) && c.Remote(path)
}

// Declaring returns the names of the libraries that have a query in a package.
func (c *Catalogue) Declaring(path string) []string {
	var names []string
	for _, lib := range c.libraries {
		if lib.queries(path) {
			names = append(names, lib.Name)
		}
	}
	return names
}

// Weak reports whether a finding of a rule, in a query of a library and in a function of
// a name, is no more than possible.
func (c *Catalogue) Weak(library, rule, fn string) bool {
	return slices.ContainsFunc(c.libraries, func(lib *Library) bool {
		return lib.Name == library && slices.ContainsFunc(lib.Weak, func(w Weak) bool {
			return w.Rule == rule && (len(w.Words) == 0 || w.in(fn, true))
		})
	})
}

// Strong reports whether a finding of a rule, in a query of a library and in a function of a
// name, is more than possible: its name has one of the words that the library says, if it says
// any.
func (c *Catalogue) Strong(library, rule, fn string) bool {
	return !slices.ContainsFunc(c.libraries, func(lib *Library) bool {
		return lib.Name == library && slices.ContainsFunc(lib.Strong, func(w Weak) bool { return w.Rule == rule && !w.in(fn, false) })
	})
}

// Test reports whether only tests import a package.
func (c *Catalogue) Test(path string) bool {
	return slices.ContainsFunc(c.libraries, func(lib *Library) bool { return slices.Contains(lib.Tests, path) })
}

// States yields what fields hold of an object of a library that is there, "" for one that no
// library knows.
func (c *Catalogue) States(library string) iter.Seq[State] {
	return func(yield func(State) bool) {
		for _, lib := range c.libraries {
			for _, s := range lib.States {
				if (s.Of == nil || library == "" || slices.Contains(s.Of, library)) && !yield(s) {
					return
				}
			}
		}
	}
}

// Remote reports whether a package asks others than the machine that it runs on, see Library.Remote.
func (c *Catalogue) Remote(path string) bool {
	return slices.ContainsFunc(c.libraries, func(lib *Library) bool { return slices.Contains(lib.Remote, path) })
}

// Gates returns the predicates that tell absence from a fault in the errors of a
// library, see Library.Gates.
func (c *Catalogue) Gates(library string) []Symbol {
	for _, lib := range c.libraries {
		if lib.Name == library {
			return lib.Gates
		}
	}
	return nil
}

// Fails returns how queries of a library fail, the zero Failure for a timeout.
func (c *Catalogue) Fails(library string) Failure {
	for _, lib := range c.libraries {
		if lib.Name == library {
			return lib.Fails
		}
	}
	return Failure{}
}
