package load

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/tools/go/gcexportdata"
	"golang.org/x/tools/go/packages"
)

// A checker makes types of the files that the go command names.
type checker struct {
	fset  *token.FileSet
	sizes types.Sizes
	// wanted are the packages that were asked for: they are analysed wherever they
	// belong.
	wanted map[*packages.Package]bool
	units  map[string]*unit // by package id
	// exported are the packages that export data has told of, by path; reading it
	// declares in them.
	exported map[string]*types.Package
	reading  sync.Mutex
	slots    chan struct{} // bounds the packages that are parsed and checked at once
}

// A unit is one package on its way.
type unit struct {
	*packages.Package
	origin  origin
	once    sync.Once
	err     error
	imports map[string]*unit // by import path
}

// An origin is where the types of a package come from.
type origin int

const (
	source   origin = iota // with bodies: it is analysed, or gives facts
	bodiless               // source without function bodies
	export                 // export data
)

// newChecker decides where the types of each package come from.
func newChecker(roots []*packages.Package) *checker {
	c := &checker{
		fset:     token.NewFileSet(),
		sizes:    types.SizesFor("gc", goarch()),
		wanted:   map[*packages.Package]bool{},
		units:    map[string]*unit{},
		exported: map[string]*types.Package{"unsafe": types.Unsafe},
		slots:    make(chan struct{}, runtime.GOMAXPROCS(0)),
	}
	for _, p := range roots {
		c.wanted[p] = true
	}
	c.add(roots)
	return c
}

// add decides where the types of packages come from, and of what they need.
func (c *checker) add(roots []*packages.Package) {
	packages.Visit(roots, nil, func(p *packages.Package) { // dependencies first
		if c.units[p.ID] != nil {
			return
		}
		u := &unit{Package: p, imports: map[string]*unit{}}
		c.units[p.ID] = u
		cached := p.ExportFile != ""
		for path, dep := range p.Imports {
			u.imports[path] = c.units[dep.ID]
			// Export data refers to what a package imports: if that is made from source,
			// so is this.
			cached = cached && (dep.PkgPath == "unsafe" || c.units[dep.ID].origin == export)
		}
		switch {
		case c.wanted[p] || own(p):
			u.origin = source
		case cached:
			u.origin = export
		default:
			u.origin = bodiless
		}
	})
}

// own reports whether a package belongs to the main module or the workspace.
func own(p *packages.Package) bool {
	if p.Module == nil {
		return !std(p)
	}
	return p.Module.Version == ""
}

// preprocess has the go command run cgo on the packages of one's own that use it:
// their files are not Go before.
func (c *checker) preprocess(config Config) error {
	var patterns []string
	for _, u := range c.units {
		if u.origin == source && usesCgo(u.Package) {
			patterns = append(patterns, u.PkgPath)
		}
	}
	if len(patterns) == 0 {
		return nil
	}
	cfg := config.packages()
	cfg.Mode = packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles
	compiled, err := packages.Load(cfg, patterns...)
	if err != nil {
		return err
	}
	var missing []string
	wants := map[string][]*unit{} // by import path
	for _, p := range compiled {
		u := c.units[p.ID]
		if u == nil {
			continue
		}
		for _, text := range broken(p) {
			u.err = errors.Join(u.err, errors.New(text))
		}
		if u.err == nil {
			u.CompiledGoFiles = p.CompiledGoFiles
			for _, path := range imports(p.CompiledGoFiles) {
				if u.imports[path] == nil {
					missing = append(missing, path)
					wants[path] = append(wants[path], u)
				}
			}
		}
	}
	// What cgo writes imports packages of its own.
	cfg = config.withoutCompiling()
	cfg.Mode = mode
	added, err := packages.Load(cfg, missing...)
	if err != nil {
		return err
	}
	c.add(added)
	for _, p := range added {
		for _, u := range wants[p.PkgPath] {
			u.imports[p.PkgPath] = c.units[p.ID]
		}
	}
	return nil
}

// imports returns what files import.
func imports(names []string) []string {
	var out []string
	for _, name := range names {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			continue // parse says what is wrong
		}
		for _, i := range file.Imports {
			if path, err := strconv.Unquote(i.Path.Value); err == nil && path != "unsafe" {
				out = append(out, path)
			}
		}
	}
	return out
}

// usesCgo reports whether a file of a package imports "C".
func usesCgo(p *packages.Package) bool {
	return slices.ContainsFunc(p.GoFiles, func(name string) bool {
		text, err := os.ReadFile(name)
		if err != nil || !strings.Contains(string(text), `"C"`) {
			return false
		}
		return slices.Contains(imports([]string{name}), "C")
	})
}

// check loads the packages, and what they need, in parallel. It returns those that
// need nothing that its error names.
func (c *checker) check(roots []*packages.Package) ([]*packages.Package, error) {
	var all sync.WaitGroup
	for _, p := range roots {
		all.Go(func() { c.load(c.units[p.ID]) })
	}
	all.Wait()
	var errs []error
	wrong := map[*packages.Package]bool{}
	for _, u := range c.units {
		if u.origin == source && u.err != nil {
			errs = append(errs, u.err)
			wrong[u.Package] = true
		}
		for path, dep := range u.imports {
			if dep.origin != source {
				delete(u.Imports, path)
			}
		}
	}
	if err := errors.Join(errs...); err != nil {
		return sound(roots, func(p *packages.Package) bool { return wrong[p] }), sorted(err)
	}
	return roots, nil
}

// sorted orders the lines of an error: packages are checked in any order.
func sorted(err error) error {
	lines := strings.Split(err.Error(), "\n")
	slices.Sort(lines)
	return errors.New(strings.Join(slices.Compact(lines), "\n"))
}

// load makes the types of a package, after those of its imports.
func (c *checker) load(u *unit) {
	u.once.Do(func() {
		if u.PkgPath == "unsafe" {
			u.Types = types.Unsafe
			return
		}
		if u.origin == export {
			u.err = c.read(u)
			return
		}
		var ready sync.WaitGroup
		for _, dep := range u.imports {
			ready.Go(func() { c.load(dep) })
		}
		var files []*ast.File
		var errs []error
		c.busy(func() { files, errs = c.parse(u) })
		ready.Wait()
		c.busy(func() { c.typecheck(u, files, errs) })
	})
}

// busy does what keeps a processor busy.
func (c *checker) busy(do func()) {
	c.slots <- struct{}{}
	defer func() { <-c.slots }()
	do()
}

// read makes the types of a package from its export data. What that refers to is
// declared on the way.
func (c *checker) read(u *unit) error {
	f, err := os.Open(u.ExportFile)
	if err != nil {
		return err
	}
	defer f.Close()
	r, err := gcexportdata.NewReader(f)
	if err != nil {
		return fmt.Errorf("%s: %w", u.ExportFile, err)
	}
	c.reading.Lock()
	defer c.reading.Unlock()
	if u.Types, err = gcexportdata.Read(r, c.fset, c.exported, u.PkgPath); err != nil {
		return fmt.Errorf("%s: %w", u.ExportFile, err)
	}
	return nil
}

// parse reads the files of a package.
func (c *checker) parse(u *unit) (files []*ast.File, errs []error) {
	names := u.GoFiles
	if len(u.CompiledGoFiles) > 0 {
		names = u.CompiledGoFiles
	}
	mode := parser.SkipObjectResolution
	if u.origin == source {
		mode |= parser.ParseComments
	}
	for _, name := range names {
		file, err := parser.ParseFile(c.fset, name, nil, mode)
		if err != nil {
			errs = append(errs, err)
		}
		if file != nil {
			files = append(files, file)
		}
	}
	return files, errs
}

// typecheck makes the types of a package from its files.
func (c *checker) typecheck(u *unit, files []*ast.File, errs []error) {
	conf := &types.Config{
		Importer: known(u.imports),
		Sizes:    c.sizes,
		Error:    func(err error) { errs = append(errs, err) },
	}
	if u.Module != nil && u.Module.GoVersion != "" {
		conf.GoVersion = "go" + u.Module.GoVersion
	}
	u.Fset, u.TypesSizes = c.fset, c.sizes
	u.Types = types.NewPackage(u.PkgPath, u.Name)
	if u.origin == bodiless {
		// What is wrong with a dependency is for a compiler to say: here it costs a
		// type at most.
		conf.IgnoreFuncBodies, conf.FakeImportC = true, true
		types.NewChecker(conf, c.fset, u.Types, nil).Files(files)
		return
	}
	conf.FakeImportC = u.err != nil // cgo failed, and has said why
	u.TypesInfo = NewInfo()
	types.NewChecker(conf, c.fset, u.Types, u.TypesInfo).Files(files)
	u.Syntax = files
	if u.err == nil {
		u.err = errors.Join(errs...)
	}
}

// NewInfo returns the maps that an analysis needs of a type checker.
func NewInfo() *types.Info {
	return &types.Info{
		Types:        map[ast.Expr]types.TypeAndValue{},
		Instances:    map[*ast.Ident]types.Instance{},
		Defs:         map[*ast.Ident]types.Object{},
		Uses:         map[*ast.Ident]types.Object{},
		Implicits:    map[ast.Node]types.Object{},
		Selections:   map[*ast.SelectorExpr]*types.Selection{},
		Scopes:       map[ast.Node]*types.Scope{},
		FileVersions: map[*ast.File]string{},
	}
}

// known finds the packages that one package imports.
type known map[string]*unit

// Import implements types.Importer.
func (i known) Import(path string) (*types.Package, error) {
	if u := i[path]; u != nil && u.Types != nil {
		return u.Types, nil
	}
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	return nil, fmt.Errorf("no types of package %s", path)
}
