package absint

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// A Kind is a point of the value lattice. Unknown is its top; there is no
// bottom, for a value that cannot be is never computed.
type Kind uint8

const (
	// Unknown is any value.
	Unknown Kind = iota
	// Zero is the zero value of its type: nil, false, 0, "", an empty struct.
	Zero
	// NonZero is any value but the zero value.
	NonZero
	// Const is the constant in Value.Const, which is not the zero value.
	Const
	// Fault is the transient error, or an error that wraps it.
	Fault
	// Absent is a not-found error, or an error that wraps one.
	Absent
	// Closure is the function in Value.Fn with bindings in Value.Elems.
	Closure
	// Pointer points to Value.Cell, or is a slice of it.
	Pointer
	// Tuple has the results of a call in Value.Elems.
	Tuple
	// Record is a struct some of whose fields are known, in Value.Parts.
	Record

	kinds
)

// An Origin is a set of ways in which a value depends on the hypothesis.
type Origin uint8

const (
	// Carries: the value holds the error, its text, or a part of it.
	Carries Origin = 1 << iota
	// Beside: the value came beside the error, or is made of what did.
	Beside
	// Decided: the value was decided by looking at the error.
	Decided
	// Unsure: a bool that somebody says of the error whom nobody can see: if it is true,
	// the error may be another than a fault.
	Unsure

	origins // how many sets of them there are
)

// Hangs are the origins of a value that may be another, had the call in question
// answered otherwise.
const Hangs = Carries | Beside | Decided

// A Value is what is known of one SSA value. The zero Value is unknown.
type Value struct {
	Kind Kind
	From Origin
	// Got is the kind of the error, Fault or Absent, that the value is a code, a
	// reason or a type of: to compare it with what stands for absence is a gate.
	Got   Kind
	Const constant.Value
	// Elems are those of a Tuple, or of a list of which all is known.
	Elems []Value
	Fn    *ssa.Function
	Cell  Cell
	// Parts are what is in a Record, sorted by path; "" is what its other parts hold.
	// What leaves a function by a pointer has those of what it points to.
	Parts []Part
	// Var is the package variable that the value was loaded from, if any.
	Var types.Object
	// Is is what an error holds or wraps that a caller can tell from others: a
	// package variable or a type, as import/path.Name, a code, as "code 404", or a text
	// that says that something is absent, as "says no such user"; fresh for one that was
	// made here and holds none, and "" where that is not known.
	Is string
}

// A Part is a field or an element of a Record.
type Part struct {
	Path  string
	Value Value
}

// Identities of errors: fresh is that of one that is made on the spot; codeIs begins that of
// one that is known by a code in it, and saysIs of one that says that something is absent.
const (
	fresh  = "fresh"
	codeIs = "code "
	saysIs = "says "
)

// Says returns the text of an error that is known by what it says, from its identity.
func Says(id string) (text string, ok bool) { return strings.CutPrefix(id, saysIs) }

// Fresh reports whether the error is made on the spot, of no other.
func (v Value) Fresh() bool { return v.Is == fresh }

// Identified reports whether a caller can tell the error from others by what it is.
func (v Value) Identified() bool { return v.Is != "" && v.Is != fresh }

// A Cell is a place in memory: an allocation and a path of fields and
// elements into it.
type Cell struct {
	Base ssa.Value
	Path string
}

// The values that are written down most.
var (
	zero    = Value{Kind: Zero}
	nonZero = Value{Kind: NonZero}
	yes     = Value{Kind: Const, Const: constant.MakeBool(true)}
	no      = Value{Kind: Zero}
)

// Bool returns the value of b.
func Bool(b bool) Value {
	if b {
		return yes
	}
	return no
}

// with returns v with origins added.
func (v Value) with(from Origin) Value {
	v.From |= from
	return v
}

// carries reports whether the value itself holds the error, or its text.
func (v Value) carries() bool { return v.From&Carries != 0 }

// derived is what is made of v: it depends on what v depends on, and is no
// longer known to be the fault.
func (v Value) derived(kind Kind) Value {
	return Value{Kind: kind, From: v.From}
}

// Truth returns the value of a boolean; known is false when it could be either.
func (v Value) Truth() (truth, known bool) {
	switch v.Kind {
	case Zero:
		return false, true
	case Const:
		if v.Const.Kind() == constant.Bool {
			return constant.BoolVal(v.Const), true
		}
	}
	return false, false
}

// isNil reports whether a value is zero; known is false when it could be either.
func (v Value) isNil() (isNil, known bool) {
	switch v.Kind {
	case Unknown, Tuple, Record:
		return false, false
	}
	return v.Kind == Zero, true
}

// Text returns the constant string that v is.
func (v Value) Text() (string, bool) {
	if v.Kind == Const && v.Const.Kind() == constant.String {
		return constant.StringVal(v.Const), true
	}
	return "", v.Kind == Zero
}

// Hollow reports whether a value points to what a query should have answered through, and
// nothing is in it.
func (v Value) Hollow() bool {
	filled := func(p Part) bool { return p.Value.Kind != Zero || (p.Value.From|v.From)&Beside == 0 }
	return v.Kind == Pointer && len(v.Parts) > 0 && !slices.ContainsFunc(v.Parts, filled)
}

// Int returns the whole number that a value is.
func (v Value) Int() (int64, bool) {
	if v.Kind != Const || v.Const.Kind() != constant.Int {
		return 0, v.Kind == Zero
	}
	return constant.Int64Val(v.Const)
}

// equal reports whether two values say the same.
func equal(a, b Value) bool {
	if a.Kind != b.Kind || a.From != b.From || a.Fn != b.Fn || a.Cell != b.Cell || a.Var != b.Var || a.Is != b.Is || a.Got != b.Got || len(a.Elems) != len(b.Elems) || len(a.Parts) != len(b.Parts) {
		return false
	}
	if a.Kind == Const && !sameConst(a.Const, b.Const) {
		return false
	}
	return slices.EqualFunc(a.Elems, b.Elems, equal) &&
		slices.EqualFunc(a.Parts, b.Parts, func(p, q Part) bool { return p.Path == q.Path && equal(p.Value, q.Value) })
}

func sameConst(a, b constant.Value) bool {
	return a.Kind() == b.Kind() && constant.Compare(a, token.EQL, b)
}

// join returns the least value that says no more than either.
func join(a, b Value) Value {
	if equal(a, b) {
		return a
	}
	from := a.From | b.From
	if a.Kind == b.Kind {
		switch {
		case a.Kind == Tuple && len(a.Elems) == len(b.Elems):
			elems := make([]Value, len(a.Elems))
			for i := range elems {
				elems[i] = join(a.Elems[i], b.Elems[i])
			}
			return Value{Kind: Tuple, From: from, Elems: elems}
		case a.Kind == Zero, a.Kind == Fault, a.Kind == Absent:
			return Value{Kind: a.Kind, From: from}
		}
	}
	if aNil, known := a.isNil(); known && !aNil {
		if bNil, known := b.isNil(); known && !bNil {
			return Value{Kind: NonZero, From: from}
		}
	}
	return Value{Kind: Unknown, From: from}
}

// OfConst returns the value of an SSA constant.
func OfConst(c *ssa.Const) Value {
	if c.Value == nil {
		return zero
	}
	switch c.Value.Kind() {
	case constant.Bool:
		return Bool(constant.BoolVal(c.Value))
	case constant.String:
		if constant.StringVal(c.Value) == "" {
			return zero
		}
	case constant.Int, constant.Float, constant.Complex:
		if constant.Sign(c.Value) == 0 && c.Value.Kind() != constant.Complex {
			return zero
		}
	}
	return Value{Kind: Const, Const: c.Value}
}

// AsConst returns v as a constant of type t, for arithmetic and comparison.
func (v Value) AsConst(t types.Type) (constant.Value, bool) {
	switch v.Kind {
	case Const:
		basic, ok := t.Underlying().(*types.Basic)
		return v.Const, !ok || (basic.Info()&types.IsString != 0) == (v.Const.Kind() == constant.String)
	case Zero:
		basic, ok := t.Underlying().(*types.Basic)
		if !ok {
			return nil, false
		}
		switch info := basic.Info(); {
		case info&types.IsBoolean != 0:
			return constant.MakeBool(false), true
		case info&types.IsString != 0:
			return constant.MakeString(""), true
		case info&types.IsNumeric != 0:
			return constant.MakeInt64(0), true
		}
	}
	return nil, false
}

// fromConst is the inverse of AsConst.
func fromConst(c constant.Value) Value {
	return OfConst(&ssa.Const{Value: c})
}
