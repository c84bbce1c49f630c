package load

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"golang.org/x/tools/go/gcexportdata"
	"golang.org/x/tools/go/packages"

	"github.com/errswallow/errswallow/internal/gotest"
	origins "github.com/errswallow/errswallow/internal/origin"
	"github.com/errswallow/errswallow/internal/partial"
)

// A checker makes types of the files that the go command names.
type checker struct {
	fset  *token.FileSet
	sizes types.Sizes
	env   environment
	// dir is where the go command was asked.
	dir string
	// modules are the paths of the user's own.
	modules []string
	// wanted are the packages that were asked for: they are analysed wherever they
	// belong.
	wanted map[*packages.Package]bool
	units  map[string]*unit // by package id
	// exported are the packages that export data has told of, by path; reading it
	// declares in them.
	exported map[string]*types.Package
	reading  sync.Mutex
	slots    chan struct{} // bounds the packages that are parsed and checked at once
	// progress is told how many packages are loaded, and of how many.
	progress func(done, all int)
	// executes and concerns say which packages are executed, see Config.
	executes func(*packages.Package) bool
	concerns func(text []byte) bool
	// pass looks at packages, cache has what it has learned, and salt is what that
	// depends on beside the packages.
	pass  func(*Visit)
	cache Cache
	salt  string
	// absent has what stands in for types of packages that cannot be had.
	absent absentTypes
}

// A unit is one package on its way.
type unit struct {
	*packages.Package
	origin  origin
	done    chan struct{} // closed once it is loaded
	faults  []Fault
	listed  []Fault          // those of the go command
	imports map[string]*unit // by import path
	// executed: its functions are executed, or those of a package of the user's own that
	// it imports, of which it may be told something.
	executed bool
	// native: what imports "C" is taken as it is, for cgo has not made Go of it.
	native bool
	// partial: something in it, or in what it imports, may have no type.
	partial bool
	// faked are the packages in what it imports in which something is C, and has no type for nobody
	// compiled it.
	faked []string
	// there: it is loaded, and there is anything of it; or all is known of it.
	there bool
	// loss is what is lost of it.
	loss *Loss

	keyed  bool
	hash   string // its key
	known  *known // what the cache has of it, or nil
	needed bool   // its types are, if all is known of it
}

// An origin is where the types of a package come from.
type origin int

const (
	source   origin = iota // with bodies: it is analysed, or gives facts
	bodiless               // source without function bodies
	export                 // export data
)

// newChecker decides where the types of each package come from.
func newChecker(roots []*packages.Package, env environment, dir string, config Config) *checker {
	c := &checker{
		fset:     token.NewFileSet(),
		sizes:    types.SizesFor("gc", env.goarch),
		env:      env,
		dir:      dir,
		wanted:   map[*packages.Package]bool{},
		units:    map[string]*unit{},
		exported: map[string]*types.Package{"unsafe": types.Unsafe},
		slots:    make(chan struct{}, runtime.GOMAXPROCS(0)),
		progress: config.Progress,
		executes: config.Executes,
		concerns: config.Concerns,
		pass:     config.Pass,
		cache:    config.Cache,
		salt:     config.Salt,
	}
	if c.progress == nil {
		c.progress = func(int, int) {}
	}
	if c.executes == nil {
		c.executes = func(*packages.Package) bool { return true }
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
		u := &unit{Package: p, done: make(chan struct{}), imports: map[string]*unit{}, faults: listed(p, c.dir)}
		c.units[p.ID] = u
		// Export data of a newer Go may not be what this one can read.
		cached := p.ExportFile != "" && !Newer(c.env.goversion)
		for path, dep := range p.Imports {
			u.imports[path] = c.units[dep.ID]
			// Export data refers to what a package imports: if that is made from source,
			// so is this.
			cached = cached && (dep.PkgPath == "unsafe" || c.units[dep.ID].origin == export)
		}
		local := own(p, c.env.goroot)
		if local && p.Module != nil && !slices.Contains(c.modules, p.Module.Path) {
			c.modules = append(c.modules, p.Module.Path)
		}
		switch {
		case c.wanted[p] || local:
			u.origin = source
			u.executed = c.executed(u)
			u.native = usesCgo(p)
		case cached:
			u.origin = export
		default:
			u.origin = bodiless
		}
	})
}

// executed decides whether the bodies of a package are needed.
func (c *checker) executed(u *unit) bool {
	for _, dep := range u.imports {
		if dep != nil && dep.executed {
			return true
		}
	}
	return c.executes(u.Package) || c.concerns != nil && slices.ContainsFunc(u.GoFiles, c.concerned)
}

// concerned reports whether the text of a file is reason enough.
func (c *checker) concerned(name string) bool {
	text, err := os.ReadFile(name)
	return err == nil && c.concerns(text)
}

// own reports whether a package belongs to the main module or the workspace, or to a
// module that a folder replaces.
func own(p *packages.Package, goroot string) bool {
	switch {
	case p.Module == nil:
		return !std(p, goroot)
	case p.Module.Version == "":
		return true
	}
	return len(p.GoFiles) > 0 && !origins.Fetched(p.GoFiles[0])
}

// std reports whether a package is of the standard library, which has no module.
func std(p *packages.Package, goroot string) bool {
	return len(p.GoFiles) > 0 && strings.HasPrefix(p.GoFiles[0], filepath.Clean(goroot)+string(filepath.Separator))
}

// check loads the packages, and what they need, in parallel. It returns those of
// which there is anything to analyse, and what is lost of any.
func (c *checker) check(roots []*packages.Package) ([]*packages.Package, []*Loss) {
	needed := c.needed(roots)
	c.progress(0, len(needed))
	var all sync.WaitGroup
	var done atomic.Int64
	for _, u := range needed {
		all.Go(func() {
			c.load(u)
			close(u.done)
			c.progress(int(done.Add(1)), len(needed))
		})
	}
	all.Wait()
	var lost []*Loss
	for _, u := range c.units {
		if u.loss != nil {
			lost = append(lost, u.loss)
		}
	}
	roots = slices.DeleteFunc(slices.Clone(roots), func(p *packages.Package) bool { return !c.units[p.ID].there })
	return roots, lost
}

// needed returns the packages to load, or to recall: the roots, and what they import;
// but for what export data refers to, which it tells of itself, and for what only those
// import of which all is known.
func (c *checker) needed(roots []*packages.Package) []*unit {
	var out []*unit
	seen := map[*unit]bool{nil: true}
	var visit func(u *unit)
	visit = func(u *unit) {
		if seen[u] {
			return
		}
		seen[u] = true
		if u.forgone() {
			for _, dep := range u.imports {
				if dep.origin == source {
					visit(dep)
				}
			}
			out = append(out, u)
			return
		}
		out = append(out, u)
		if u.origin != export {
			for _, dep := range u.imports {
				visit(dep)
			}
		}
	}
	for _, p := range roots {
		visit(c.units[p.ID])
	}
	return out
}

// owned counts the packages that are the user's own, and that there is anything of.
func (c *checker) owned() int {
	n := 0
	for _, u := range c.units {
		if u.origin == source && u.there {
			n++
		}
	}
	return n
}

// load makes the types of a package, after those of its imports. Nothing is parsed
// before it can be checked: syntax that waits takes memory.
func (c *checker) load(u *unit) {
	switch {
	case u.PkgPath == "unsafe":
		u.Types = types.Unsafe
		return
	case u.origin == export:
		if err := c.read(u); err != nil {
			u.faults = append(u.faults, Fault{Text: err.Error()})
		}
		return
	}
	if !u.forgone() {
		for _, dep := range u.imports {
			if dep != nil { // else they import each other
				<-dep.done
			}
		}
	}
	c.busy(func() {
		if !u.forgone() {
			files, errs := c.parse(u)
			c.typecheck(u, files, errs)
		}
		if u.origin == source && len(u.GoFiles) > 0 {
			c.visit(u)
		}
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

// files are those that are loaded: what cgo has made of them, if it has.
func (u *unit) files() []string {
	if len(u.CompiledGoFiles) > 0 {
		return u.CompiledGoFiles
	}
	return u.GoFiles
}

// parse reads the files of a package, as far as they can be read.
func (c *checker) parse(u *unit) (files []*ast.File, errs []types.Error) {
	names := u.files()
	mode := parser.SkipObjectResolution
	if u.origin == source {
		mode |= parser.ParseComments | parser.AllErrors
	}
	var texts [][]byte
	if u.origin == bodiless {
		texts = interfaces(names)
	}
	for i, name := range names {
		var text any // nil: what the file has
		switch {
		case u.origin == bodiless && texts[i] != nil:
			text = texts[i]
		case !u.executed || u.known != nil:
			if cut := declarations(name); cut != nil {
				text = cut
			}
		}
		file, err := parser.ParseFile(c.fset, name, text, mode)
		if err != nil {
			errs = append(errs, typeErrors(c.fset, err)...)
		}
		if file != nil && file.Name.Name != "" && file.Name.Name != "_" {
			files = append(files, gotest.Hollow(name, file))
		}
	}
	return files, errs
}

// typecheck makes the types of a package from its files, as far as they have any.
func (c *checker) typecheck(u *unit, files []*ast.File, errs []types.Error) {
	conf := &types.Config{
		Importer: &importer{u, c},
		Sizes:    c.sizes,
		Error: func(err error) {
			if !unneeded(c.fset, err) {
				errs = append(errs, typeErrors(c.fset, err)...)
			}
		},
		// cgo has failed, and said why; or nobody asked it.
		FakeImportC: u.native || u.origin == bodiless,
	}
	if u.Module != nil && u.Module.GoVersion != "" && !Newer(u.Module.GoVersion) {
		conf.GoVersion = "go" + u.Module.GoVersion
	}
	u.Fset, u.TypesSizes = c.fset, c.sizes
	u.Types = types.NewPackage(u.PkgPath, u.Name)
	conf.IgnoreFuncBodies = !u.executed || u.known != nil
	if u.origin == source && u.known == nil {
		u.TypesInfo = partial.NewInfo()
	}
	types.NewChecker(conf, c.fset, u.Types, u.TypesInfo).Files(files)
	u.partial = u.native || len(errs)+len(u.faults) > 0
	if u.origin == bodiless && u.Module != nil && slices.ContainsFunc(files, importsC) {
		u.faked = []string{u.ID}
	}
	for _, dep := range u.imports {
		u.partial = u.partial || dep == nil || dep.partial
		if dep != nil {
			u.faked = append(u.faked, dep.faked...)
		}
	}
	slices.Sort(u.faked)
	u.faked = slices.Compact(u.faked)
	if u.origin == bodiless {
		// Nobody asks where something stands in it.
		for _, file := range files {
			c.fset.File(file.FileStart).SetLines([]int{0})
		}
	}
	if u.origin == source && u.known == nil {
		u.Syntax, u.TypeErrors = files, errs
		u.faults = append(u.faults, faults(slices.DeleteFunc(slices.Clone(errs), func(e types.Error) bool { return c.explained(u, e) }))...)
	}
}

// unneeded reports whether an error says that a test file imports what it does not use: its tests
// do, which are not there.
func unneeded(fset *token.FileSet, err error) bool {
	e, ok := err.(types.Error)
	return ok && e.Soft && strings.HasPrefix(e.Msg, `"`) && strings.HasSuffix(fset.Position(e.Pos).Filename, "_test.go")
}

// importsC reports whether a file uses cgo.
func importsC(file *ast.File) bool {
	return slices.ContainsFunc(file.Imports, func(i *ast.ImportSpec) bool { return i.Path.Value == `"C"` })
}

// An importer finds the packages that one package imports. For what is missing a package
// stands in that may have anything in it.
type importer struct {
	unit    *unit
	checker *checker
}

// Import implements types.Importer.
func (i *importer) Import(path string) (*types.Package, error) {
	dep, ok := i.unit.imports[path]
	switch {
	case path == "unsafe":
		return types.Unsafe, nil
	case dep != nil && dep.Types != nil && (dep.origin == export || len(dep.GoFiles) > 0):
		return dep.Types, nil
	case ok && dep == nil:
		return nil, errors.New("import cycle not allowed")
	}
	why := "it is not there"
	if dep != nil && len(dep.faults) > 0 {
		why = missing(path, dep.faults[0].Text, i.checker.modules)
	}
	if !i.unit.absent(path) {
		return nil, errors.New(why)
	}
	// The type checker says why, and goes on with the stand-in: what that does not declare has no type.
	return i.checker.absentPackage(i.unit, path), errors.New(why)
}
