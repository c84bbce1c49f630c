package absint

import (
	"go/constant"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// field is what field n of a struct, or of one that is pointed to, holds: v, or
// what the hypothesis says of fields of its name.
func (f *frame) field(v Value, t types.Type, n int) Value {
	if v.Kind != Unknown || v.From&Beside == 0 || len(f.x.hypothesis.Fields) == 0 {
		return v
	}
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	structure, ok := t.Underlying().(*types.Struct)
	if !ok {
		return v // of a type parameter
	}
	field := structure.Field(n)
	supposed, ok := f.supposedOf(t, field.Name())
	if _, isPointer := field.Type().Underlying().(*types.Pointer); isPointer && !ok && field.Anonymous() {
		return Value{Kind: NonZero, From: v.From} // there is a state
	}
	if !ok {
		return v
	}
	return shapedAs(supposed, v, field.Type())
}

// supposedOf is what the hypothesis says of a field of a type.
func (f *frame) supposedOf(t types.Type, name string) (Value, bool) {
	name = strings.ToUpper(name[:1]) + name[1:] // running is Running, in a package's own struct
	if named, ok := types.Unalias(t).(*types.Named); ok {
		if own, ok := f.x.hypothesis.Fields[named.Obj().Name()+"."+name]; ok {
			return own, true
		}
	}
	supposed, ok := f.x.hypothesis.Fields[name]
	return supposed, ok
}

// shapedAs is what is supposed of a field of a type, and v where that says nothing of such
// a type.
func shapedAs(supposed, v Value, t types.Type) Value {
	switch u := t.Underlying().(type) {
	case *types.Pointer:
		if supposed.Kind != Zero {
			supposed = nonZero
		}
	case *types.Slice:
		if supposed.Kind != NonZero {
			return v
		}
	case *types.Basic:
		text, isText := supposed.Text()
		if isText && !mayHold(t, text) {
			return v
		}
		if supposed.Kind == NonZero && IsBool(u) || supposed.Kind == Const && isText != (u.Info()&types.IsString != 0) || supposed.Kind == Zero && !IsBool(u) {
			return v
		}
	default:
		return v
	}
	return supposed.with(v.From)
}

// mayHold reports whether a text is one of the constants of a type, where it has any.
func mayHold(t types.Type, text string) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return !ok || !hasConstants(named) || len(ConstantsOf(named, constant.MakeString(text))) > 0
}

// getter executes a method that answers what a field holds, as GetDeletionTimestamp does,
// and one that asks if a value is its zero.
func (f *frame) getter(s *state, call *ssa.CallCommon, args []Value) (Value, bool) {
	results := call.Signature().Results()
	fn, isFunc := calleeName(call)
	if !isFunc || len(args) != 1 || results.Len() != 1 {
		return Value{}, false
	}
	if args[0].Kind == Pointer {
		if v, ok := s.mem.get(Cell{args[0].Cell.Base, args[0].Cell.Path + "." + fn + "()"}); ok {
			return v, true
		}
	}
	if fn == "IsZero" && args[0].Kind == Zero {
		return yes.with(args[0].From), true
	}
	name, isGetter := strings.CutPrefix(fn, "Get")
	from := s.origins(args[0])
	if !isGetter || name == "" || from&Beside == 0 {
		return Value{}, false
	}
	if args[0].Kind == Pointer && s.load(args[0].Cell).Kind == Zero {
		return zero.with(from), true // of an object that was not filled
	}
	supposed, ok := f.supposedOf(call.Signature().Recv().Type(), name)
	if !ok {
		return Value{}, false
	}
	v := shapedAs(supposed, Value{From: from}, results.At(0).Type())
	return v, v.Kind != Unknown
}

// calleeName is the name of the method that a call names.
func calleeName(call *ssa.CallCommon) (string, bool) {
	if call.IsInvoke() {
		return call.Method.Name(), true
	}
	fn := call.StaticCallee()
	if fn == nil || fn.Signature.Recv() == nil {
		return "", false
	}
	return fn.Name(), true
}
