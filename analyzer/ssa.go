package analyzer

import (
	"go/ast"
	"go/types"
	"sync/atomic"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"
)

// built counts the packages whose SSA was built, so that a test can say that
// most are not.
var built atomic.Int64

// buildSSA builds the SSA form of one package and returns the functions that it
// declares, in source order; nobody mends generated code, so that is left out.
// passes/buildssa does the same, but for every package: a required analyzer runs
// before this one can look at the gate.
func buildSSA(pass *analysis.Pass) []*ssa.Function {
	built.Add(1)
	prog := ssa.NewProgram(pass.Fset, ssa.BuilderMode(0))
	for _, p := range pass.Pkg.Imports() {
		prog.CreatePackage(p, nil, nil, true)
	}
	pkg := prog.CreatePackage(pass.Pkg, pass.Files, pass.TypesInfo, false)
	pkg.Build()
	var fns []*ssa.Function
	for _, file := range pass.Files {
		if ast.IsGenerated(file) {
			continue
		}
		for _, decl := range file.Decls {
			decl, ok := decl.(*ast.FuncDecl)
			if !ok || decl.Body == nil {
				continue
			}
			obj, ok := pass.TypesInfo.Defs[decl.Name].(*types.Func)
			if !ok {
				continue
			}
			if fn := prog.FuncValue(obj); fn != nil && len(fn.Blocks) > 0 {
				fns = append(fns, fn)
			}
		}
	}
	return fns
}
