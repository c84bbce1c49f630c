package analyzer

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"sync/atomic"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/internal/partial"
)

// built counts the packages whose SSA was built, so that a test can say that
// most are not.
var built atomic.Int64

// buildSSA builds the SSA form of one package and returns its functions, in source
// order: those that it declares, and func literals in the initial values of its
// variables. Files that nobody wrote, and that ask for nothing, are left out; and so is what does
// not type-check.
//
// passes/buildssa does the same, but for every package: a required analyzer runs
// before this one can look at the gate.
func buildSSA(pass *analysis.Pass, files []*ast.File, omissions []partial.Omission, idle func(*ast.File) bool) (fns []*ssa.Function) {
	built.Add(1)
	fns, failure := buildWithout(pass, files, omissions, idle)
	if failure != nil { // over a function of which a part is left out: whole ones are safer
		for i := range omissions {
			omissions[i].Part = false
		}
		fns, failure = buildWithout(pass, files, omissions, idle)
	}
	if failure != nil {
		misuse(pass, pass.Files[0].Name.Pos(), "internal", "this package is not analysed, its SSA form cannot be built: %v", failure)
	}
	return fns
}

// buildWithout is buildSSA without some functions, or parts of them; failure is what the
// builder panicked with.
func buildWithout(pass *analysis.Pass, files []*ast.File, omissions []partial.Omission, idle func(*ast.File) bool) (fns []*ssa.Function, failure any) {
	files, info := partial.Prune(files, pass.TypesInfo, omissions)
	return buildFiles(pass.Fset, pass.Pkg, info, files, slices.DeleteFunc(slices.Clone(files), idle))
}

// buildFiles builds the SSA form of a package, and returns the functions of some of its files, in
// source order; failure is what the builder panicked with.
func buildFiles(fset *token.FileSet, types *types.Package, info *types.Info, files, of []*ast.File) (fns []*ssa.Function, failure any) {
	defer func() {
		if r := recover(); r != nil {
			fns, failure = nil, r
		}
	}()
	prog := ssa.NewProgram(fset, ssa.BuilderMode(0))
	createImports(prog, types, info)
	pkg := prog.CreatePackage(types, files, info, false)
	pkg.Build()
	for _, file := range of {
		fns = append(fns, declared(prog, info, file)...)
		fns = append(fns, literals(pkg, file)...)
	}
	fns = slices.DeleteFunc(fns, cut)
	slices.SortStableFunc(fns, func(a, b *ssa.Function) int { return cmp.Compare(a.Pos(), b.Pos()) })
	return fns, nil
}

// cut reports whether a function has no body: a loader has left it out, for what the package
// imports says that nothing is asked there.
func cut(fn *ssa.Function) bool {
	return slices.ContainsFunc(fn.Blocks, func(b *ssa.BasicBlock) bool {
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		return ok && len(ret.Results) < fn.Signature.Results().Len()
	})
}

// createImports creates the packages that a package imports, with what it mentions of them.
// An import has thousands of functions, and a few of them are called: a value for each of
// them took half as long as all that is built of the package.
func createImports(prog *ssa.Program, pkg *types.Package, info *types.Info) {
	files := map[*types.Package]*ast.File{}
	for _, p := range pkg.Imports() {
		files[p] = &ast.File{}
	}
	declarations := &types.Info{Defs: map[*ast.Ident]types.Object{}}
	seen := map[types.Object]bool{}
	for _, obj := range info.Uses {
		file := files[obj.Pkg()]
		if file == nil {
			continue
		}
		if fn, ok := obj.(*types.Func); ok {
			obj = fn.Origin()
		}
		if decl := declaration(obj, declarations); decl != nil && !seen[obj] {
			seen[obj] = true
			file.Decls = append(file.Decls, decl)
		}
	}
	for p, file := range files {
		prog.CreatePackage(p, []*ast.File{file}, declarations, true)
	}
}

// declaration returns what declares a function or a variable, without more than its name; nil
// for what has no value in SSA form: a type, a constant, a field, or a method of an interface.
func declaration(obj types.Object, info *types.Info) ast.Decl {
	name := ast.NewIdent(obj.Name())
	var decl ast.Decl
	switch obj := obj.(type) {
	case *types.Func:
		if recv := obj.Signature().Recv(); recv != nil && types.IsInterface(recv.Type()) {
			return nil
		}
		decl = &ast.FuncDecl{Name: name}
	case *types.Var:
		if obj.IsField() {
			return nil
		}
		decl = &ast.GenDecl{Tok: token.VAR, Specs: []ast.Spec{&ast.ValueSpec{Names: []*ast.Ident{name}}}}
	default:
		return nil
	}
	info.Defs[name] = obj
	return decl
}

// declared returns the functions that a file declares.
func declared(prog *ssa.Program, info *types.Info, file *ast.File) []*ssa.Function {
	var fns []*ssa.Function
	for _, decl := range file.Decls {
		decl, ok := decl.(*ast.FuncDecl)
		if !ok || decl.Body == nil {
			continue
		}
		obj, ok := info.Defs[decl.Name].(*types.Func)
		if !ok {
			continue
		}
		if fn := prog.FuncValue(obj); fn != nil && len(fn.Blocks) > 0 {
			fns = append(fns, fn)
		}
	}
	return fns
}

// literals returns the func literals in the initial values of a file's variables.
func literals(pkg *ssa.Package, file *ast.File) []*ssa.Function {
	return slices.DeleteFunc(slices.Clone(pkg.Func("init").AnonFuncs), func(fn *ssa.Function) bool {
		return fn.Pos() < file.FileStart || file.FileEnd < fn.Pos() || len(fn.Blocks) == 0
	})
}
