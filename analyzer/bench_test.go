package analyzer

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/packages"

	"github.com/errswallow/errswallow/analyzer/internal/generate"
	"github.com/errswallow/errswallow/analyzer/internal/summary"

	"github.com/errswallow/errswallow/internal/clitest"
)

// nothing does what every analysis with facts has to: it indexes the syntax, and has
// the driver look for facts.
var nothing = &analysis.Analyzer{
	Name:      "nothing",
	Doc:       "nothing reports nothing",
	Requires:  []*analysis.Analyzer{inspect.Analyzer},
	FactTypes: []analysis.Fact{new(summary.Summary)},
	Run:       func(*analysis.Pass) (any, error) { return nil, nil },
}

// stage returns an analyzer that goes as far as one stage of the pass.
func stage(run func(*instance, *analysis.Pass, *world) error) *analysis.Analyzer {
	a := New(Settings{})
	c := &instance{}
	a.Run = func(pass *analysis.Pass) (any, error) {
		world, err := c.world()
		if err != nil {
			return nil, err
		}
		return nil, run(c, pass, world)
	}
	return a
}

// BenchmarkPackages analyses packages that are loaded already: net/http, where the
// gate ends it, and the rules' cases and those of the client libraries, where nothing
// does. Beside the pass stand an analyzer that does nothing, and its stages, each with
// those before it.
func BenchmarkPackages(b *testing.B) {
	for _, bench := range []struct{ name, dir, pattern string }{
		{"http", ".", "net/http"},
		{"rules", "testdata", "./rule/..."},
		{"cli", folder("cli"), "./..."},
	} {
		pkgs := loaded(b, bench.dir, bench.pattern)
		for _, a := range []struct {
			name     string
			analyzer *analysis.Analyzer
		}{
			{"nothing", nothing},
			{"gate", stage(func(c *instance, pass *analysis.Pass, w *world) error {
				gate(pass, w.catalogue, &facts{pass: pass})
				return nil
			})},
			{"ssa", stage(func(c *instance, pass *analysis.Pass, w *world) error {
				if known := (&facts{pass: pass}); gate(pass, w.catalogue, known) {
					buildSSA(pass, hollow(pass), nil, idle(pass, w.catalogue, known))
				}
				return nil
			})},
			{"summaries", stage(func(c *instance, pass *analysis.Pass, w *world) error {
				c.infer(pass, w)
				return nil
			})},
			{"errswallow", New(Settings{})},
		} {
			b.Run(bench.name+"/"+a.name, func(b *testing.B) { analyse(b, a.analyzer, pkgs) })
		}
	}
}

// BenchmarkTree analyses a module of so many functions, each of which asks a
// runtime, or a function that does. What one costs does not depend on how many
// there are.
func BenchmarkTree(b *testing.B) {
	for _, n := range []int{1000, 4000, 16000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			pkgs := loaded(b, tree(b, n), "./...")
			analyse(b, New(Settings{}), pkgs)
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/function")
		})
	}
}

// TestLinear analyses a module, and one four times as large: what is allocated
// grows as much. Time does, too, as BenchmarkTree shows on a quiet machine.
func TestLinear(t *testing.T) {
	clitest.Slow(t, "analyses 5,000 functions")
	allocated := func(n int) float64 {
		pkgs := loaded(t, tree(t, n), "./...")
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		analyse(t, New(Settings{}), pkgs)
		runtime.ReadMemStats(&after)
		return float64(after.Mallocs - before.Mallocs)
	}
	small, large := allocated(1000), allocated(4000)
	if large > 2.2*2.2*small {
		t.Errorf("%.0f allocations for 1,000 functions, %.0f for 4,000", small, large)
	}
}

// analyse runs an analyzer, as often as a benchmark says.
func analyse(tb testing.TB, a *analysis.Analyzer, pkgs []*packages.Package) {
	tb.Helper()
	once := func() {
		graph, err := checker.Analyze([]*analysis.Analyzer{a}, pkgs, nil)
		if err != nil {
			tb.Fatal(err)
		}
		for _, root := range graph.Roots {
			if root.Err != nil {
				tb.Fatal(root.Err)
			}
		}
	}
	b, ok := tb.(*testing.B)
	if !ok {
		once()
		return
	}
	b.ReportAllocs()
	for b.Loop() {
		once()
	}
}

// loaded loads packages with their syntax, and their dependencies from export data
// as far as they stand outside of the module.
func loaded(tb testing.TB, dir, pattern string) []*packages.Package {
	tb.Helper()
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadSyntax | packages.NeedModule, Dir: dir, Env: append(os.Environ(), "GOPROXY=off")}, pattern)
	if err != nil {
		tb.Fatal(err)
	}
	if packages.PrintErrors(pkgs) > 0 {
		tb.Fatal("packages do not load")
	}
	return pkgs
}

// perPackage is how many functions a package of a generated tree has.
const perPackage = 100

// tree writes a module of n generated functions and returns its folder. The half
// of each package's functions asks through a function of the package before.
func tree(tb testing.TB, n int) string {
	tb.Helper()
	dir := tb.TempDir()
	write := func(name, text string) {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			tb.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			tb.Fatal(err)
		}
	}
	write("go.mod", "module example.com/tree\n\ngo 1.26\n")
	r := rand.New(rand.NewPCG(1, 0))
	for p := range n / perPackage {
		var text strings.Builder
		prelude := strings.Replace(generate.Prelude, "package main", fmt.Sprintf("package p%d", p), 1)
		if p > 0 {
			prelude = strings.Replace(prelude, `"log"`, fmt.Sprintf("\"log\"\n\n\t\"example.com/tree/p%d\"", p-1), 1)
		}
		text.WriteString(prelude)
		for f := range perPackage / 2 {
			text.WriteString(generate.New(fmt.Sprintf("Ask%d", f), r).Source + "\n")
			below := fmt.Sprintf("Ask%d(nil) != Ask%d(nil)", f, f)
			if p > 0 {
				below = fmt.Sprintf("p%d.IsRunning%d(id)", p-1, f)
			}
			fmt.Fprintf(&text, "func IsRunning%d(id string) bool {\n\tif id == \"\" {\n\t\treturn false\n\t}\n\treturn %s\n}\n\n", f, strings.Replace(below, fmt.Sprintf("Ask%d(nil) != Ask%d(nil)", f, f), `id != "0"`, 1))
		}
		write(fmt.Sprintf("p%d/p%d.go", p, p), text.String())
	}
	return dir
}
