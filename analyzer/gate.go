package analyzer

import (
	"go/ast"
	"go/constant"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/errswallow/errswallow/analyzer/internal/catalogue"
)

// gate reports whether a package has anything to find: whether a call in it
// resolves to a query, to a call that cannot be undone, or to a function with a
// summary. Most packages end here, most of them at the first line: what cannot
// see a client library, and nothing that calls one, calls none itself.
func gate(pass *analysis.Pass, cat *catalogue.Catalogue, known *facts) bool {
	if !sees(pass.Pkg, cat) && !known.any() {
		return false
	}
	for _, file := range pass.Files {
		for n := range ast.Preorder(file) {
			if call, ok := n.(*ast.CallExpr); ok && opens(pass, call, cat, known) {
				return true
			}
		}
	}
	return false
}

// opens reports whether a call is one of those.
func opens(pass *analysis.Pass, call *ast.CallExpr, cat *catalogue.Catalogue, known *facts) bool {
	obj := typeutil.Callee(pass.TypesInfo, call)
	if obj == nil {
		return false
	}
	if sym, ok := cat.Lookup(obj); ok {
		return sym.Opens()
	}
	fn, ok := obj.(*types.Func)
	if !ok {
		return false
	}
	if runs(pass, call, cat) || known.Imported(fn.Origin()) != nil {
		return true
	}
	recv := fn.Signature().Recv()
	return recv != nil && types.IsInterface(recv.Type()) && len(known.Implementations(fn)) > 0
}

// execPath is the package that runs command lines.
const execPath = "os/exec"

// runs reports whether a call names a program that the catalogue knows, or a
// subcommand: it makes a command of package os/exec, or is a helper that runs one.
func runs(pass *analysis.Pass, call *ast.CallExpr, cat *catalogue.Catalogue) bool {
	before := "" // the argument before
	for i, arg := range call.Args {
		word := ""
		if v := pass.TypesInfo.Types[arg].Value; v != nil && v.Kind() == constant.String {
			word = constant.StringVal(v)
		}
		if word != "" && i < 2 && cat.Program(word) {
			return true
		}
		if word != "" && before != "" {
			if _, ok := cat.Command("", []string{before, word}); ok {
				return true
			}
		}
		before = word
	}
	return false
}

// sees reports whether a package imports, at any depth, one that declares a
// query, or runs command lines: by itself, or by one that it imports from where it
// comes from itself.
func sees(pkg *types.Package, cat *catalogue.Catalogue) bool {
	imports := func(p *types.Package) bool {
		return slices.ContainsFunc(p.Imports(), func(p *types.Package) bool { return p.Path() == execPath })
	}
	host, _, _ := strings.Cut(pkg.Path(), "/")
	if cat.Programs() && (imports(pkg) || slices.ContainsFunc(pkg.Imports(), func(p *types.Package) bool {
		return strings.HasPrefix(p.Path(), host+"/") && imports(p)
	})) {
		return true
	}
	seen := map[*types.Package]bool{}
	work := []*types.Package{pkg}
	for len(work) > 0 {
		next := work[len(work)-1]
		work = work[:len(work)-1]
		if cat.Packages(next.Path()) {
			return true
		}
		for _, imp := range next.Imports() {
			if !seen[imp] {
				seen[imp] = true
				work = append(work, imp)
			}
		}
	}
	return false
}
