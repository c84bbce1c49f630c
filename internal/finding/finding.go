// Package finding holds what one run of the pass has to report, and leaves out
// what its users have said not to report again.
package finding

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/ast/astutil"
	"golang.org/x/tools/go/packages"

	"github.com/errswallow/errswallow/analyzer"
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
	// Explanation tells how it comes about; nil if the pass does not say.
	Explanation *analyzer.Explanation
}

// Misuse reports whether the finding is about a setting or a directive, or about
// errswallow itself, and not about the code: its category is no rule.
func (f *Finding) Misuse() bool {
	return f.Category == "setting" || f.Category == "directive" || f.Category == "internal"
}

// A Root is what a pass says of one package that was asked for.
type Root struct {
	Analyzer *analysis.Analyzer
	// Package is the package; its syntax may be gone.
	Package     *packages.Package
	Diagnostics []analysis.Diagnostic
	// Findings are the diagnostics, and where they stand.
	Findings []*Finding
	Result   any
	// Declared are the functions and variables that the package declares, if somebody
	// asked for them.
	Declared []string
}

// Of returns the diagnostics of a package, and where they stand.
func Of(p *packages.Package, diagnostics []analysis.Diagnostic) []*Finding {
	var out []*Finding
	for _, d := range diagnostics {
		f := At(p, p.Syntax, d, "")
		f.Function = enclosing(p.PkgPath, p.TypesInfo, f.File, d.Pos)
		out = append(out, f)
	}
	return out
}

// At returns a diagnostic of a package that stands in one of these files, in a function.
func At(p *packages.Package, files []*ast.File, d analysis.Diagnostic, function string) *Finding {
	f := &Finding{Diagnostic: d, Package: p.PkgPath, Function: function, Fset: p.Fset, Start: p.Fset.Position(d.Pos)}
	for _, file := range files {
		if file.FileStart <= d.Pos && d.Pos <= file.FileEnd {
			f.File = file
		}
	}
	return f
}

// A Report is what is found in one run.
type Report struct {
	// Findings are sorted by position; each position and message is there once, in
	// however many variants of a package it was found.
	Findings []*Finding
	// Roots are the packages that were asked for.
	Roots []*Root
}

// New makes a report of what a pass says of packages.
func New(roots []*Root) *Report {
	r := &Report{Roots: roots}
	for _, root := range roots {
		explain(root)
		r.Findings = append(r.Findings, root.Findings...)
	}
	slices.SortStableFunc(r.Findings, compare)
	r.Findings = slices.CompactFunc(r.Findings, func(a, b *Finding) bool { return compare(a, b) == 0 })
	return r
}

// explain tells the findings of a package how they come about.
func explain(root *Root) {
	result, ok := root.Result.(*analyzer.Result)
	if !ok {
		return
	}
	for _, f := range root.Findings {
		for i, e := range result.Explanations {
			if e.File == f.Start.Filename && e.Line == f.Start.Line && e.Column == f.Start.Column && e.Message == f.Message {
				f.Explanation = &result.Explanations[i]
			}
		}
	}
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

// Change puts other diagnostics in the place of those of findings.
func (r *Report) Change(change func(*Finding) analysis.Diagnostic) {
	for _, root := range r.Roots {
		for i, f := range root.Findings {
			if !f.Misuse() {
				f.Diagnostic = change(f)
			}
			root.Diagnostics[i] = f.Diagnostic
		}
	}
}

// DropMisuse leaves out what drop is true of, and is about a setting or a directive.
func (r *Report) DropMisuse(drop func(*Finding) bool) {
	r.Findings = slices.DeleteFunc(r.Findings, func(f *Finding) bool { return f.Misuse() && drop(f) })
}

// Graph returns the diagnostics that are still in the report as an analysis has them.
func (r *Report) Graph() *checker.Graph {
	kept := map[string]bool{}
	key := func(posn token.Position, message string) string { return posn.String() + message }
	for _, f := range r.Findings {
		kept[key(f.Start, f.Message)] = true
	}
	graph := &checker.Graph{}
	for _, root := range r.Roots {
		diagnostics := slices.DeleteFunc(slices.Clone(root.Diagnostics), func(d analysis.Diagnostic) bool {
			return !kept[key(root.Package.Fset.Position(d.Pos), d.Message)]
		})
		graph.Roots = append(graph.Roots, &checker.Action{Analyzer: root.Analyzer, Package: root.Package, IsRoot: true, Diagnostics: diagnostics})
	}
	return graph
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
