package fix

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/errswallow/errswallow/analyzer/internal/catalogue"
)

// gate returns the predicate that tells absence from a fault in the errors of a
// library: one that the package imports already, or the one that comes with it.
func (s *site) gate(edits *imports, library string) (string, bool) {
	gates := s.Catalogue.Gates(library)
	if len(gates) == 0 {
		return "", false
	}
	for _, g := range gates {
		for _, p := range s.Types.Imports() {
			if p.Path() == g.Package && p.Scope().Lookup(g.Name) != nil {
				return edits.name(g.Package) + "." + g.Name, true
			}
		}
	}
	last := gates[len(gates)-1]
	if !reaches(s.Types, last.Package) {
		return "", false // it knows an interface, and what it answers: the client is not its business
	}
	return edits.name(last.Package) + "." + last.Name, true
}

// reaches reports whether a package imports another, at any depth.
func reaches(pkg *types.Package, path string) bool {
	seen := map[*types.Package]bool{}
	work := []*types.Package{pkg}
	for len(work) > 0 {
		next := work[len(work)-1]
		work = work[:len(work)-1]
		if next.Path() == path {
			return true
		}
		for _, p := range next.Imports() {
			if !seen[p] {
				seen[p] = true
				work = append(work, p)
			}
		}
	}
	return false
}

// gated reports whether the function already tells absence from a fault, by a
// predicate of the query's error.
func (s *site) gated() bool {
	found := false
	ast.Inspect(s.fn, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || len(call.Args) == 0 {
			return !found
		}
		id, ok := ast.Unparen(call.Args[0]).(*ast.Ident)
		if !ok || s.Info.Uses[id] != types.Object(s.err) {
			return !found
		}
		sym, ok := s.Catalogue.Lookup(typeutil.Callee(s.Info, call))
		found = found || ok && sym.Kind == catalogue.NotFound
		return !found
	})
	return found
}
