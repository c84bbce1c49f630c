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
	"path/filepath"
	"slices"
	"strings"
	"sync"

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
	// Executes, if it is not nil, reports whether functions of a package are executed:
	// of the others, and where no other package that they import is, only what they
	// declare is loaded.
	Executes func(*packages.Package) bool
	// Concerns, if it is not nil, reports whether a package of the user's own is loaded whole
	// for the text of a file of it.
	Concerns func(text []byte) bool
	// Pass, if it is not nil, looks at each package of the user's own once it is loaded,
	// and once all that it imports was looked at; at several at once. Then its syntax is
	// let go, and all that the type checker has said of it.
	Pass func(*Visit)
	// Cache, if it is not nil, has what Pass has learned of packages, and keeps it. Of
	// what it has nothing is loaded that nobody else needs. Salt is what Pass depends
	// on beside the packages.
	Cache Cache
	Salt  string
	// Progress, if it is not nil, is told how many packages are loaded, and of how many.
	Progress func(done, all int)
	// flags are more flags of the go command, and env more of its environment.
	flags, env []string
	// sources: nobody asks for export data, which takes the go command three times as long.
	sources bool
}

// A Visit is what Pass is told of a package, and says of it.
type Visit struct {
	Package *packages.Package
	// Wanted: it matches the patterns.
	Wanted bool
	// Known is what was learned of the package, if it is not nil. Then it has no syntax,
	// and types only if another one needs them.
	Known []byte
	// Learned is what is to be known of it next time.
	Learned []byte
}

// mode asks the go command for the files and the imports of each package, and for
// the export data that the cache has.
const mode = packages.NeedName | packages.NeedFiles | packages.NeedImports | packages.NeedDeps |
	packages.NeedExportFile | packages.NeedModule | packages.NeedForTest

// A Result is what was loaded.
type Result struct {
	// Packages are those that match the patterns, and of which there is anything to
	// analyse. Their Imports hold only packages of the user's own, which are loaded as
	// they are, or looked at as they were by Pass. A package in whose stead a variant with its test files is there is left
	// out. What does not type-check is in TypeErrors.
	Packages []*packages.Package
	// Own is how many packages are the user's own: those that match, and those that they
	// import.
	Own int
	// Losses are the packages with which something is wrong, and those of the user's
	// own that they import.
	Losses []Loss
	// Listed are the import paths of the packages that match, and of all that they import.
	Listed map[string]bool
	// Notes are what else its users should know, a line each.
	Notes []string
}

// Packages loads the packages that match the patterns. A fault of one costs what it
// touches: the rest of the package is there, and all that import it.
//
// The error says why there is nothing to analyse at all.
func Packages(config Config, patterns ...string) (*Result, error) {
	asked := sync.OnceValue(func() environment { return ask(config.Dir) })
	go asked() // meanwhile
	if config.Cache == nil {
		return config.load(patterns, asked)
	}
	dir, err := filepath.Abs(config.Dir)
	if err != nil {
		return nil, err
	}
	// Where all is known nobody needs export data. What is wrong is said by the go
	// command when it is asked for that.
	run := config.runKey(dir, patterns)
	if config.Cache.Get(run) != nil {
		config.sources = true
		if result, err := config.load(patterns, asked); err == nil {
			return result, nil
		}
		config.sources = false
	}
	result, err := config.load(patterns, asked)
	if err == nil {
		config.Cache.Put(run, nil)
	}
	return result, err
}

// errNotKnown says that something has to be loaded.
var errNotKnown = errors.New("not all is known")

// load lists packages, and loads them. Where it does so without export data, all has to
// be known of them.
func (c Config) load(patterns []string, env func() environment) (*Result, error) {
	list, err := c.list(patterns)
	if err != nil {
		return nil, err
	}
	defer list.done()
	paths := map[string]bool{}
	packages.Visit(list.roots, nil, func(p *packages.Package) { paths[p.PkgPath] = true })
	roots, absent := wanted(list.roots, list.dir)
	unify(roots, env().goroot)
	checker := newChecker(roots, env(), list.dir, c)
	checker.preprocess(list.config)
	if !checker.recall(roots) && c.sources {
		return nil, errNotKnown
	}
	loaded, lost := checker.check(roots)
	result := &Result{Packages: loaded, Own: checker.owned(), Losses: losses(append(absent, lost...)), Listed: paths, Notes: append(list.notes, checker.outdated()...)}
	if len(loaded) == 0 {
		return nil, result.nothing(patterns)
	}
	return result, nil
}

// nothing says why there is nothing to analyse.
func (r *Result) nothing(patterns []string) error {
	var lines []string
	for _, l := range r.Losses {
		lines = append(lines, l.Wrong()...)
	}
	if len(lines) == 0 {
		return fmt.Errorf("no Go packages match %s", strings.Join(patterns, " "))
	}
	return errors.New(strings.Join(lines, "\n"))
}

// packages returns what go/packages needs to know of a Config.
func (c Config) packages() *packages.Config {
	cfg := &packages.Config{Dir: c.Dir, Tests: c.Tests, Env: append(os.Environ(), c.env...)}
	if os.Getenv("GOGC") == "" {
		cfg.Env = append(cfg.Env, "GOGC=400") // the go command is over before collecting pays
	}
	cfg.BuildFlags = slices.Clone(c.flags)
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

// listing does, too, and asks for what is loaded.
func (c Config) listing() *packages.Config {
	cfg := c.withoutCompiling()
	cfg.Mode = mode
	if c.sources {
		cfg = c.packages()
		cfg.Mode = mode &^ packages.NeedExportFile
	}
	return cfg
}

// wanted drops the main packages that go test generates, package unsafe, which has
// no code, and packages of which there is a variant with the test files of the same
// folder. Those without a file are lost, if somebody says why.
func wanted(roots []*packages.Package, dir string) (kept []*packages.Package, absent []*Loss) {
	tested := map[string]bool{}
	for _, p := range roots {
		if p.ForTest == p.PkgPath {
			tested[p.PkgPath] = true
		}
	}
	for _, p := range roots {
		switch generated := strings.HasSuffix(p.ID, ".test") && p.Name == "main"; {
		case generated || p.PkgPath == "unsafe" || p.ForTest == "" && tested[p.PkgPath]:
		case len(p.GoFiles) > 0:
			kept = append(kept, p)
		default:
			if faults := listed(p, dir); len(faults) > 0 {
				absent = append(absent, &Loss{Package: p.PkgPath, Faults: faults, All: true})
			}
		}
	}
	return kept, absent
}
