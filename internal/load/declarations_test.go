package load

import (
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// TestDeclarations compares what is declared in files of the standard library with what
// is once the bodies of functions are gone.
func TestDeclarations(t *testing.T) {
	t.Parallel()
	n := 0
	for _, pattern := range []string{"go/*/*.go", "net/http/*.go", "reflect/*.go", "internal/types/testdata/*/*.go"} {
		names, err := filepath.Glob(filepath.Join(runtime.GOROOT(), "src", pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			want, err := declared(text)
			if err != nil {
				continue // a test of what is no Go
			}
			n++
			if got, err := declared(declarations(name).([]byte)); err != nil || got != want {
				t.Errorf("%s: %v\n%s\nwant:\n%s", name, err, got, want)
			}
		}
	}
	if n < 300 {
		t.Errorf("only %d files", n)
	}
	if text := declarations("nowhere.go"); text != nil {
		t.Errorf("%v", text)
	}
}

// declared prints a file without the bodies of its functions.
func declared(text []byte) (string, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", text, parser.SkipObjectResolution)
	if err != nil {
		return "", err
	}
	for _, decl := range file.Decls {
		if decl, ok := decl.(*ast.FuncDecl); ok && decl.Body != nil {
			decl.Body = &ast.BlockStmt{}
		}
	}
	var out strings.Builder
	err = format.Node(&out, token.NewFileSet(), file)
	return strings.Join(strings.Fields(out.String()), " "), err
}
