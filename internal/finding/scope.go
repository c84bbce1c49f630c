package finding

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"
)

// A Scope is what one run looks at.
type Scope struct {
	packages map[string]bool // by import path
	rules    []string        // none for all
	// declared are the functions and variables that were there; nil for all: without
	// test files nobody knows what is in them.
	declared map[string]bool
	leftOut  map[string]bool
}

// Scope returns what a run looked at: these rules, none for all of them, in all
// packages of the report but for these functions.
func (r *Report) Scope(rules []string, tests bool, leftOut map[string]bool) *Scope {
	s := &Scope{packages: map[string]bool{}, rules: rules, leftOut: leftOut}
	if !tests {
		s.declared = map[string]bool{}
	}
	for _, root := range r.Roots {
		s.packages[root.Package.PkgPath] = true
		if tests {
			continue
		}
		for _, name := range root.Declared {
			s.declared[name] = true
		}
	}
	return s
}

// Declared returns the functions and variables that a package declares, and the package.
func Declared(p *packages.Package) []string {
	names := []string{p.PkgPath}
	for id, obj := range p.TypesInfo.Defs {
		switch obj := obj.(type) {
		case *types.Func:
			names = append(names, obj.FullName())
		case *types.Var:
			if ast.IsExported(id.Name) || obj.Parent() == p.Types.Scope() {
				names = append(names, p.PkgPath+"."+id.Name)
			}
		}
	}
	return names
}

// covers reports whether the run would have found what a line of a baseline is about.
func (s *Scope) covers(e entry) bool {
	if s.leftOut[e.function] || len(s.rules) > 0 && !slices.Contains(s.rules, e.rule) || s.declared != nil && !s.declared[e.function] {
		return false
	}
	name := strings.TrimLeft(e.function, "(*")
	for i := range len(name) + 1 {
		if (i == len(name) || name[i] == '.') && s.packages[name[:i]] {
			return true
		}
	}
	return false
}
