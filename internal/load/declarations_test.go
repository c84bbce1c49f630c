package load

import (
	"go/ast"
	compilers "go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// TestDeclarations compares the types of what packages of the standard library declare
// with those that are left once bodies and literals are gone.
func TestDeclarations(t *testing.T) {
	t.Parallel()
	compared := 0
	imports := compilers.ForCompiler(token.NewFileSet(), "source", nil)
	for _, path := range []string{"encoding/json", "go/ast", "go/token", "html", "reflect", "strconv", "text/template", "unicode"} {
		names, err := filepath.Glob(filepath.Join(runtime.GOROOT(), "src", path, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		names = slices.DeleteFunc(names, func(name string) bool { return strings.HasSuffix(name, "_test.go") })
		want := declared(t, imports, path, names, func(string) any { return nil })
		got := declared(t, imports, path, names, declarations)
		for i := range want {
			if i >= len(got) || got[i] != want[i] {
				t.Fatalf("%s: %v, want %s", path, got[i:min(len(got), i+1)], want[i])
			}
		}
		compared += len(want)
	}
	if compared < 700 {
		t.Errorf("only %d declarations", compared)
	}
	if text := declarations("nowhere.go"); text != nil {
		t.Errorf("%v", text)
	}
}

// declared type-checks files without function bodies, each as text has it, and prints
// what they declare.
func declared(t *testing.T, imports types.Importer, path string, names []string, text func(string) any) []string {
	t.Helper()
	fset := token.NewFileSet()
	var files []*ast.File
	for _, name := range names {
		file, err := parser.ParseFile(fset, name, text(name), parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	conf := types.Config{Importer: imports, IgnoreFuncBodies: true, FakeImportC: true, Error: func(error) {}}
	pkg, _ := conf.Check(path, fset, files, nil) // files of other systems declare the same
	var out []string
	for _, name := range pkg.Scope().Names() {
		obj := pkg.Scope().Lookup(name)
		out = append(out, obj.String()+" "+obj.Type().Underlying().String())
		if named, ok := obj.Type().(*types.Named); ok {
			for m := range named.Methods() {
				out = append(out, m.String())
			}
		}
	}
	return out
}

// TestCut cuts what it may, and no more.
func TestCut(t *testing.T) {
	t.Parallel()
	const source = `package p

type S struct{ f func() struct{ n int } }

func (s S) F() struct{ n int } { return struct{ n int }{1} }

func G[T interface{ ~int }](f func(T) interface{ M() }) { if true { return } }

var (
	a = []int{1, 2}
	b = [...]int{1, 2, 3}
	c, d = map[string]struct{ n int }{"a": {1}}, func() int { return 1 }
	e interface{ M() } = nil
)

var f = struct{ n int }{1}.n

const g = len([...]string{"a", "b"})

type T [len(b)]struct{}

func H()
`
	const want = `package p

type S struct{ f func() struct{ n int } }

func (s S) F() struct{ n int } {}

func G[T interface{ ~int }](f func(T) interface{ M() }) {}

var (
	a = []int{}
	b = [...]int{1, 2, 3}
	c, d = map[string]struct{ n int }{}, func() int {}
	e interface{ M() } = nil
)

var f = struct{ n int }{}.n

const g = len([...]string{"a", "b"})

type T [len(b)]struct{}

func H()
`
	if got := string(cutText("p.go", []byte(source))); got != want {
		t.Errorf("%s\nwant:\n%s", got, want)
	}
}
