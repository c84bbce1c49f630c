package analyzer

import (
	"flag"
	"go/types"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"
	"golang.org/x/tools/go/packages"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/errswallow/errswallow/analyzer/internal/catalogue"
)

var everyLibrary = flag.Bool("libraries", false, "try every library; without it those alone whose modules other tests need, too")

// few are the libraries whose modules other tests need, too.
var few = []string{"cli", "docker", "states"}

// folder returns the folder of a library's module.
func folder(name string) string { return filepath.Join("libraries", name, "testdata") }

// tried returns the libraries that are tried: see -libraries.
func tried() (names []string) {
	for _, lib := range catalogue.Builtin() {
		if *everyLibrary || slices.Contains(few, lib.Name) {
			names = append(names, lib.Name)
		}
	}
	return names
}

// TestLibrary looks every entry of each library up in the real module, at the version that
// the data file pins, and runs the pass over its cases. An entry that does not exist, a
// query that cannot fail, and a pattern that nothing matches are errors; so is a method of
// a client that answers an error and is not catalogued, where the library has them all.
func TestLibrary(t *testing.T) {
	t.Parallel()
	for _, lib := range catalogue.Builtin() {
		t.Run(lib.Name, func(t *testing.T) {
			if !slices.Contains(tried(), lib.Name) {
				t.Skip("make libraries runs it")
			}
			t.Parallel()
			resolve(t, lib, library(t, lib))
			if _, err := os.Stat(filepath.Join(folder(lib.Name), "silent")); err != nil {
				if lib.Runtime() {
					t.Error(err)
				}
				return
			}
			if dir, err := filepath.Abs(folder(lib.Name)); err == nil {
				settings := Settings{}
				if lib.Off {
					settings.Libraries = []string{"+" + lib.Name}
				}
				analysistest.Run(diagnosticsOnly{t}, dir, New(settings), patterns(t, dir)...)
				if _, err := os.Stat(filepath.Join(dir, possible)); err == nil {
					settings.Evidence = possible
					analysistest.Run(diagnosticsOnly{t}, dir, New(settings), "./"+possible)
				}
			}
		})
	}
}

// possible is the folder of cases that are reported at evidence possible only.
const possible = "possible"

// patterns returns the packages of a library's cases but those that are only possible.
func patterns(t *testing.T, dir string) (all []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.IsDir() && e.Name() != possible {
			all = append(all, "./"+e.Name()+"/...")
		}
	}
	return all
}

// flags are the build flags with which entries are looked up: a binding of a library in C
// without that.
var flags = map[string][]string{"libvirt": {"-tags=libvirt_dlopen"}}

// library loads the packages that a library is about, and what they import, by path.
func library(t *testing.T, lib *catalogue.Library) map[string]*packages.Package {
	t.Helper()
	var paths []string
	for _, s := range slices.Concat(lib.Symbols, lib.Gates, made(lib)) {
		path := strings.TrimSuffix(s.Package, "/...")
		if s.Last != "" {
			path = s.Last[:strings.LastIndexByte(s.Last, '.')]
		}
		if (path == s.Package || s.Last != "") && !strings.HasPrefix(path, ".../") {
			paths = append(paths, path)
		}
	}
	if len(lib.Symbols) == 0 {
		return nil
	}
	paths = append(slices.Compact(slices.Sorted(slices.Values(paths))), "./...")
	loaded, err := packages.Load(&packages.Config{
		Mode: packages.NeedName | packages.NeedTypes | packages.NeedImports | packages.NeedDeps | packages.NeedModule, Dir: folder(lib.Name),
		BuildFlags: flags[lib.Name],
	}, paths...)
	if err != nil {
		t.Fatal(err)
	}
	pkgs := map[string]*packages.Package{}
	packages.Visit(loaded, nil, func(p *packages.Package) { pkgs[p.PkgPath] = p })
	for _, p := range loaded {
		for _, e := range p.Errors {
			t.Errorf("%s: %v", p.PkgPath, e)
		}
	}
	return pkgs
}

// made returns what makes errors of a library.
func made(lib *catalogue.Library) (symbols []catalogue.Symbol) {
	for _, m := range lib.Makes {
		if m.Symbol.Name != "" {
			symbols = append(symbols, m.Symbol)
		}
	}
	return symbols
}

// moved returns the entries of a library under the other paths of its module, where the
// cases require a module of that path: those that it has, for it may be an older version.
func moved(lib *catalogue.Library, pkgs map[string]*packages.Package) (symbols []catalogue.Symbol) {
	for _, path := range lib.Also {
		for _, s := range lib.Symbols {
			rest, ok := strings.CutPrefix(s.Package, lib.Module)
			if pkg := pkgs[path+rest]; ok && pkg != nil {
				s.Package = path + rest
				if _, err := s.Resolve(pkg.Types); err == nil {
					symbols = append(symbols, s)
				}
			}
		}
	}
	return symbols
}

// resolve looks up what a library names.
func resolve(t *testing.T, lib *catalogue.Library, pkgs map[string]*packages.Package) {
	t.Helper()
	listed := map[string]bool{}
	entries := slices.Concat(lib.Symbols, lib.Gates, moved(lib, pkgs))
	for i, s := range slices.Concat(entries, made(lib)) {
		listed[s.String()] = true
		if s.Pattern() {
			if !matched(s, pkgs) {
				t.Errorf("%s:%d: nothing is called so: %s", lib.Name, s.Line, s)
			}
			continue
		}
		p := pkgs[s.Package]
		if p == nil || p.Types == nil {
			t.Errorf("%s:%d: package %s cannot be loaded", lib.Name, s.Line, s.Package)
			continue
		}
		if p.Module != nil && p.Module.Path == lib.Module && p.Module.Version != lib.Version {
			t.Errorf("%s: pinned at %s, testdata has %s", lib.Name, lib.Version, p.Module.Version)
		}
		if s.Name == "*" {
			continue // the whole package
		}
		obj, err := s.Resolve(p.Types)
		if err != nil {
			t.Errorf("%s:%d: %v", lib.Name, s.Line, err)
			continue
		}
		if i >= len(entries) {
			continue // it makes an error
		}
		if err := s.Fits(obj); err != nil {
			t.Errorf("%s:%d: %v", lib.Name, s.Line, err)
		}
	}
	for _, client := range complete[lib.Name] {
		pkg, name, _ := strings.Cut(client, " ")
		typ := pkgs[pkg].Types.Scope().Lookup(name).Type()
		for _, sel := range typeutil.IntuitiveMethodSet(typ, nil) {
			s := catalogue.Symbol{Package: pkg, Receiver: name, Name: sel.Obj().Name()}
			if sel.Obj().Exported() && catalogue.AnswersError(sel.Obj()) && !listed[s.String()] {
				t.Errorf("%s is missing", s)
			}
		}
	}
}

// complete lists the clients all of whose methods are catalogued.
var complete = map[string][]string{
	"docker": {"github.com/docker/docker/client Client"},
	"moby":   {"github.com/moby/moby/client Client"},
	"fsouza": {"github.com/fsouza/go-dockerclient Client"},
}

// matched reports whether a pattern stands for any function or method of the packages.
func matched(s catalogue.Symbol, pkgs map[string]*packages.Package) bool {
	only := &catalogue.Library{Name: s.Library, Symbols: []catalogue.Symbol{s}}
	cat := catalogue.New(only)
	for _, p := range pkgs {
		if p.Types == nil {
			continue
		}
		for _, name := range p.Types.Scope().Names() {
			obj := p.Types.Scope().Lookup(name)
			if _, ok := cat.Lookup(obj); ok {
				return true
			}
			if _, ok := obj.(*types.TypeName); !ok {
				continue
			}
			for _, sel := range typeutil.IntuitiveMethodSet(obj.Type(), nil) {
				if _, ok := cat.Lookup(sel.Obj()); ok {
					return true
				}
			}
		}
	}
	return false
}
