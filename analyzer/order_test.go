package analyzer

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/errswallow/errswallow/internal/clitest"
	"github.com/errswallow/errswallow/internal/partial"
)

// TestOrder shuffles the declarations of each package of testdata, and the files that
// they stand in: what is reported, and what other packages are told, is the same.
func TestOrder(t *testing.T) {
	clitest.Slow(t, "analyses the cases in another order")
	t.Parallel()
	analysistest.Run(diagnosticsOnly{t}, testdata(t), New(Settings{}), "./order/...")
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadSyntax, Dir: testdata(t)}, "./order/...", "./rule/...", "./fact/...")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pkgs {
		t.Run(p.PkgPath, func(t *testing.T) {
			t.Parallel()
			want := orderless(t, p, nil)
			for seed := range uint64(6) {
				if got := orderless(t, p, rand.New(rand.NewPCG(seed, 0))); got != want {
					t.Errorf("in another order (seed %d):\n%s", seed, changes(want, got))
				}
			}
		})
	}
}

// changes are the lines of two texts that are not in both.
func changes(want, got string) string {
	var out strings.Builder
	wanted, had := strings.Split(want, "\n"), strings.Split(got, "\n")
	for _, line := range wanted {
		if !slices.Contains(had, line) {
			fmt.Fprintln(&out, "-", line)
		}
	}
	for _, line := range had {
		if !slices.Contains(wanted, line) {
			fmt.Fprintln(&out, "+", line)
		}
	}
	return out.String()
}

// orderless analyses a package with its declarations in another order, if there is one,
// and returns what is said of it, without positions.
func orderless(t *testing.T, p *packages.Package, order *rand.Rand) string {
	t.Helper()
	fset := token.NewFileSet()
	var files []*ast.File
	texts := shuffled(t, p, order)
	for name, text := range texts {
		file, err := parser.ParseFile(fset, name, text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	slices.SortFunc(files, func(a, b *ast.File) int {
		return strings.Compare(fset.Position(a.FileStart).Filename, fset.Position(b.FileStart).Filename)
	})
	conf := types.Config{
		Importer: imported(p.Imports),
		Error: func(err error) {
			if text := err.Error(); !strings.Contains(text, "imported ") || !strings.Contains(text, " not used") { // what needs it stands in another file now
				t.Error(err)
			}
		},
	}
	again := &packages.Package{ID: p.ID, Name: p.Name, PkgPath: p.PkgPath, Fset: fset, Syntax: files, TypesInfo: partial.NewInfo(), TypesSizes: p.TypesSizes, Module: p.Module}
	again.Types, _ = conf.Check(p.PkgPath, fset, files, again.TypesInfo)
	pass := New(Settings{Evidence: "possible"})
	run := pass.Run
	pass.Run = func(p *analysis.Pass) (any, error) {
		p.ReadFile = func(name string) ([]byte, error) { return texts[name], nil } // fixes are executed
		return run(p)
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{pass}, []*packages.Package{again}, nil)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, root := range graph.Roots {
		if root.Err != nil {
			t.Fatal(root.Err)
		}
		for _, d := range root.Diagnostics {
			line := d.Category + ": " + d.Message
			for _, r := range d.Related {
				line += "; " + r.Message
			}
			for _, fix := range d.SuggestedFixes {
				line += "; " + fix.Message
			}
			lines = append(lines, placed.ReplaceAllString(line, ""))
		}
		for _, fact := range root.AllObjectFacts() {
			lines = append(lines, placed.ReplaceAllString(fmt.Sprintf("%s: %#v", fact.Object, fact.Fact), ""))
		}
		for _, fact := range root.AllPackageFacts() {
			lines = append(lines, placed.ReplaceAllString(fmt.Sprintf("%s: %#v", fact.Package.Path(), fact.Fact), ""))
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// placed is a position in a message.
var placed = regexp.MustCompile(`[\w/-]+\.go:\d+`)

// imported are the packages that one imports, as they were loaded.
type imported map[string]*packages.Package

// Import implements types.Importer.
func (i imported) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	if p := i[path]; p != nil {
		return p.Types, nil
	}
	return nil, fmt.Errorf("%s is not imported", path)
}

// shuffled returns the text of a package's files: as they are, or with each declaration
// in a file by chance, in an order by chance. Imports go into every file.
func shuffled(t *testing.T, p *packages.Package, order *rand.Rand) map[string][]byte {
	t.Helper()
	texts := map[string][]byte{}
	dir := filepath.Dir(p.GoFiles[0])
	for i, file := range p.Syntax {
		name := p.Fset.Position(file.FileStart).Filename
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if order == nil {
			texts[name] = text
			continue
		}
		base := p.Fset.File(file.FileStart).Base()
		header, chunks := chunksOf(text, file, base)
		order.Shuffle(len(chunks), func(i, j int) { chunks[i], chunks[j] = chunks[j], chunks[i] })
		cut := order.IntN(len(chunks) + 1)
		for half, part := range [][][]byte{chunks[:cut], chunks[cut:]} {
			// Names sort as chance has it.
			name := filepath.Join(dir, fmt.Sprintf("%c%d_%d.go", 'a'+order.IntN(26), i, half))
			texts[name] = append(slices.Clone(header), bytes.Join(part, []byte("\n"))...)
		}
	}
	return texts
}

// chunksOf cuts a file up: what stands before its first declaration that is no import,
// and each declaration with what stands before it.
func chunksOf(text []byte, file *ast.File, base int) (header []byte, chunks [][]byte) {
	lineEnd := func(pos token.Pos) int {
		end := int(pos) - base
		if i := bytes.IndexByte(text[end:], '\n'); i >= 0 {
			return end + i + 1
		}
		return len(text)
	}
	from := lineEnd(file.Name.End())
	for _, decl := range file.Decls {
		end := lineEnd(decl.End())
		if gen, ok := decl.(*ast.GenDecl); ok && gen.Tok == token.IMPORT {
			from = end
			continue
		}
		if header == nil {
			header = text[:from:from]
		}
		chunks = append(chunks, text[from:end])
		from = end
	}
	if header == nil {
		header = text
	}
	return header, chunks
}
