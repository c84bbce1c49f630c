package analyzer

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/errswallow/errswallow/analyzer/internal/catalogue"
	"github.com/errswallow/errswallow/analyzer/internal/summary"
	"github.com/errswallow/errswallow/analyzer/internal/trial"
	"github.com/errswallow/errswallow/internal/partial"
)

// facts is what the driver knows of other packages, for one pass.
type facts struct {
	pass      *analysis.Pass
	catalogue *catalogue.Catalogue
	// leftOut are functions of the package that cannot be executed as a whole, see LeftOut.
	leftOut []*types.Func
	// imported are the summaries of functions of other packages that were asked for, nil where
	// there is none.
	imported map[*types.Func]*summary.Summary
	// known are the packages of whose functions something is known; nil until one is asked for.
	known map[*types.Package]bool
	// methods are the methods of other packages that have a summary, by name;
	// nil until they are asked for.
	methods map[string][]method
	// interfaces is what other packages say of interfaces, by the methods' full
	// names; nil until it is asked for.
	interfaces map[string][]*summary.Summary
}

type method struct {
	fn      *types.Func
	summary *summary.Summary
}

// export exports what was inferred, for the packages that import this one.
func (f *facts) export(inferred *trial.Package) {
	for fn, s := range inferred.Summaries {
		if fn.Pkg() == f.pass.Pkg {
			f.pass.ExportObjectFact(fn, s)
		}
	}
	if inferred.Interfaces != nil {
		f.pass.ExportPackageFact(inferred.Interfaces)
	}
}

// leave notes what cannot be executed of the package: what a function does whose name and shape
// say it is believed of those that call it.
func (f *facts) leave(omissions []partial.Omission) {
	for _, o := range omissions {
		if o.Fn == nil {
			continue
		}
		if _, says := f.catalogue.Unseen(o.Fn, false); says {
			f.leftOut = append(f.leftOut, o.Fn)
		}
	}
}

// Alone implements trial.Facts.
func (f *facts) Alone(pkg *types.Package) bool {
	if f.known == nil {
		f.known = map[*types.Package]bool{}
		for _, fact := range f.pass.AllObjectFacts() {
			f.known[fact.Object.Pkg()] = true
		}
	}
	return f.known[pkg] || !slices.ContainsFunc(pkg.Imports(), func(p *types.Package) bool {
		return !catalogue.Standard(p.Path()) || f.catalogue.Remote(p.Path())
	})
}

// LeftOut implements trial.Facts.
func (f *facts) LeftOut() []*types.Func { return f.leftOut }

// any reports whether anything at all is known of other packages.
func (f *facts) any() bool {
	return len(f.pass.AllObjectFacts()) > 0 || len(f.pass.AllPackageFacts()) > 0
}

// Imported implements trial.Facts.
func (f *facts) Imported(fn *types.Func) *summary.Summary {
	if fn.Pkg() == nil || fn.Pkg().Path() == f.pass.Pkg.Path() { // of this package, or of what a fix makes of it
		return nil
	}
	known, asked := f.imported[fn]
	if asked {
		return known
	}
	if s := new(summary.Summary); f.pass.ImportObjectFact(fn, s) {
		known = s
	}
	if f.imported == nil {
		f.imported = map[*types.Func]*summary.Summary{}
	}
	f.imported[fn] = known
	return known
}

// Implementations implements trial.Facts.
func (f *facts) Implementations(of *types.Func) []*summary.Summary {
	if f.methods == nil {
		f.methods = map[string][]method{}
		for _, fact := range f.pass.AllObjectFacts() {
			fn, ok := fact.Object.(*types.Func)
			if s, is := fact.Fact.(*summary.Summary); ok && is && fn.Pkg() != f.pass.Pkg && fn.Signature().Recv() != nil {
				f.methods[fn.Name()] = append(f.methods[fn.Name()], method{fn, s})
			}
		}
	}
	if f.interfaces == nil {
		f.interfaces = map[string][]*summary.Summary{}
		for _, fact := range f.pass.AllPackageFacts() {
			if known, ok := fact.Fact.(*summary.Interfaces); ok {
				for _, m := range known.Methods {
					f.interfaces[m.Name] = append(f.interfaces[m.Name], &m.Summary)
				}
			}
		}
	}
	out := slices.Clone(f.interfaces[of.Origin().FullName()])
	for _, m := range f.methods[of.Name()] {
		if summary.Implements(m.fn, of) {
			out = append(out, m.summary)
		}
	}
	return out
}

// Test implements trial.Facts.
func (f *facts) Test(pos token.Pos) bool {
	file := f.pass.Fset.File(pos)
	return file != nil && strings.HasSuffix(file.Name(), "_test.go")
}

// ForTests implements trial.Facts: by the folder, and by what the file imports.
func (f *facts) ForTests(pos token.Pos) bool {
	for dir := range strings.SplitSeq(f.pass.Pkg.Path(), "/") {
		if dir == "test" || dir == "tests" || dir == "e2e" {
			return true
		}
	}
	file := fileAt(f.pass, pos)
	return file != nil && !f.Test(pos) && slices.ContainsFunc(file.Imports, func(spec *ast.ImportSpec) bool {
		path, err := strconv.Unquote(spec.Path.Value)
		return err == nil && f.catalogue.Test(path)
	})
}

// Where implements trial.Facts: the position as file:line, without the
// directories of this machine.
func (f *facts) Where(pos token.Pos) string {
	p := f.pass.Fset.Position(pos)
	return fmt.Sprintf("%s/%s:%d", f.pass.Pkg.Name(), filepath.Base(p.Filename), p.Line)
}
