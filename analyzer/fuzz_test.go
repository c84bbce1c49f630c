package analyzer

import (
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/errswallow/errswallow/internal/partial"
)

// FuzzDirective puts any comment wherever one can stand: the pass reports it, or
// goes by it, or passes it over.
func FuzzDirective(f *testing.F) {
	f.Add("//errswallow:query")
	f.Add("//errswallow:ignore collapse shown only")
	f.Add("//errswallow:ignore")
	f.Add("//errswallow:")
	f.Fuzz(func(t *testing.T, comment string) {
		if !strings.HasPrefix(comment, "//") || strings.ContainsAny(comment, "\r\n") {
			comment = "//errswallow:" + strings.NewReplacer("\r", "", "\n", "").Replace(comment)
		}
		text := comment + "\npackage p\n\n" + comment + "\nfunc Inspect(id string) (bool, error) { return true, nil } " + comment +
			"\n\ntype T interface {\n\t" + comment + "\n\tGet() error\n}\n\n" + comment + "\nfunc IsRunning(id string) bool {\n\tok, _ := Inspect(id) " + comment + "\n\treturn ok\n}\n" + comment
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, "p.go", text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return // no Go: a NUL, say
		}
		p := &packages.Package{ID: "p", Name: "p", PkgPath: "p", Fset: fset, Syntax: []*ast.File{file}, TypesInfo: partial.NewInfo(), TypesSizes: types.SizesFor("gc", "amd64")}
		if p.Types, err = new(types.Config).Check("p", fset, p.Syntax, p.TypesInfo); err != nil {
			return // a //go: directive that the compiler knows
		}
		graph, err := checker.Analyze([]*analysis.Analyzer{New(Settings{})}, []*packages.Package{p}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := graph.Roots[0].Err; err != nil {
			t.Error(err)
		}
	})
}

// FuzzSettings sets flags to anything: they are refused, by a message that names
// the flag, or they are good.
func FuzzSettings(f *testing.F) {
	f.Add("query", "(*example.com/rt.Client).Inspect")
	f.Add("rules", "collapse,empty")
	f.Add("libraries", "dokcer")
	f.Fuzz(func(t *testing.T, name, value string) {
		var settings Settings
		flags := flag.NewFlagSet("", flag.ContinueOnError)
		flags.SetOutput(io.Discard)
		settings.Bind(flags)
		if flags.Lookup(name) == nil || flags.Set(name, value) != nil {
			return
		}
		if err := settings.Validate(); err != nil && !strings.Contains(err.Error(), "-"+name) {
			t.Errorf("-%s=%q: %v", name, value, err)
		}
	})
}
