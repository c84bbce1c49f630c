package absint

import "go/types"

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
