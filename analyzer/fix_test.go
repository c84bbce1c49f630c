package analyzer

import (
	"fmt"
	"go/format"
	"go/parser"
	"go/types"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"
	"golang.org/x/tools/imports"

	"github.com/errswallow/errswallow/internal/clitest"
	"github.com/errswallow/errswallow/internal/partial"
)

// TestFixes compares what the fixes make of testdata/fix with golden files.
func TestFixes(t *testing.T) {
	t.Parallel()
	analysistest.RunWithSuggestedFixes(diagnosticsOnly{t}, testdata(t), New(Settings{}), "./fix/...")
}

// fixed are packages whose every fix is tried.
var fixed = []string{"./rule/...", "./fact/...", "./fix/..."}

// TestFixesMend applies each fix of each diagnostic alone: the file compiles then,
// and the pass has nothing to say of that place. It counts them, for a fix that is
// not offered any more is a loss, too.
func TestFixesMend(t *testing.T) {
	clitest.Slow(t, "compiles and analyses what every fix makes")
	t.Parallel()
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadAllSyntax, Dir: testdata(t)}, fixed...)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range tried() {
		more, err := packages.Load(&packages.Config{Mode: packages.LoadAllSyntax, Dir: folder(name)}, "./...")
		if err == nil { // states has no module
			pkgs = append(pkgs, more...)
		}
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{New(Settings{})}, pkgs, nil)
	if err != nil {
		t.Fatal(err)
	}
	offered, without := map[string]int{}, map[string]int{}
	for _, root := range graph.Roots {
		for _, d := range root.Diagnostics {
			if len(d.SuggestedFixes) == 0 {
				without[d.Category]++
				t.Log(root.Package.Fset.Position(d.Pos), d.Message)
				continue
			}
			offered[d.Category]++
			for _, fix := range d.SuggestedFixes {
				name, text := apply(t, root.Package, fix)
				if err := mended(root, d, name, text); err != nil {
					t.Errorf("%s: %s: %v\n%s", root.Package.Fset.Position(d.Pos), fix.Message, err, diff(t, name, text))
				}
			}
		}
	}
	t.Logf("with a fix: %v, without: %v", offered, without)
	for rule, want := range map[string]int{"collapse": 31, "empty": 7, "discard": 8, "overbroad": 5} {
		if offered[rule] < want {
			t.Errorf("%s: %d fixes, want %d", rule, offered[rule], want)
		}
	}
}

// apply returns the one file that a fix changes, and its text then.
func apply(t *testing.T, pkg *packages.Package, fix analysis.SuggestedFix) (name string, text []byte) {
	t.Helper()
	edits := slices.Clone(fix.TextEdits)
	slices.SortStableFunc(edits, func(a, b analysis.TextEdit) int { return int(b.Pos - a.Pos) })
	file := pkg.Fset.File(edits[0].Pos)
	text, err := os.ReadFile(file.Name())
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range edits {
		text = slices.Concat(text[:file.Offset(e.Pos)], e.NewText, text[file.Offset(e.End):])
	}
	// A package that is not used any more is dropped, as drivers do.
	text, err = imports.Process(file.Name(), text, nil)
	if err != nil {
		t.Fatalf("%s: %s: %v", pkg.Fset.Position(fix.TextEdits[0].Pos), fix.Message, err)
	}
	return file.Name(), text
}

// mended analyses a package with another text of one file.
func mended(root *checker.Action, d analysis.Diagnostic, name string, text []byte) error {
	formatted, err := format.Source(text)
	if err != nil || string(formatted) != string(text) {
		return fmt.Errorf("not formatted: %v", err)
	}
	pkg, err := recheck(root.Package, name, text)
	if err != nil {
		return fmt.Errorf("does not compile: %w", err)
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{New(Settings{})}, []*packages.Package{pkg}, nil)
	if err != nil {
		return err
	}
	if left, had := len(graph.Roots[0].Diagnostics), len(root.Diagnostics); left >= had {
		return fmt.Errorf("%d diagnostics, and %d before", left, had)
	}
	for _, after := range graph.Roots[0].Diagnostics {
		function, _, _ := strings.Cut(d.Message, ":")
		if strings.HasPrefix(after.Message, function+":") && after.Message == d.Message {
			return fmt.Errorf("still reported: %s", after.Message)
		}
	}
	return nil
}

// recheck type-checks a package with another text of one file. Its imports are
// those of the same module: no others have facts.
func recheck(pkg *packages.Package, name string, text []byte) (*packages.Package, error) {
	after := *pkg
	after.Syntax, after.Imports = nil, map[string]*packages.Package{}
	known := map[string]*types.Package{}
	packages.Visit([]*packages.Package{pkg}, nil, func(p *packages.Package) { known[p.PkgPath] = p.Types })
	for path, p := range pkg.Imports {
		if p.Module != nil && p.Module.Version == "" {
			after.Imports[path] = p
		}
	}
	for _, file := range pkg.GoFiles {
		var src any
		if file == name {
			src = text
		}
		syntax, err := parser.ParseFile(pkg.Fset, file, src, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		after.Syntax = append(after.Syntax, syntax)
	}
	after.TypesInfo = partial.NewInfo()
	var err error
	conf := types.Config{Importer: importer(known)}
	after.Types, err = conf.Check(pkg.PkgPath, pkg.Fset, after.Syntax, after.TypesInfo)
	return &after, err
}

// importer finds packages that were loaded before.
type importer map[string]*types.Package

// Import implements types.Importer.
func (i importer) Import(path string) (*types.Package, error) {
	if p := i[path]; p != nil {
		return p, nil
	}
	return nil, fmt.Errorf("%s is not among what the package needs", path)
}

// diff shows what became of a file.
func diff(t *testing.T, name string, text []byte) string {
	t.Helper()
	after := filepath.Join(t.TempDir(), "after.go")
	if err := os.WriteFile(after, text, 0o644); err != nil {
		t.Fatal(err)
	}
	out, _ := exec.Command("diff", "-u", name, after).Output()
	return string(out)
}
