// Package drive runs a pass over packages while they are loaded, each after those that
// it imports, and remembers what it has learned of those that have not changed. The
// driver of golang.org/x/tools wants all packages at once, with their syntax.
package drive

import (
	"errors"
	"fmt"
	"go/types"
	"os"
	"reflect"
	"slices"
	"strings"
	"sync"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"

	"github.com/errswallow/errswallow/internal/finding"
	"github.com/errswallow/errswallow/internal/load"
)

// A Driver runs one pass. It needs no other pass, and has one type of fact for objects
// and one for packages at most.
type Driver struct {
	pass *analysis.Analyzer
	// Found is told of each diagnostic.
	Found func()
	// Declared: what packages declare is remembered, too.
	Declared bool

	mu    sync.Mutex
	facts map[*types.Package]*facts
	// below are the facts of a package and of all that it imports.
	below map[*packages.Package][]*facts
	roots []*finding.Root
	errs  []error
}

// New returns a driver of a pass.
func New(pass *analysis.Analyzer) *Driver {
	register(pass)
	return &Driver{pass: pass, Found: func() {}, facts: map[*types.Package]*facts{}, below: map[*packages.Package][]*facts{}}
}

// facts are those of one package. Once others see them they do not change.
type facts struct {
	objects map[objectKey]analysis.Fact
	own     map[reflect.Type]analysis.Fact
	pkg     *types.Package
}

type objectKey struct {
	object types.Object
	typ    reflect.Type
}

func newFacts(pkg *types.Package) *facts {
	return &facts{map[objectKey]analysis.Fact{}, map[reflect.Type]analysis.Fact{}, pkg}
}

// Visit looks at a package, or recalls what was learned of it. It is a load.Config's
// Pass.
func (d *Driver) Visit(v *load.Visit) {
	root := &finding.Root{Analyzer: d.pass, Package: v.Package}
	switch {
	case v.Known != nil:
		if err := d.recall(v, root); err != nil {
			d.fail(v, err) // a key is that of something else: nobody can go on
			return
		}
	default:
		facts, err := d.run(v.Package, root)
		if err != nil {
			d.fail(v, err)
			return
		}
		d.publish(v.Package, facts)
		v.Learned = encode(root, facts)
	}
	for range root.Diagnostics {
		d.Found()
	}
	if v.Wanted {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.roots = append(d.roots, root)
	}
}

func (d *Driver) fail(v *load.Visit, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.errs = append(d.errs, fmt.Errorf("%s: %w", v.Package.PkgPath, err))
}

// Roots returns what the pass says of the packages that were asked for, in the order of
// their names. The error names every package whose analysis failed.
func (d *Driver) Roots() ([]*finding.Root, error) {
	slices.SortFunc(d.roots, func(a, b *finding.Root) int { return strings.Compare(a.Package.ID, b.Package.ID) })
	slices.SortFunc(d.errs, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return d.roots, errors.Join(d.errs...)
}

// run runs the pass over a package.
func (d *Driver) run(p *packages.Package, root *finding.Root) (*facts, error) {
	own := newFacts(p.Types)
	pass := &analysis.Pass{
		Analyzer:     d.pass,
		Fset:         p.Fset,
		Files:        p.Syntax,
		OtherFiles:   p.OtherFiles,
		IgnoredFiles: p.IgnoredFiles,
		Pkg:          p.Types,
		TypesInfo:    p.TypesInfo,
		TypesSizes:   p.TypesSizes,
		TypeErrors:   p.TypeErrors,
		Module:       module(p.Module),
		ResultOf:     map[*analysis.Analyzer]any{},
		ReadFile:     os.ReadFile,
		Report: func(diagnostic analysis.Diagnostic) {
			root.Diagnostics = append(root.Diagnostics, diagnostic)
		},
		ImportObjectFact: func(object types.Object, fact analysis.Fact) bool {
			of := d.of(object.Pkg())
			return of != nil && set(fact, of.objects[objectKey{object, reflect.TypeOf(fact)}])
		},
		ExportObjectFact: func(object types.Object, fact analysis.Fact) {
			own.objects[objectKey{object, reflect.TypeOf(fact)}] = fact
		},
		ImportPackageFact: func(pkg *types.Package, fact analysis.Fact) bool {
			of := d.of(pkg)
			return of != nil && set(fact, of.own[reflect.TypeOf(fact)])
		},
		ExportPackageFact: func(fact analysis.Fact) { own.own[reflect.TypeOf(fact)] = fact },
	}
	below := sync.OnceValue(func() []*facts { return d.imported(p) })
	pass.AllObjectFacts = sync.OnceValue(func() (all []analysis.ObjectFact) {
		for _, f := range below() {
			for key, fact := range f.objects {
				all = append(all, analysis.ObjectFact{Object: key.object, Fact: fact})
			}
		}
		return all
	})
	pass.AllPackageFacts = sync.OnceValue(func() (all []analysis.PackageFact) {
		for _, f := range below() {
			for _, fact := range f.own {
				all = append(all, analysis.PackageFact{Package: f.pkg, Fact: fact})
			}
		}
		return all
	})
	var err error
	if root.Result, err = d.pass.Run(pass); err != nil {
		return nil, err
	}
	root.Findings = finding.Of(p, root.Diagnostics)
	if d.Declared {
		root.Declared = finding.Declared(p)
	}
	return own, nil
}

// set copies a fact, if there is one.
func set(to, from analysis.Fact) bool {
	if from == nil {
		return false
	}
	reflect.ValueOf(to).Elem().Set(reflect.ValueOf(from).Elem())
	return true
}

// of returns the facts of a package, or nil.
func (d *Driver) of(p *types.Package) *facts {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.facts[p]
}

// publish shows the facts of a package to those that import it.
func (d *Driver) publish(p *packages.Package, own *facts) {
	below := d.imported(p)
	if own.forget(); len(own.objects)+len(own.own) > 0 {
		below = append(below, own)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.facts[p.Types], d.below[p] = own, below
}

// imported returns the facts of all packages that one imports, at any depth, but for
// those that have none.
func (d *Driver) imported(p *packages.Package) []*facts {
	d.mu.Lock()
	defer d.mu.Unlock()
	var all []*facts
	seen := map[*facts]bool{}
	for _, dep := range p.Imports {
		for _, f := range d.below[dep] {
			if !seen[f] {
				seen[f] = true
				all = append(all, f)
			}
		}
	}
	return all
}

// module is what a pass is told of a module.
func module(m *packages.Module) *analysis.Module {
	if m == nil {
		return &analysis.Module{}
	}
	return &analysis.Module{Path: m.Path, Version: m.Version, GoVersion: m.GoVersion}
}
