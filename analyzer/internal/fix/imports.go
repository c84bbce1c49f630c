package fix

import (
	"fmt"
	"go/ast"
	"go/token"
	"path"
	"strconv"

	"golang.org/x/tools/go/analysis"
)

// imports are the packages that a fix needs in a file.
type imports struct {
	*site
	added []string
	// shadowed: a name that is needed stands for something else where it is.
	shadowed bool
	at       token.Pos
}

// need begins a fix whose code stands at a position.
func (s *site) need(at token.Pos) *imports { return &imports{site: s, at: at} }

// imported returns the name of a package in the file, if the file imports it by a
// name that stands for it where the code is.
func (i *imports) imported(pkg string) (name string, ok bool) {
	for _, spec := range i.file.Imports {
		if p, err := strconv.Unquote(spec.Path.Value); err != nil || p != pkg {
			continue
		}
		obj := i.Info.PkgNameOf(spec)
		if obj == nil || obj.Name() == "_" || obj.Name() == "." {
			continue
		}
		if i.visible(obj.Name(), i.at) == obj {
			return obj.Name(), true
		}
	}
	return "", false
}

// name returns the name of a package in the file, and imports it if need be.
func (i *imports) name(pkg string) string {
	if name, ok := i.imported(pkg); ok {
		return name
	}
	name := path.Base(pkg)
	i.shadowed = i.shadowed || i.visible(name, i.at) != nil
	i.added = append(i.added, pkg)
	return name
}

// edits adds to a fix the imports that it needs; ok is false if their names stand
// for something else there.
func (i *imports) edits(edits ...analysis.TextEdit) (all []analysis.TextEdit, ok bool) {
	for _, pkg := range i.added {
		edits = append(edits, i.add(pkg))
	}
	return edits, !i.shadowed
}

// add imports a package: in the first import declaration, in its place among those
// before the first blank line.
func (i *imports) add(pkg string) analysis.TextEdit {
	spec := strconv.Quote(pkg)
	for _, decl := range i.file.Decls {
		gen, ok := decl.(*ast.GenDecl)
		if !ok || gen.Tok != token.IMPORT {
			break
		}
		if !gen.Lparen.IsValid() || len(gen.Specs) == 0 {
			continue
		}
		for _, other := range gen.Specs {
			other := other.(*ast.ImportSpec)
			if other.Path.Value > spec && standard(other.Path.Value) == standard(spec) {
				return edit(other.Pos(), other.Pos(), spec+"\n\t")
			}
		}
		if standard(spec) {
			first := gen.Specs[0].Pos()
			return edit(first, first, spec+"\n\t")
		}
		last := gen.Specs[len(gen.Specs)-1].End()
		return edit(last, last, "\n\t"+spec)
	}
	at := i.file.Name.End()
	return edit(at, at, fmt.Sprintf("\n\nimport %s", spec))
}

// standard reports whether a quoted import path is of the standard library: its
// first element has no dot.
func standard(quoted string) bool {
	for _, r := range quoted {
		switch r {
		case '.':
			return false
		case '/':
			return true
		}
	}
	return true
}
