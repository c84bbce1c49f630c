package absint

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// boxed is what an interface holds: never nil, even when the value in it is.
func boxed(v Value, t types.Type) Value {
	switch v.Kind {
	case Zero, Const, Unknown:
		if !types.IsInterface(t) {
			in := v.derived(NonZero)
			in.Var, in.Got = v.Var, v.Got
			return in
		}
	}
	return v
}

// identified is an error that is made of a value of a type of its own: it is told from
// others by its type, or by the code that is in it.
func (f *frame) identified(s *state, v Value, i *ssa.MakeInterface) Value {
	if c, ok := i.X.(*ssa.Const); ok && IsAnError(i.X.Type()) {
		v.Var = constantOf(c, i.Parent())
	}
	if v.Var != nil && v.Var.Pkg() != nil && IsAnError(i.X.Type()) { // a struct, or a constant, that is a sentinel
		v.Is = v.Var.Pkg().Path() + "." + v.Var.Name()
		return v
	}
	if v.Is != "" || v.Kind == Fault || v.Kind == Absent || v.Got != Unknown || !IsAnError(i.X.Type()) {
		return v
	}
	holds := func(part *Value) {
		if part.Kind == Const && (f.x.oracle.AbsenceConst(part.Const, types.Typ[types.UntypedInt]) || IsStatus(part.Const)) {
			v.Is = codeIs + part.Const.ExactString()
		}
	}
	switch parts := v.Parts; v.Kind {
	case Pointer:
		for _, e := range s.mem.entries {
			if e.key.Base == v.Cell.Base {
				holds(e.value)
			}
		}
	case Record: // a struct in an interface is no nil
		v = v.derived(NonZero)
		for i := range parts {
			holds(&parts[i].Value)
		}
	}
	if v.Is == "" {
		v.Is = identity(i.X.Type())
	}
	return v
}

// converted is a conversion between types that are represented differently.
func converted(v Value, from, to types.Type) Value {
	if v.Kind != Const {
		return v
	}
	kindOf := func(t types.Type) types.BasicInfo {
		switch t := t.Underlying().(type) {
		case *types.Basic:
			return t.Info() & (types.IsInteger | types.IsFloat | types.IsString | types.IsBoolean)
		case *types.Slice:
			if isByte(t.Elem()) {
				return types.IsString // the same text
			}
		}
		return 0
	}
	if kindOf(from) != kindOf(to) {
		return v.derived(NonZero)
	}
	return v
}

// narrowed is v as a value of a type: a bool that was got from the error does not tell
// anybody what the error was.
func narrowed(v Value, t types.Type) Value {
	if v.Got != Unknown && IsBool(t) {
		v.From = examined(v.From)
	}
	return v
}

// typeAssert asks an error for its type: a gate when the type stands for
// absence only.
func (f *frame) typeAssert(s *state, i *ssa.TypeAssert) Value {
	x := f.value(s, i.X)
	result := func(v Value, ok Value) Value {
		if i.CommaOk {
			return Value{Kind: Tuple, Elems: []Value{v, ok}}
		}
		return v
	}
	switch {
	case x.Kind == Zero:
		return result(zero.with(x.From), no.with(examined(x.From)))
	case types.Identical(i.AssertedType, i.X.Type()):
		return result(x, yes)
	case x.From&Carries != 0:
		err := x
		if x.Got != Unknown { // as what errors.As found
			err.Kind = x.Got
		}
		ok := f.asserted(err, i.AssertedType)
		if truth, known := ok.Truth(); known && !truth {
			return result(zero, ok)
		}
		return result(partOf(err), ok)
	}
	return result(x.derived(Unknown), Value{From: examined(x.From)})
}
