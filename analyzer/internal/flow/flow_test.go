package flow

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/ssa/ssautil"
)

// TestFunctions compares what a Graph says of every function of testdata with the
// function's comment.
func TestFunctions(t *testing.T) {
	t.Parallel()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "testdata/functions.go", nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	pkg, _, err := ssautil.BuildPackage(&types.Config{Importer: importer.Default()}, fset, types.NewPackage("functions", ""), []*ast.File{file}, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, decl := range file.Decls {
		decl, ok := decl.(*ast.FuncDecl)
		if !ok || decl.Doc == nil {
			continue
		}
		t.Run(decl.Name.Name, func(t *testing.T) {
			t.Parallel()
			want := strings.TrimSpace(decl.Doc.Text())
			want = want[strings.Index(want, "turns"):]
			if got := said(pkg.Func(decl.Name.Name)); got != want {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}

func said(fn *ssa.Function) string {
	g := New(fn)
	branch := fn.Blocks[slices.IndexFunc(fn.Blocks, func(b *ssa.BasicBlock) bool { return len(b.Succs) == 2 })]
	var live, turns []*ssa.BasicBlock
	for _, b := range fn.Blocks {
		if b != branch && g.Live(fn.Params[0], b) {
			live = append(live, b)
		}
		if g.Turns(b) {
			turns = append(turns, b)
		}
	}
	return strings.TrimSpace(strings.TrimSpace("turns "+names(turns)) + "\nlive " + names(live))
}

func names(blocks []*ssa.BasicBlock) string {
	var out []string
	for _, b := range blocks {
		if n := name(b); n != "" {
			out = append(out, n)
		}
	}
	slices.Sort(out)
	return strings.Join(slices.Compact(out), " ")
}

// name returns the first function that a block calls, "" for none.
func name(b *ssa.BasicBlock) string {
	for _, instr := range b.Instrs {
		if call, ok := instr.(*ssa.Call); ok {
			return call.Call.StaticCallee().Name()
		}
	}
	return ""
}
