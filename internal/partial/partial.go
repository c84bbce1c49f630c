// Package partial finds what can be executed of a package that does not type-check
// as a whole: a function that uses a type which is not there says nothing of its
// neighbour. What cannot is left out, one declaration at a time.
//
// The SSA builder takes for granted that all that it is given has a type, and panics
// where that is not so. The type checker is silent about much that has none: it says
// that an import is missing once, and not at each use.
package partial

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// An Omission is a declaration that is left out, or a part of which is.
type Omission struct {
	// Name is the full name of the function, as [types.Func.FullName] prints it, or of
	// the variable whose initial value has a function in it.
	Name string
	// Fn is the function, nil for a variable and for what has no object.
	Fn *types.Func
	// Pos and End are where it is declared.
	Pos, End token.Pos
	// Why is what the type checker says, or would say.
	Why string
	// Part reports that only what has no type is left out of it, and the rest is executed.
	Part bool

	node   ast.Node  // the declaration of a function, or the initial value of a variable
	mended ast.Node  // what takes its place, if Part
	stand  *standIns // what stands in, in all that is mended of the package
}

// Omissions returns what cannot be executed of a package, as a whole or in part, in source
// order. The errors are those of its parser and its type checker.
func Omissions(pkg *types.Package, files []*ast.File, info *types.Info, errs []types.Error) []Omission {
	c := &checker{info, slices.DeleteFunc(slices.Clone(errs), func(e types.Error) bool {
		return e.Soft || strings.HasPrefix(e.Msg, "\t") // what goes on from the one before it
	})}
	var out []Omission
	for _, file := range files {
		for _, decl := range file.Decls {
			switch decl := decl.(type) {
			case *ast.FuncDecl:
				if why := c.function(decl); why != "" {
					fn, _ := info.Defs[decl.Name].(*types.Func)
					out = append(out, Omission{Fn: fn, Name: fullName(pkg, info, decl), Pos: decl.Pos(), End: decl.End(), Why: why, node: decl})
				}
			case *ast.GenDecl:
				for _, spec := range decl.Specs {
					if spec, ok := spec.(*ast.ValueSpec); ok && decl.Tok == token.VAR {
						out = append(out, c.variables(pkg, spec)...)
					}
				}
			}
		}
	}
	slices.SortFunc(out, func(a, b Omission) int { return cmp.Compare(a.Pos, b.Pos) })
	if len(out) == 0 {
		return nil
	}
	stand := newStandIns(pkg, info)
	for i := range out {
		m := &mender{checker: checker{stand.info, c.errs}, stand: stand, done: map[ast.Expr]ast.Expr{}}
		o := &out[i]
		o.stand = stand
		switch node := o.node.(type) {
		case *ast.FuncDecl:
			o.mended, o.Part = m.mend(node)
		case ast.Expr:
			if t := info.TypeOf(node); o.Name != "" && t != nil && !invalid(t) {
				o.mended, o.Part = m.value(node)
			}
		}
	}
	return out
}

// fullName names a function, whether it has an object and a receiver or not.
func fullName(pkg *types.Package, info *types.Info, decl *ast.FuncDecl) string {
	fn, ok := info.Defs[decl.Name].(*types.Func)
	switch {
	case decl.Recv != nil && len(decl.Recv.List) > 0 && (!ok || invalid(fn.Signature().Recv().Type())):
		return fmt.Sprintf("(%s).%s", types.ExprString(decl.Recv.List[0].Type), decl.Name.Name)
	case !ok:
		return pkg.Path() + "." + decl.Name.Name
	}
	return fn.FullName()
}

// A checker looks for what has no type.
type checker struct {
	info *types.Info
	errs []types.Error
}

// function says why a function cannot be executed, or "".
func (c *checker) function(decl *ast.FuncDecl) string {
	fn, ok := c.info.Defs[decl.Name].(*types.Func)
	switch {
	case !ok:
		return cmp.Or(c.said(decl), decl.Name.Name+" is declared twice")
	case unsigned(fn):
		return cmp.Or(c.said(decl), "its signature has a type that is not there")
	}
	return c.untyped(decl)
}

// unsigned reports whether the signature of a function has a type that is not there.
func unsigned(fn *types.Func) bool {
	sig := fn.Signature()
	return invalid(sig) || sig.Recv() != nil && invalid(sig.Recv().Type())
}

// variables returns the variables that cannot be initialised. Those without a
// function in their initial value are not worth a word, but the SSA builder must not
// see them either: their names are empty.
func (c *checker) variables(pkg *types.Package, spec *ast.ValueSpec) []Omission {
	var out []Omission
	for i, value := range spec.Values {
		why := c.untyped(value)
		for _, name := range spec.Names {
			if v, ok := c.info.Defs[name].(*types.Var); why == "" && (!ok || invalid(v.Type())) {
				why = "it has a type that is not there"
			}
		}
		if why == "" {
			continue
		}
		o := Omission{Pos: spec.Pos(), End: spec.End(), Why: why, node: value}
		if holdsFunction(value) {
			o.Name = pkg.Path() + "." + spec.Names[min(i, len(spec.Names)-1)].Name
		}
		out = append(out, o)
	}
	return out
}

func holdsFunction(value ast.Expr) bool {
	found := false
	ast.Inspect(value, func(n ast.Node) bool {
		_, is := n.(*ast.FuncLit)
		found = found || is
		return !found
	})
	return found
}

// said returns what is said to be wrong within a node, or "".
func (c *checker) said(n ast.Node) string {
	for _, e := range c.errs {
		if n.Pos() <= e.Pos && e.Pos <= n.End() {
			return e.Msg
		}
	}
	return ""
}

// untyped says what has no type in a body or an expression, or "".
func (c *checker) untyped(root ast.Node) string {
	if why := c.said(root); why != "" {
		return why
	}
	found := c.nameless(root)
	if found == nil {
		return ""
	}
	return describe(found)
}

// nameless returns what has no type in a node, nil if all has one.
func (c *checker) nameless(root ast.Node) (found ast.Node) {
	ast.Inspect(root, func(n ast.Node) bool {
		if n == nil || found != nil && !within(n, found) {
			return false
		}
		if !c.typed(n) {
			found = n // or something in it
		}
		return true
	})
	return found
}

// within reports whether a node is in another, and not only the name that is
// selected there.
func within(n, outer ast.Node) bool {
	end := outer.End()
	if selector, ok := outer.(*ast.SelectorExpr); ok {
		end = selector.X.End()
	}
	return outer.Pos() <= n.Pos() && n.End() <= end
}

// typed reports whether one node has all the types that executing it needs.
func (c *checker) typed(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.BadExpr, *ast.BadStmt, *ast.BadDecl:
		return false
	case *ast.Ident:
		return c.identified(n)
	case *ast.SelectorExpr:
		return c.valid(n)
	case *ast.CompositeLit:
		return c.valid(n) && !hasInvalidField(c.info.TypeOf(n))
	case *ast.CallExpr, *ast.BinaryExpr, *ast.UnaryExpr, *ast.StarExpr, *ast.IndexExpr, *ast.IndexListExpr,
		*ast.SliceExpr, *ast.TypeAssertExpr, *ast.FuncLit, *ast.ParenExpr:
		return c.valid(n.(ast.Expr))
	}
	return true
}

// valid reports whether an expression has a type. The type checker records none of
// x.(type).
func (c *checker) valid(e ast.Expr) bool {
	if assert, ok := e.(*ast.TypeAssertExpr); ok && assert.Type == nil {
		return true
	}
	tv := c.info.Types[e]
	return tv.IsBuiltin() || tv.Type != nil && !invalid(tv.Type)
}

// identified reports whether an identifier stands for something that has a type,
// or for something that needs none.
func (c *checker) identified(id *ast.Ident) bool {
	if id.Name == "_" {
		return true
	}
	obj, defined := c.info.Defs[id]
	if !defined {
		obj = c.info.Uses[id]
	}
	switch obj := obj.(type) {
	case nil:
		return defined // the variable of a type switch: each case has its own
	case *types.Var, *types.Const, *types.Func, *types.TypeName:
		return !invalid(obj.Type())
	}
	return true
}

// hasInvalidField reports whether a composite literal of a type sets a field that
// has no type.
func hasInvalidField(t types.Type) bool {
	s, ok := t.Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for f := range s.Fields() {
		if invalid(f.Type()) {
			return true
		}
	}
	return false
}

// invalid reports whether a type is missing, or is made of one that is. What the
// fields of a named type are does not matter before they are used.
func invalid(t types.Type) bool {
	switch t := types.Unalias(t).(type) {
	case *types.Basic:
		return t.Kind() == types.Invalid
	case *types.Named:
		return t.Underlying() == types.Typ[types.Invalid] || t.TypeArgs() != nil && slices.ContainsFunc(slices.Collect(t.TypeArgs().Types()), invalid)
	case *types.Map:
		return invalid(t.Key()) || invalid(t.Elem())
	case interface{ Elem() types.Type }: // an array, a channel, a pointer, a slice
		return invalid(t.Elem())
	case *types.Signature:
		return invalid(t.Params()) || invalid(t.Results())
	case *types.Tuple:
		return slices.ContainsFunc(slices.Collect(t.Variables()), func(v *types.Var) bool { return invalid(v.Type()) })
	case *types.Struct:
		return hasInvalidField(t)
	}
	return false
}

// describe says that a node has no type.
func describe(n ast.Node) string {
	if e, ok := n.(ast.Expr); ok {
		return types.ExprString(e) + " has no type"
	}
	return "it is no Go"
}
