package load

import (
	"cmp"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/tools/go/packages"
)

// A package that cannot be had would leave every function without a type that has one of its types in
// its signature, and such a function cannot be executed. What a file takes for a type of an absent
// package is one, therefore, of which nothing is known but its name: the same for all packages that
// name it.

// absentTypes are the types of absent packages, by the path of a package, and what they are called.
type absentTypes struct {
	once sync.Once
	// packages declare them, and are imported by nobody: each who imports an absent package gets
	// one of his own, which the type checker marks.
	packages map[string]*types.Package
	// embedders are the names of structs that embed a type of them: what is selected of one may be
	// of that.
	embedders map[string]bool
}

// absent reports whether a package that is imported cannot be had, and is not one of a cycle.
func (u *unit) absent(path string) bool {
	dep, listed := u.imports[path]
	return path != "unsafe" && path != "C" && (!listed || dep != nil && dep.origin != export && len(dep.GoFiles) == 0)
}

// lacks reports whether a package imports an absent one.
func (u *unit) lacks() bool {
	for path := range u.imports {
		if u.absent(path) {
			return true
		}
	}
	return false
}

// explained reports whether an error of a package is about a type of an absent one, or about what is
// used only where that is: that this is absent was said.
func (c *checker) explained(u *unit, err types.Error) bool {
	if err.Soft && u.lacks() {
		return true
	}
	a := &c.absent
	a.once.Do(c.declareAbsent)
	for _, m := range qualifiedName.FindAllStringSubmatch(err.Msg, -1) {
		for path, home := range a.packages {
			if (m[1] == home.Name() || m[1] == strconv.Quote(path)) && home.Scope().Lookup(m[2]) != nil {
				return true
			}
		}
	}
	m := lacksField.FindStringSubmatch(err.Msg)
	return m != nil && a.embedders[m[1]]
}

// lacksField matches what the type checker says of what a struct does not have.
var lacksField = regexp.MustCompile(`type \S*?(\w+) has no field or method`)

// qualifiedName matches a name as the type checker qualifies it: by the name of a package, or by its
// path where two have one name.
var qualifiedName = regexp.MustCompile(`("[^"]+"|\w+)\.(\w+)`)

// absentPackage returns what stands in for an absent package in one that imports it, nil where that
// names no type of it.
func (c *checker) absentPackage(u *unit, path string) *types.Package {
	c.absent.once.Do(c.declareAbsent)
	home := c.absent.packages[path]
	if home == nil {
		return nil
	}
	stand := types.NewPackage(path, home.Name())
	for _, name := range home.Scope().Names() {
		stand.Scope().Insert(home.Scope().Lookup(name))
	}
	return stand
}

// declareAbsent declares what any package of the user's own takes for a type of an absent one. Nobody
// has to look where all packages are there.
func (c *checker) declareAbsent() {
	c.absent.packages, c.absent.embedders = map[string]*types.Package{}, map[string]bool{}
	uses := map[string]*typeUses{}
	var roots []*packages.Package
	for _, u := range c.units {
		roots = append(roots, u.Package)
	}
	slices.SortFunc(roots, func(a, b *packages.Package) int { return strings.Compare(a.ID, b.ID) })
	for _, p := range roots {
		if u := c.units[p.ID]; u.origin == source && u.lacks() {
			for _, name := range u.files() {
				if file, _ := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution); file != nil {
					u.typesUsed(file, uses, c.absent.embedders)
				}
			}
		}
	}
	for path, of := range uses {
		home := types.NewPackage(path, cmp.Or(of.name, base(path)))
		for name, isStruct := range of.structs {
			var underlying types.Type = types.NewInterfaceType(nil, nil)
			if isStruct {
				underlying = types.NewStruct(nil, nil)
			}
			obj := types.NewTypeName(token.NoPos, home, name, nil)
			types.NewNamed(obj, underlying, nil)
			home.Scope().Insert(obj)
		}
		c.absent.packages[path] = home
	}
}

// typeUses is what files take for types of an absent package.
type typeUses struct {
	name string // of the package, as one who does not rename it knows it; "" if nobody does
	// structs are its types, by name. One that is pointed to, or of which a literal is written, is
	// a struct; any other may be what has nil, and takes anything: an interface.
	structs map[string]bool
}

// typesUsed adds what a file takes for types of packages that are absent, and the names of structs that
// embed one.
func (u *unit) typesUsed(file *ast.File, uses map[string]*typeUses, embedders map[string]bool) {
	absent := map[string]*typeUses{} // by the name that the file knows them by
	for _, spec := range file.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil || !u.absent(path) {
			continue
		}
		of := uses[path]
		if of == nil {
			of = &typeUses{structs: map[string]bool{}}
			uses[path] = of
		}
		if spec.Name != nil {
			absent[spec.Name.Name] = of
			continue
		}
		name := packageName(path, file)
		of.name = cmp.Or(of.name, name)
		absent[name] = of
	}
	if len(absent) == 0 {
		return
	}
	of := func(use *ast.SelectorExpr) *typeUses {
		if pkg, ok := use.X.(*ast.Ident); ok && use.Sel.IsExported() {
			return absent[pkg.Name]
		}
		return nil
	}
	for use, isStruct := range typeNames(file) {
		if of := of(use); of != nil {
			of.structs[use.Sel.Name] = of.structs[use.Sel.Name] || isStruct
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.TypeSpec)
		if !ok {
			return true
		}
		if t, ok := spec.Type.(*ast.StructType); ok {
			for _, field := range t.Fields.List {
				embedded := field.Type
				if star, ok := embedded.(*ast.StarExpr); ok {
					embedded = star.X
				}
				if use, ok := embedded.(*ast.SelectorExpr); ok && len(field.Names) == 0 && of(use) != nil {
					embedders[spec.Name.Name] = true
				}
			}
		}
		return true
	})
}

// typeNames returns the qualified names that stand in a file where only a type can, and whether each
// is that of a struct for all that is seen.
func typeNames(file *ast.File) map[*ast.SelectorExpr]bool {
	names := map[*ast.SelectorExpr]bool{}
	var isType func(e ast.Expr, isStruct bool)
	isType = func(e ast.Expr, isStruct bool) {
		switch e := e.(type) {
		case *ast.SelectorExpr:
			names[e] = names[e] || isStruct
		case *ast.StarExpr:
			isType(e.X, true)
		case *ast.ParenExpr:
			isType(e.X, isStruct)
		case *ast.Ellipsis:
			isType(e.Elt, false)
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Field:
			isType(n.Type, false)
		case *ast.ValueSpec:
			isType(n.Type, false)
		case *ast.TypeSpec:
			isType(n.Type, false)
		case *ast.CompositeLit:
			isType(n.Type, true)
		case *ast.ArrayType:
			isType(n.Elt, false)
		case *ast.MapType:
			isType(n.Key, false)
			isType(n.Value, false)
		case *ast.ChanType:
			isType(n.Value, false)
		case *ast.TypeAssertExpr:
			isType(n.Type, false)
		case *ast.TypeSwitchStmt:
			for _, clause := range n.Body.List {
				for _, e := range clause.(*ast.CaseClause).List {
					isType(e, false)
				}
			}
		case *ast.CallExpr:
			if fn, ok := n.Fun.(*ast.Ident); ok && len(n.Args) > 0 && (fn.Name == "new" || fn.Name == "make") {
				isType(n.Args[0], fn.Name == "new")
			}
		}
		return true
	})
	return names
}

// packageName guesses the name of a package of which there is only a path, and a file that imports it:
// what most packages would be called, of the names that stand before a dot there.
func packageName(at string, file *ast.File) string {
	base := base(at)
	qualifies := map[string]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		if use, ok := n.(*ast.SelectorExpr); ok {
			if pkg, ok := use.X.(*ast.Ident); ok {
				qualifies[pkg.Name] = true
			}
		}
		return true
	})
	plain := strings.TrimPrefix(strings.TrimSuffix(strings.TrimSuffix(base, ".go"), "-go"), "go-")
	for _, name := range []string{base, plain, strings.ReplaceAll(plain, "-", ""), strings.ReplaceAll(plain, "-", "_"), plain[strings.LastIndexByte(plain, '-')+1:]} {
		if qualifies[name] {
			return name
		}
	}
	return base
}

// base is the last element of a path, but for one that says which version it is.
func base(at string) string { return path.Base(majorVersion.ReplaceAllString(at, "")) }

// majorVersion matches the end of a path that says which major version of a module it is.
var majorVersion = regexp.MustCompile(`(/|\.)v\d+$`)
