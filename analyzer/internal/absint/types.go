package absint

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

var errorType = types.Universe.Lookup("error").Type()

// IsError reports whether t is the predeclared type error.
func IsError(t types.Type) bool { return types.Identical(t, errorType) }

// isByte reports whether t is a byte.
func isByte(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Kind() == types.Byte
}

// IsBool reports whether t is a boolean type.
func IsBool(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsBoolean != 0
}

// ConstantsOf returns the constants of a type that have a value, in the order of their names.
func ConstantsOf(t *types.Named, c constant.Value) []*types.Const {
	if t.Obj().Pkg() == nil {
		return nil
	}
	return constantsIn(t.Obj().Pkg(), t, c)
}

// hasConstants reports whether the package of a type has constants of it.
func hasConstants(t *types.Named) bool {
	if t.Obj().Pkg() == nil {
		return false
	}
	scope := t.Obj().Pkg().Scope()
	return slices.ContainsFunc(scope.Names(), func(name string) bool {
		k, ok := scope.Lookup(name).(*types.Const)
		return ok && types.Identical(k.Type(), t)
	})
}

func constantsIn(p *types.Package, t *types.Named, c constant.Value) (found []*types.Const) {
	scope := p.Scope()
	for _, name := range scope.Names() {
		if k, ok := scope.Lookup(name).(*types.Const); ok && types.Identical(k.Type(), t) && k.Val().Kind() == c.Kind() && constant.Compare(k.Val(), token.EQL, c) {
			found = append(found, k)
		}
	}
	return found
}

// constantOf is the constant of a type of its own that a value is, nil for none. Of a
// package that the one of a function does not import itself only what others mention may be
// known, and no constant is mentioned: so it is the constant of another package, too, that
// has its value (redis.Nil is that of a package that nobody can import).
func constantOf(c *ssa.Const, fn *ssa.Function) types.Object {
	named, ok := types.Unalias(c.Type()).(*types.Named)
	if !ok || c.Value == nil {
		return nil
	}
	if found := ConstantsOf(named, c.Value); len(found) > 0 {
		return found[0]
	}
	if fn.Origin() != nil {
		fn = fn.Origin()
	}
	if fn.Pkg == nil {
		return nil
	}
	imports := func(p *types.Package) []*types.Package {
		return slices.SortedFunc(slices.Values(p.Imports()), func(a, b *types.Package) int { return strings.Compare(a.Path(), b.Path()) })
	}
	direct := imports(fn.Pkg.Pkg)
	for _, p := range direct { // the one that others repeat
		for _, below := range imports(p) {
			if found := constantsIn(below, named, c.Value); len(found) > 0 {
				return found[0]
			}
		}
	}
	for _, p := range append(direct, fn.Pkg.Pkg) {
		if found := constantsIn(p, named, c.Value); len(found) > 0 {
			return found[0]
		}
	}
	return nil
}

// IsAnError reports whether t implements error.
func IsAnError(t types.Type) bool {
	return types.Implements(t, errorType.Underlying().(*types.Interface))
}
