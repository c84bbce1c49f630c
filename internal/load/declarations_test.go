package load

import (
	"bytes"
	"go/ast"
	compilers "go/importer"
	"go/parser"
	"go/scanner"
	"go/token"
	"go/types"
	"io/fs"
	"os"
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
		same := func(got, want []string) {
			for i := range want {
				if i >= len(got) || got[i] != want[i] {
					t.Fatalf("%s: %v, want %s", path, got[i:min(len(got), i+1)], want[i])
				}
			}
		}
		same(declared(t, imports, path, names, func(name string) any { return declarations(name) }), want)
		texts := interfaces(names)
		got := declared(t, imports, path, names, func(name string) any { return texts[slices.Index(names, name)] })
		same(exported(got), exported(want))
		compared += len(want)
	}
	if compared < 700 {
		t.Errorf("only %d declarations", compared)
	}
	if text := declarations("nowhere.go"); text != nil {
		t.Errorf("%v", text)
	}
}

// exported leaves out functions that only their package can name.
func exported(declared []string) []string {
	return slices.DeleteFunc(slices.Clone(declared), func(line string) bool {
		name := line[:strings.IndexAny(line+"(", "([")]
		return strings.HasPrefix(line, "func ") && name != "func " && unexported([]byte(name[strings.LastIndexByte(name, '.')+1:]))
	})
}

// TestTokens compares the tokens of the standard library's files with those that
// go/scanner finds, and cuts each so that it still is Go.
func TestTokens(t *testing.T) {
	t.Parallel()
	files := 0
	filepath.WalkDir(filepath.Join(runtime.GOROOT(), "src"), func(name string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".go") || strings.Contains(name, "testdata") || strings.Contains(name, "/src/cmd/") {
			return nil
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files++
		file := token.NewFileSet().AddFile(name, -1, len(text))
		var want scanner.Scanner
		want.Init(file, text, func(token.Position, string) {}, 0)
		got := lexer{text: text}
		for {
			pos, tok, lit := want.Scan()
			start, have := got.next()
			same := start == file.Offset(pos) || tok == token.SEMICOLON && lit == "\n"
			switch {
			case tok.IsLiteral() && tok != token.IDENT:
				same = same && have == token.STRING
			case have == token.ADD:
				same = same && tok.IsOperator()
				for same && got.at < start+len(tok.String()) {
					got.next() // of an operator of two or three characters
				}
			default:
				same = same && tok == have
			}
			if !same {
				t.Errorf("%s: %s, want %s", file.Position(pos), have, tok)
				return nil
			}
			if tok == token.EOF {
				break
			}
		}
		for _, cut := range [][]byte{cutText(text), interfaces([]string{name})[0]} {
			if _, err := parser.ParseFile(token.NewFileSet(), name, cut, parser.SkipObjectResolution); err != nil {
				t.Error(err)
			}
			if bytes.Count(cut, []byte{'\n'}) != bytes.Count(text, []byte{'\n'}) {
				t.Errorf("%s: lines have other numbers", name)
			}
		}
		return nil
	})
	if files < 1000 {
		t.Errorf("only %d files", files)
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
	if got := string(cutText([]byte(source))); got != want {
		t.Errorf("%s\nwant:\n%s", got, want)
	}
}
