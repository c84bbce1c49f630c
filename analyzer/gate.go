package analyzer

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/catalogue"
)

// gate reports whether a package has anything to find: whether a call in it
// resolves to a query, to a call that cannot be undone, or to a function with a
// summary. Most packages end here, most of them at the first line: what cannot
// see a client library, and nothing that calls one, calls none itself.
//
// A package that is the user's own is looked through in any case: it may have command lines run
// by an interface, which imports nothing that tells, or functions that others hand their errors to.
func gate(pass *analysis.Pass, cat *catalogue.Catalogue, known *facts) bool {
	commands, own := executes(pass.Pkg, cat), own(pass)
	if !commands && !own && !sees(pass.Pkg, cat) && !known.any() {
		return false
	}
	for _, file := range pass.Files {
		for _, decl := range file.Decls {
			if imports, ok := decl.(*ast.GenDecl); ok && imports.Tok == token.IMPORT {
				continue // time is a program, too
			}
			if fn, ok := decl.(*ast.FuncDecl); ok && own && hears(pass, fn) {
				return true
			}
			for n := range ast.Preorder(decl) {
				switch n := n.(type) {
				case *ast.CallExpr:
					if opens(pass, n, cat, known) || commands && tells(pass, n.Args, cat) {
						return true
					}
				case *ast.CompositeLit:
					if commands && tells(pass, n.Elts, cat) {
						return true
					}
				case *ast.BasicLit:
					if commands && runs(n, cat) || own && cat.Mentions([]byte(n.Value)) {
						return true
					}
				}
			}
		}
	}
	return false
}

// hears reports whether a function that others can call is handed an error.
func hears(pass *analysis.Pass, decl *ast.FuncDecl) bool {
	fn, ok := pass.TypesInfo.Defs[decl.Name].(*types.Func)
	return ok && fn.Exported() && slices.ContainsFunc(slices.Collect(fn.Signature().Params().Variables()), func(v *types.Var) bool {
		return absint.IsError(v.Type())
	})
}

// own reports whether a package stands in no module that was downloaded, nor in the standard
// library.
func own(pass *analysis.Pass) bool {
	return !catalogue.Standard(pass.Pkg.Path()) && (pass.Module == nil || pass.Module.Version == "")
}

// opens reports whether a call is one of those.
func opens(pass *analysis.Pass, call *ast.CallExpr, cat *catalogue.Catalogue, known *facts) bool {
	obj := typeutil.Callee(pass.TypesInfo, call)
	if obj == nil {
		return false
	}
	if sym, ok := cat.Lookup(obj); ok {
		return sym.Opens() || sym.Replies()
	}
	fn, ok := obj.(*types.Func)
	if !ok {
		return false
	}
	if known.Imported(fn.Origin()) != nil {
		return true
	}
	if _, does := cat.Unseen(fn.Origin(), false); does && !catalogue.Standard(fn.Pkg().Path()) {
		return true
	}
	recv := fn.Signature().Recv()
	return recv != nil && types.IsInterface(recv.Type()) && len(known.Implementations(fn)) > 0
}

// execPath is the package that runs command lines.
const execPath = "os/exec"

// runs reports whether a text is the name of a program that the catalogue knows, or begins
// with one: a package that runs command lines may run it.
func runs(lit *ast.BasicLit, cat *catalogue.Catalogue) bool {
	if lit.Kind != token.STRING {
		return false
	}
	text, err := strconv.Unquote(lit.Value)
	name, _, _ := strings.Cut(text, " ")
	return err == nil && name != "" && cat.Runs(name)
}

// tells reports whether two words that stand beside each other tell a command, whatever
// program is run: "container", "inspect".
func tells(pass *analysis.Pass, list []ast.Expr, cat *catalogue.Catalogue) bool {
	before := ""
	for _, e := range list {
		word := ""
		if v := pass.TypesInfo.Types[e].Value; v != nil && v.Kind() == constant.String {
			word = constant.StringVal(v)
		}
		if word != "" && before != "" && cat.Told(before, word) {
			return true
		}
		before = word
	}
	return false
}

// sees reports whether a package imports, at any depth, one that declares a
// query, or runs command lines: by itself, or by one that it imports from where it
// comes from itself.
func sees(pkg *types.Package, cat *catalogue.Catalogue) bool {
	if executes(pkg, cat) {
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

// dependent is what both a type checker and a loader know of a package.
type dependent[P any] interface {
	Path() string
	Imports() []P
}

// executes reports whether a package may run command lines, or ask the system, see sees.
func executes[P dependent[P]](pkg P, cat *catalogue.Catalogue) bool {
	imports := func(p P) bool {
		foreign := catalogue.Standard(p.Path())
		return slices.ContainsFunc(p.Imports(), func(p P) bool {
			return p.Path() == execPath && cat.Programs() || !foreign && cat.Direct(p.Path())
		})
	}
	host, _, _ := strings.Cut(pkg.Path(), "/")
	return imports(pkg) || slices.ContainsFunc(pkg.Imports(), func(p P) bool {
		return strings.HasPrefix(p.Path(), host+"/") && imports(p)
	})
}
