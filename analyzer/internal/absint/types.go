package absint

import (
	"go/constant"
	"go/token"
	"go/types"

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
func ConstantsOf(t *types.Named, c constant.Value) (found []*types.Const) {
	if t.Obj().Pkg() == nil {
		return nil
	}
	scope := t.Obj().Pkg().Scope()
	for _, name := range scope.Names() {
		if k, ok := scope.Lookup(name).(*types.Const); ok && types.Identical(k.Type(), t) && k.Val().Kind() == c.Kind() && constant.Compare(k.Val(), token.EQL, c) {
			found = append(found, k)
		}
	}
	return found
}

// constantOf is the constant of a type of its own that a value is, nil for none.
func constantOf(c *ssa.Const) types.Object {
	named, ok := types.Unalias(c.Type()).(*types.Named)
	if !ok || c.Value == nil {
		return nil
	}
	if found := ConstantsOf(named, c.Value); len(found) > 0 {
		return found[0]
	}
	return nil
}
