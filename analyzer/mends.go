package analyzer

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/errswallow/errswallow/analyzer/internal/catalogue"
	"github.com/errswallow/errswallow/analyzer/internal/rule"
	"github.com/errswallow/errswallow/analyzer/internal/trial"
	"github.com/errswallow/errswallow/internal/partial"
)

// mends reports whether a fix of a finding holds: the function compiles with it, and, executed
// again, has nothing to report at the query, and does what it did of an object that is absent,
// and of one that is there.
//
// One function is type-checked and executed; the others of the package keep the summaries that
// they have, and what is declared is checked without their bodies.
func mends(pass *analysis.Pass, world *world, inferred *trial.Package, f *rule.Finding, fix analysis.SuggestedFix) bool {
	c, err := change(pass, fix)
	if err != nil {
		return false
	}
	fn := c.moved(f.Fn.Pos())
	again := c.execute(pass, world, fn, inferred)
	if again == nil || slices.ContainsFunc(rule.Check(again, world.rules, rule.Likely), func(left *rule.Finding) bool {
		return left.Fn.Pos() == fn && (f.Trial == nil || left.Trial != nil && left.Trial.Pos() == c.moved(f.Trial.Pos()))
	}) {
		return false
	}
	if f.Trial == nil {
		before, after := inferred.Predicate(f.Fn.Pos()), again.Predicate(fn)
		return after != nil && after.Keeps(before)
	}
	t := again.Find(fn, c.moved(f.Trial.Pos()))
	return t != nil && t.Keeps(f.Trial)
}

// A changed is what a fix makes of one.
type changed struct {
	before *token.File
	edits  []analysis.TextEdit // in the order of the file
	file   *ast.File
	fset   *token.FileSet
}

// change applies a fix to a copy of its file.
func change(pass *analysis.Pass, fix analysis.SuggestedFix) (*changed, error) {
	c := &changed{before: pass.Fset.File(fix.TextEdits[0].Pos), edits: slices.Clone(fix.TextEdits), fset: pass.Fset}
	slices.SortStableFunc(c.edits, func(a, b analysis.TextEdit) int { return int(a.Pos - b.Pos) })
	read := pass.ReadFile
	if read == nil {
		read = os.ReadFile // a driver of before there was any
	}
	text, err := read(c.before.Name())
	if err != nil {
		return nil, err
	}
	if len(text) != c.before.Size() {
		return nil, fmt.Errorf("%s is not what was analysed", c.before.Name())
	}
	for _, e := range slices.Backward(c.edits) {
		text = slices.Concat(text[:c.before.Offset(e.Pos)], e.NewText, text[c.before.Offset(e.End):])
	}
	c.file, err = parser.ParseFile(pass.Fset, c.before.Name(), text, parser.SkipObjectResolution)
	return c, err
}

// moved returns where something stands now that no edit has touched.
func (c *changed) moved(pos token.Pos) token.Pos {
	offset := c.before.Offset(pos)
	for _, e := range c.edits {
		if e.End <= pos {
			offset += len(e.NewText) - int(e.End-e.Pos)
		}
	}
	return c.fset.File(c.file.FileStart).Pos(offset)
}

// execute infers what becomes of the package, of which one function has changed; nil if that
// does not compile.
func (c *changed) execute(pass *analysis.Pass, world *world, fn token.Pos, before *trial.Package) *trial.Package {
	files := []*ast.File{bodiless(c.file, fn)}
	for _, file := range pass.Files {
		if file.FileStart != token.Pos(c.before.Base()) {
			files = append(files, bodiless(file, token.NoPos))
		}
	}
	info := partial.NewInfo()
	compiles := true
	conf := types.Config{
		Importer:    needed{pass.Pkg, world.catalogue},
		Sizes:       pass.TypesSizes,
		GoVersion:   pass.Pkg.GoVersion(),
		FakeImportC: true,
		Error: func(err error) {
			// An import that only the bodies need that are not there is not used; and what did not
			// type-check before does not now.
			e, ok := err.(types.Error)
			compiles = compiles && ok && !within(files[0], fn, e.Pos)
		},
	}
	pkg, _ := conf.Check(pass.Pkg.Path(), pass.Fset, files, info)
	if !compiles {
		return nil
	}
	fns, failure := buildFiles(pass.Fset, pkg, info, files, files[:1])
	if failure != nil {
		return nil
	}
	return before.Again(fns, pkg)
}

// bodiless returns a file without the bodies of its functions, but for that which a position
// is in.
func bodiless(file *ast.File, except token.Pos) *ast.File {
	out := *file
	out.Decls = slices.Clone(file.Decls)
	for i, decl := range file.Decls {
		if fn, ok := decl.(*ast.FuncDecl); ok && fn.Body != nil && !spans(fn, except) {
			bare := *fn
			bare.Body = nil
			out.Decls[i] = &bare
		}
	}
	return &out
}

// spans reports whether a position is in a node.
func spans(n ast.Node, pos token.Pos) bool { return n.Pos() <= pos && pos < n.End() }

// within reports whether a position is in the declaration of a file that another is in.
func within(file *ast.File, decl, pos token.Pos) bool {
	return slices.ContainsFunc(file.Decls, func(d ast.Decl) bool { return spans(d, decl) && spans(d, pos) })
}

// needed finds the packages that a changed package imports: those that it did before, at any
// depth, and for what a fix adds one with what the fix calls.
type needed struct {
	pkg       *types.Package
	catalogue *catalogue.Catalogue
}

// Import implements types.Importer.
func (i needed) Import(name string) (*types.Package, error) {
	if name == "unsafe" {
		return types.Unsafe, nil
	}
	for _, p := range i.pkg.Imports() {
		if p.Path() == name {
			return p, nil
		}
	}
	return i.standIn(name), nil
}

// standIn returns a package that declares what fixes call of it: what the driver knows of an
// import of an import need not be all of it.
func (i needed) standIn(name string) *types.Package {
	pkg := types.NewPackage(name, path.Base(name))
	fails := types.Universe.Lookup("error").Type()
	v := func(t types.Type) *types.Tuple { return types.NewTuple(types.NewParam(token.NoPos, pkg, "", t)) }
	for _, library := range i.catalogue.Declaring(name) {
		for _, gate := range i.catalogue.Gates(library) {
			if gate.Package == name {
				sig := types.NewSignatureType(nil, nil, nil, v(fails), v(types.Typ[types.Bool]), false)
				pkg.Scope().Insert(types.NewFunc(token.NoPos, pkg, gate.Name, sig))
			}
		}
	}
	if name == "fmt" {
		args := types.NewSlice(types.NewInterfaceType(nil, nil))
		params := types.NewTuple(types.NewParam(token.NoPos, pkg, "", types.Typ[types.String]), types.NewParam(token.NoPos, pkg, "", args))
		pkg.Scope().Insert(types.NewFunc(token.NoPos, pkg, "Errorf", types.NewSignatureType(nil, nil, nil, params, v(fails), true)))
	}
	pkg.MarkComplete()
	return pkg
}
