// Package load loads packages for analysis, as a driver needs them whose facts
// stay inside the main module and the workspace: what belongs there is parsed and
// type-checked from source; of what does not only the types are needed, and they
// come from export data where the build cache has it, or from source without
// function bodies. Nothing is compiled.
//
// go/packages does one or the other: every dependency from source, 5 s and 2 GB
// where this takes 1 s and 0.2; or export data of all, which compiles what the
// cache does not have, 20 s on a fresh machine.
package load

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"
)

// A Config says what to load, and how.
type Config struct {
	// Dir is where the patterns are resolved, "" for the working directory.
	Dir string
	// Tests includes test files.
	Tests bool
	// Tags are build tags.
	Tags string
	// Compiler is the command that stands in for every tool of the toolchain: it runs
	// [Refuse]. Without one, what is not in the build cache is compiled.
	Compiler []string
}

// mode asks the go command for the files and the imports of each package, and for
// the export data that the cache has.
const mode = packages.NeedName | packages.NeedFiles | packages.NeedImports | packages.NeedDeps |
	packages.NeedExportFile | packages.NeedModule | packages.NeedForTest

// Packages loads the packages that match the patterns. Their Imports hold only
// packages of the main module and the workspace, which are loaded as they are. A
// package in whose stead a variant with its test files is there is left out.
//
// The error names every package that cannot be found, parsed or type-checked, and
// every position; if the go command cannot be run, it is that one's. The packages
// that need none of those are returned beside it. What is wrong with the tests of a
// package alone leaves out those.
func Packages(config Config, patterns ...string) ([]*packages.Package, error) {
	roots, err := config.load(patterns)
	if err == nil || !config.Tests {
		return roots, err
	}
	loaded := map[string]bool{}
	for _, p := range roots {
		loaded[p.PkgPath] = true
	}
	config.Tests = false
	untested, _ := config.load(patterns) // its error is a part of the other
	for _, p := range untested {
		if !loaded[p.PkgPath] {
			roots = append(roots, p)
		}
	}
	return roots, err
}

// load loads the packages that match the patterns, each as a whole or not at all.
func (c Config) load(patterns []string) ([]*packages.Package, error) {
	cfg := c.withoutCompiling()
	cfg.Mode = mode
	go environment() // meanwhile
	roots, err := packages.Load(cfg, patterns...)
	if err != nil {
		return nil, err
	}
	wrong := listErrors(roots)
	roots = sound(wanted(roots), func(p *packages.Package) bool { return len(broken(p)) > 0 })
	if len(roots) == 0 {
		if wrong == nil {
			wrong = nothing(cfg, patterns)
		}
		return nil, wrong
	}
	unify(roots)
	checker := newChecker(roots)
	if err := checker.preprocess(c); err != nil {
		return nil, errors.Join(wrong, err)
	}
	roots, err = checker.check(roots)
	return roots, errors.Join(wrong, err)
}

// sound returns the roots that neither are broken nor import, at any depth, what
// is.
func sound(roots []*packages.Package, broken func(*packages.Package) bool) []*packages.Package {
	bad := map[*packages.Package]bool{}
	packages.Visit(roots, nil, func(p *packages.Package) { // dependencies first
		bad[p] = broken(p)
		for _, dep := range p.Imports {
			bad[p] = bad[p] || bad[dep]
		}
	})
	return slices.DeleteFunc(roots, func(p *packages.Package) bool { return bad[p] })
}

// packages returns what go/packages needs to know of a Config.
func (c Config) packages() *packages.Config {
	cfg := &packages.Config{Dir: c.Dir, Tests: c.Tests}
	if os.Getenv("GOGC") == "" {
		cfg.Env = append(os.Environ(), "GOGC=400") // the go command is over before collecting pays
	}
	if c.Tags != "" {
		cfg.BuildFlags = append(cfg.BuildFlags, "-tags="+c.Tags)
	}
	return cfg
}

// withoutCompiling does, too, and keeps the go command from compiling anything.
func (c Config) withoutCompiling() *packages.Config {
	cfg := c.packages()
	if len(c.Compiler) > 0 {
		cfg.BuildFlags = append(cfg.BuildFlags, "-toolexec="+quoted(c.Compiler))
	}
	return cfg
}

// nothing says why no package matches: go/packages keeps some of what the go
// command says to itself.
func nothing(cfg *packages.Config, patterns []string) error {
	cmd := exec.Command("go", slices.Concat([]string{"list", "-e"}, cfg.BuildFlags, []string{"--"}, patterns)...)
	cmd.Dir = cfg.Dir
	var said strings.Builder
	cmd.Stderr = &said
	if cmd.Run() != nil && said.Len() > 0 {
		return errors.New(strings.TrimSpace(said.String()))
	}
	return fmt.Errorf("no Go packages match %s", strings.Join(patterns, " "))
}

// listErrors returns what the go command says is wrong with the packages and all
// that they import.
func listErrors(roots []*packages.Package) error {
	var errs []error
	seen := map[string]bool{}
	packages.Visit(roots, nil, func(p *packages.Package) {
		for _, text := range broken(p) {
			if !seen[text] {
				seen[text] = true
				errs = append(errs, errors.New(text))
			}
		}
	})
	return errors.Join(errs...)
}

// broken returns what the go command says is wrong with one package, but for that
// it is not compiled.
func broken(p *packages.Package) []string {
	var out []string
	for _, e := range p.Errors {
		if !strings.Contains(e.Msg, refusal) {
			out = append(out, describe(e))
		}
	}
	return out
}

// describe words an error of the go command: one of a position begins with it.
func describe(e packages.Error) string {
	if e.Pos == "" || e.Pos == "-" {
		return e.Msg
	}
	return e.Error()
}

// wanted drops the main packages that go test generates, package unsafe, which has
// no code, and packages of which there is a variant with the test files of the same
// folder.
func wanted(roots []*packages.Package) []*packages.Package {
	tested := map[string]bool{}
	for _, p := range roots {
		if p.ForTest == p.PkgPath {
			tested[p.PkgPath] = true
		}
	}
	return slices.DeleteFunc(roots, func(p *packages.Package) bool {
		generated := strings.HasSuffix(p.ID, ".test") && p.Name == "main"
		return generated || p.PkgPath == "unsafe" || len(p.GoFiles) == 0 || p.ForTest == "" && tested[p.PkgPath]
	})
}

// quoted returns a command line as the go command splits it.
func quoted(args []string) string {
	var out []string
	for _, arg := range args {
		quote := `"`
		if strings.Contains(arg, quote) {
			quote = "'"
		}
		out = append(out, quote+arg+quote)
	}
	return strings.Join(out, " ")
}

// refusal is what Refuse says.
const refusal = "errswallow: not in the build cache"

// Refuse is a toolchain that compiles nothing. Given as -toolexec, it lets the go
// command ask a tool for its version, which the keys of the build cache are made
// of, and fails everything else: what is in the cache is found, what is not is not
// made. It returns the status to exit with.
func Refuse(args []string) int {
	if !slices.Contains(args, "-V=full") && !slices.Contains(args, "-###") {
		fmt.Fprintln(os.Stderr, refusal)
		return 1
	}
	if len(args) == 0 {
		return 1
	}
	return run(args)
}

// std reports whether a package is of the standard library, which has no module.
func std(p *packages.Package) bool {
	return p.Module == nil && len(p.GoFiles) > 0 && strings.HasPrefix(p.GoFiles[0], filepath.Clean(goroot())+string(filepath.Separator))
}
