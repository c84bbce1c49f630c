package absint

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// errorMethod executes what every program asks of an error: its text, its
// cause, and whether it is another.
func (f *frame) errorMethod(s *state, call *ssa.CallCommon, args []Value) (Value, bool) {
	if call.IsInvoke() {
		if len(args) == 1 && args[0].From&Carries != 0 && call.Method.Name() == "Error" {
			return f.message(args[0]), true
		}
		return Value{}, false
	}
	fn := call.StaticCallee()
	if fn == nil || fn.Pkg == nil || len(args) == 0 {
		return Value{}, false
	}
	switch path := fn.Pkg.Pkg.Path(); path {
	case "errors", "github.com/pkg/errors", "golang.org/x/xerrors", "github.com/cockroachdb/errors":
		err := args[0]
		if fn.Name() == "Is" {
			if err.Kind == Zero && args[1].Kind != Zero {
				return no.with(err.From), true
			}
			if v := isSentinel(err, args[1]); v.Kind != Unknown {
				return v, true
			}
		}
		if err.From&Carries == 0 {
			return Value{}, false
		}
		switch fn.Name() {
		case "Is":
			return f.errorsIs(err, args[1]), true
		case "As", "AsType":
			if len(args) > 1 && args[1].Kind == Pointer {
				s.store(args[1].Cell, err.derived(Unknown))
			}
			return f.errorsAs(err, call), true
		case "Cause", "Unwrap":
			return err, true
		}
	}
	return Value{}, false
}

// isSentinel compares the identities of an error and of a sentinel, where both are
// known: what a function made of the fault, ErrNotRunning say, is that and nothing
// else.
func isSentinel(err, sentinel Value) Value {
	if err.Is == "" || sentinel.Is == "" || sentinel.Is == fresh {
		return Value{}
	}
	v, from := no, ByGate
	if err.Is == sentinel.Is {
		v, from = yes, ByError
	}
	if err.From&Carries == 0 {
		from = err.From
	}
	return v.with(from)
}

func (f *frame) errorsIs(err, target Value) Value {
	if target.Var != nil && f.x.oracle.AbsenceVar(target.Var) {
		switch err.Kind {
		case Fault:
			return no.with(ByGate)
		case Absent:
			return yes.with(ByGate)
		}
	}
	return Value{From: ByError}
}

func (f *frame) errorsAs(err Value, call *ssa.CallCommon) Value {
	var target types.Type
	if len(call.Args) > 1 {
		target = call.Args[1].Type()
		if mk, ok := call.Args[1].(*ssa.MakeInterface); ok {
			target = mk.X.Type()
		}
		if p, ok := target.Underlying().(*types.Pointer); ok {
			target = p.Elem()
		}
	} else if fn := call.StaticCallee(); len(fn.TypeArgs()) > 0 { // errors.AsType[T]
		target = fn.TypeArgs()[0]
	}
	ok := Value{From: ByError}
	if target != nil && f.x.oracle.AbsenceType(target) {
		switch err.Kind {
		case Fault:
			ok = no.with(ByGate)
		case Absent:
			ok = yes.with(ByGate)
		}
	}
	if call.Signature().Results().Len() == 2 {
		return Value{Kind: Tuple, Elems: []Value{err.derived(Unknown), ok}}
	}
	return ok
}
