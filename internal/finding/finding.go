// Package finding holds what one run of the pass has to report, and leaves out
// what its users have said not to report again.
package finding

import (
	"cmp"
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/ast/astutil"
)

// A Finding is a diagnostic, and where it stands.
type Finding struct {
	analysis.Diagnostic
	// Package is the import path.
	Package string
	// Function is the full name of the declaration around it, as
	// [types.Func.FullName] prints it; that of a variable for what stands in its
	// initial value.
	Function string
	// Start is the position, and File the syntax around it.
	Start token.Position
	Fset  *token.FileSet
	File  *ast.File
}

// Misuse reports whether the finding is about a setting or a directive, or about
// errswallow itself, and not about the code: its category is no rule.
func (f *Finding) Misuse() bool {
	return f.Category == "setting" || f.Category == "directive" || f.Category == "internal"
}

// A Report is what is found in one run.
type Report struct {
	// Findings are sorted by position; each position and message is there once, in
	// however many variants of a package it was found.
	Findings []*Finding
	graph    *checker.Graph
}

// New reads what an analysis has found. Its error names every package whose
// analysis failed.
func New(graph *checker.Graph) (*Report, error) {
	r := &Report{graph: graph}
	var errs []error
	for _, root := range graph.Roots {
		if root.Err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", root.Package.PkgPath, root.Err))
			continue
		}
		for _, d := range root.Diagnostics {
			f := &Finding{Diagnostic: d, Package: root.Package.PkgPath, Fset: root.Package.Fset, Start: root.Package.Fset.Position(d.Pos)}
			for _, file := range root.Package.Syntax {
				if file.FileStart <= d.Pos && d.Pos <= file.FileEnd {
					f.File = file
				}
			}
			f.Function = enclosing(root.Package.PkgPath, root.Package.TypesInfo, f.File, d.Pos)
			r.Findings = append(r.Findings, f)
		}
	}
	slices.SortStableFunc(r.Findings, compare)
	r.Findings = slices.CompactFunc(r.Findings, func(a, b *Finding) bool { return compare(a, b) == 0 })
	return r, errors.Join(errs...)
}

func compare(a, b *Finding) int {
	return cmp.Or(
		cmp.Compare(a.Start.Filename, b.Start.Filename),
		cmp.Compare(a.Start.Line, b.Start.Line),
		cmp.Compare(a.Start.Column, b.Start.Column),
		cmp.Compare(a.Message, b.Message),
	)
}

// Drop leaves out the findings that drop is true of. Misuse stays.
func (r *Report) Drop(drop func(*Finding) bool) {
	r.Findings = slices.DeleteFunc(r.Findings, func(f *Finding) bool { return !f.Misuse() && drop(f) })
}

// Graph returns the analysis with those diagnostics that are still in the report.
func (r *Report) Graph() *checker.Graph {
	kept := map[string]bool{}
	key := func(posn token.Position, message string) string { return posn.String() + message }
	for _, f := range r.Findings {
		kept[key(f.Start, f.Message)] = true
	}
	for _, root := range r.graph.Roots {
		root.Diagnostics = slices.DeleteFunc(root.Diagnostics, func(d analysis.Diagnostic) bool {
			return !kept[key(root.Package.Fset.Position(d.Pos), d.Message)]
		})
	}
	return r.graph
}

// enclosing names the declaration around a position.
func enclosing(path string, info *types.Info, file *ast.File, pos token.Pos) string {
	if file == nil {
		return path
	}
	nodes, _ := astutil.PathEnclosingInterval(file, pos, pos)
	for _, n := range nodes {
		switch n := n.(type) {
		case *ast.FuncDecl:
			if fn, ok := info.Defs[n.Name].(*types.Func); ok {
				return fn.FullName()
			}
		case *ast.ValueSpec:
			if len(nodes) >= 3 && nodes[len(nodes)-3] == n { // of the package
				return path + "." + n.Names[0].Name
			}
		}
	}
	return path
}
