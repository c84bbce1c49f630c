package analyzer

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"testing"

	"golang.org/x/tools/go/analysis"
)

// TestCut builds a package whose bodies a loader has left out: what has to answer something is no
// function that can be executed.
func TestCut(t *testing.T) {
	t.Parallel()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", "package p\n\nfunc Options() *int {\n}\n\nfunc Named() (n int) { return 1 }\n\nfunc Nothing() {\n}\n", 0)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Selections: map[*ast.SelectorExpr]*types.Selection{}, Implicits: map[ast.Node]types.Object{}, Scopes: map[ast.Node]*types.Scope{},
		Instances: map[*ast.Ident]types.Instance{}, FileVersions: map[*ast.File]string{},
	}
	config := types.Config{Error: func(error) {}} // of what is left out it says that a return is missing
	pkg, _ := config.Check("p", fset, []*ast.File{file}, info)
	var names []string
	for _, fn := range buildSSA(&analysis.Pass{Fset: fset, Files: []*ast.File{file}, Pkg: pkg, TypesInfo: info}, []*ast.File{file}, nil, generated) {
		names = append(names, fn.Name())
	}
	if len(names) != 2 || names[0] != "Named" || names[1] != "Nothing" {
		t.Errorf("functions that can be executed: %q", names)
	}
}
