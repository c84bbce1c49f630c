package inject

import (
	"fmt"
	"go/token"

	"github.com/errswallow/errswallow/analyzer"
)

// A Package is one whose calls are rewritten.
type Package struct {
	// Path is the import path, Name the package's name, and Dir its folder.
	Path, Name, Dir string
	Sites           []*Site
}

// A Site is a call that is rewritten, or left alone.
type Site struct {
	analyzer.Site
	Package string
	// Number is which of its package it is, from 1.
	Number int
}

// ID names a site for the environment variable that chooses it.
func (s *Site) ID() string { return fmt.Sprintf("%s#%d", s.Package, s.Number) }

func (s *Site) position() token.Position {
	return token.Position{Filename: s.File, Line: s.Line, Column: s.Column}
}

// number gives the sites of packages numbers.
func number(packages []*Package) {
	for _, p := range packages {
		for i, s := range p.Sites {
			s.Package, s.Number = p.Path, i+1
		}
	}
}

// once leaves out the calls of functions that have a query in their own bodies: what fails
// there is not to be counted twice.
func once(packages []*Package) {
	asks := map[string]bool{}
	for _, p := range packages {
		for _, s := range p.Sites {
			if s.Kind == analyzer.Asks && s.Alone == "" {
				asks[s.Function] = true
			}
		}
	}
	for _, p := range packages {
		kept := p.Sites[:0]
		for _, s := range p.Sites {
			if s.Kind != analyzer.Asks || !asks[s.Callee] || s.Callee == s.Function {
				kept = append(kept, s)
			}
		}
		p.Sites = kept
	}
}
