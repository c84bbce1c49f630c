package absint

import (
	"go/constant"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// builtin executes a call of a predeclared function.
func (f *frame) builtin(s *state, name string, args []Value, call *ssa.CallCommon, site ssa.CallInstruction) Value {
	switch name {
	case "len", "cap":
		v := args[0]
		if text, ok := v.Text(); ok && v.Kind == Const {
			return fromConst(constant.MakeInt64(int64(len(text)))).with(v.From)
		}
		if v.Kind == Zero {
			return zero.with(v.From &^ Carries)
		}
		if v.Kind == Pointer && v.Cell.Path == "" {
			if n, ok := arrayLen(v.Cell.Base); ok {
				return fromConst(constant.MakeInt64(n))
			}
		}
		if v.Kind == NonZero && len(v.Elems) > 0 {
			return fromConst(constant.MakeInt64(int64(len(v.Elems)))).with(v.From)
		}
		if v.Kind == NonZero {
			return nonZero.with(examined(v.From))
		}
		return Value{From: examined(v.From)}
	case "delete":
		if args[0].Kind != Pointer {
			_, place := located(call.Args[0])
			s.happen(&Event{Kind: Forgot, At: site, Place: place})
		}
	case "append":
		return f.appended(s, args)
	case "recover":
		if p := s.panics; p != nil {
			s.panics = nil
			return nonZero.with(p.From)
		}
		return zero
	case "copy":
		s.release(args[1])
	}
	return Value{}
}

// arrayLen returns the length of the array behind a slice literal.
func arrayLen(base ssa.Value) (int64, bool) {
	p, ok := base.Type().Underlying().(*types.Pointer)
	if !ok {
		return 0, false
	}
	a, ok := p.Elem().Underlying().(*types.Array)
	if !ok {
		return 0, false
	}
	return a.Len(), true
}

// appended keeps what the elements say, and that there are some. A slice that
// is appended to itself in a loop is one value in every turn.
func (f *frame) appended(s *state, args []Value) Value {
	v := Value{Kind: NonZero, From: args[0].From}
	for _, arg := range args[1:] {
		v.From |= s.origins(arg) & (Carries | Beside)
		if arg.Kind == Zero {
			v = args[0].with(arg.From)
		}
	}
	return v
}
