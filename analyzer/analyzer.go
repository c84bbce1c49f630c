package analyzer

import (
	_ "embed"
	"fmt"
	"go/ast"
	"reflect"
	"slices"
	"strings"
	"sync"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/catalogue"
	"github.com/errswallow/errswallow/analyzer/internal/rule"
	"github.com/errswallow/errswallow/analyzer/internal/summary"
	"github.com/errswallow/errswallow/analyzer/internal/trial"
	"github.com/errswallow/errswallow/internal/gotest"
	"github.com/errswallow/errswallow/internal/origin"
	"github.com/errswallow/errswallow/internal/partial"
)

//go:embed doc.go
var source string

// Analyzer is the pass with its default settings, and with its flags.
var Analyzer = New(Settings{})

// New returns a fresh Analyzer. Its flags are bound to a copy of the settings,
// so that a driver's command line can change them; they are validated when the
// first package is analysed.
func New(settings Settings) *analysis.Analyzer {
	c := &instance{settings: settings}
	a := &analysis.Analyzer{
		Name:      "errswallow",
		Doc:       section(source),
		URL:       rulesURL,
		Run:       c.run,
		FactTypes: []analysis.Fact{new(summary.Summary), new(summary.Interfaces), new(Entries)},
		// What does not type-check is left out, one function at a time.
		RunDespiteErrors: true,
		ResultType:       reflect.TypeFor[*Result](),
	}
	c.settings.Bind(&a.Flags)
	return a
}

// An instance is one Analyzer: its settings, and what they mean.
type instance struct {
	settings Settings
	once     once
	audits   bool // the result has what an audit shows
	sites    bool // the result has what a test run can make fail

	mu     sync.Mutex
	worlds map[string]*world // by what packages add, see told
}

// run analyses one package.
func (c *instance) run(pass *analysis.Pass) (any, error) {
	if dependency(pass) {
		return &Result{}, nil
	}
	world, err := c.world()
	if err != nil {
		return nil, err
	}
	world.resolve(pass)
	world = c.told(world, entries(pass))
	inferred := c.infer(pass, world)
	found, suppressed := suppress(pass, world, rule.Check(inferred, world.rules, world.least))
	result := &Result{Asks: asks(inferred)}
	for _, f := range found {
		report(pass, world, inferred, f)
		result.Explanations = append(result.Explanations, explained(pass, f))
	}
	if c.audits {
		result.Functions = (&auditor{pass, inferred, found, suppressed}).functions()
	}
	if c.sites {
		result.Sites = collect(pass, world, inferred, found, suppressed)
	}
	return result, nil
}

// asks counts the functions that ask for state, tests aside: those that an audit shows.
func asks(inferred *trial.Package) int {
	fns := map[*ssa.Function]bool{}
	for _, t := range inferred.Trials {
		if !t.Test() {
			fns[outermost(t.Fn)] = true
		}
	}
	return len(fns)
}

// infer executes the functions of one package, if there is anything to find.
func (c *instance) infer(pass *analysis.Pass, world *world) *trial.Package {
	declared := directives(pass)
	known := &facts{pass: pass}
	known.catalogue = world.catalogue
	opens := len(declared) > 0 || gate(pass, world.catalogue, known)
	if !opens && len(pass.TypeErrors) == 0 {
		return &trial.Package{}
	}
	files := hollow(pass)
	omissions := partial.Omissions(pass.Pkg, files, pass.TypesInfo, pass.TypeErrors)
	known.leave(omissions)
	if !opens && len(known.leftOut) == 0 {
		return &trial.Package{}
	}
	inferred := trial.Infer(buildSSA(pass, files, omissions, idle(pass, world.catalogue, known)), pass.Pkg, declared, world.catalogue, known)
	known.export(inferred)
	forget(pass, inferred)
	c.silent(pass, inferred)
	return inferred
}

// hollow returns the files of a package without its tests: a driver may have left them out before.
func hollow(pass *analysis.Pass) (files []*ast.File) {
	for _, file := range pass.Files {
		files = append(files, gotest.Hollow(pass.Fset.File(file.FileStart).Name(), file))
	}
	return files
}

// A world is what the settings say of the world outside a package.
type world struct {
	catalogue *catalogue.Catalogue
	rules     []rule.Rule
	least     rule.Evidence
	// libraries are what the catalogue is made of, and own the entries that the settings add.
	libraries []*catalogue.Library
	own       []setting
	// narrowed: there are client libraries, or code, that it does not know of.
	narrowed bool
}

// dependency reports whether the package belongs to another module, fetched at
// a version: what is wrong there is not for its users to mend, and facts about
// it would cost them the loading of its source.
func dependency(pass *analysis.Pass) bool {
	return pass.Module != nil && pass.Module.Version != "" && slices.ContainsFunc(pass.Files, func(file *ast.File) bool {
		return origin.Fetched(pass.Fset.Position(file.Package).Filename) // that of what cgo was given
	})
}

// silent prints, under -verbose, where the pass was silent for want of budget.
func (c *instance) silent(pass *analysis.Pass, inferred *trial.Package) {
	if !c.settings.Verbose {
		return
	}
	for _, fn := range inferred.Exhausted {
		fmt.Fprintf(debugOutput, "%s: %s: silent, the budget of abstract execution ran out\n", pass.Fset.Position(fn.Pos()), fn.Name())
	}
}

// section returns the part of a package comment below "# Analyzer", as the
// -help flag and gopls show it.
func section(source string) string {
	_, doc, _ := strings.Cut(source, "// # Analyzer errswallow\n//\n")
	doc, _, _ = strings.Cut(doc, "\npackage analyzer")
	var out strings.Builder
	for line := range strings.Lines(doc) {
		out.WriteString(strings.TrimPrefix(strings.TrimPrefix(line, "//"), " "))
	}
	_, text, _ := strings.Cut(out.String(), "errswallow: ")
	return strings.TrimSpace(text)
}
