package absint

import (
	"go/constant"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// errorMethod executes what every program asks of an error: its text, its
// cause, and whether it is another.
func (f *frame) errorMethod(s *state, call *ssa.CallCommon, args []Value) (Value, bool) {
	if call.IsInvoke() {
		if len(args) == 1 && call.Method.Name() == "Error" {
			switch {
			case args[0].From&Carries != 0:
				return f.message(args[0]), true
			case args[0].Var != nil:
				return sentinelText(call.Value, args[0]), true
			}
		}
		return f.got(call, args)
	}
	fn := call.StaticCallee()
	if fn == nil || len(args) == 0 {
		return Value{}, false
	}
	if v, ok := f.ended(s, call); ok {
		return v, true
	}
	if fn.Signature.Recv() != nil {
		return f.got(call, args)
	}
	if fn.Pkg == nil {
		return Value{}, false
	}
	if path := fn.Pkg.Pkg.Path(); path == "errors" || strings.HasSuffix(path, "/errors") || strings.HasSuffix(path, "/xerrors") {
		err := args[0] // the standard package, or one that stands in for it
		if fn.Name() == "Is" && len(args) == 2 {
			return f.errorsIs(err, args[1], call.Args[1])
		}
		if err.From&Carries == 0 {
			return Value{}, false
		}
		switch fn.Name() {
		case "As", "AsType":
			if len(args) > 1 && args[1].Kind == Pointer {
				s.store(args[1].Cell, partOf(err))
			}
			return f.errorsAs(err, call), true
		case "Cause", "Unwrap":
			return err, true
		}
	}
	return Value{}, false
}

// partOf is something got from an error: its code, its reason, a type of it.
func partOf(err Value) Value { return Value{Kind: Unknown, From: err.From, Got: err.Kind} }

// got executes a method of something that was got from the error: what it answers is
// got from it, too, and a bool says what sort of error it is.
func (f *frame) got(call *ssa.CallCommon, args []Value) (Value, bool) {
	results := call.Signature().Results()
	if len(args) != 1 || args[0].Got == Unknown || results.Len() != 1 {
		return Value{}, false
	}
	v := partOf(Value{Kind: args[0].Got, From: args[0].From})
	if fn := call.StaticCallee(); fn != nil && fn.Name() == "ExitCode" {
		v.Kind = NonZero // of a program that failed
	}
	if !IsBool(results.At(0).Type()) {
		return v, true
	}
	if f.x.oracle.Call(call).Kind == Gate {
		return decided(v.Got), true
	}
	return Value{From: Decided}, true
}

// ended is what the state of the hypothesis's process says once it has ended: how.
func (f *frame) ended(s *state, call *ssa.CallCommon) (Value, bool) {
	h := f.x.hypothesis
	load, ok := call.Args[0].(*ssa.UnOp)
	if !ok || h.Process == nil || call.Signature().Recv() == nil || !s.met || len(h.Answers) == 0 {
		return Value{}, false
	}
	field, ok := load.X.(*ssa.FieldAddr)
	if !ok || field.X != h.Process || types.TypeString(load.Type(), nil) != "*os.ProcessState" {
		return Value{}, false
	}
	results := h.Answers[0].Results
	err := results[len(results)-1]
	failed := err.Kind == Fault || err.Kind == Absent
	switch call.StaticCallee().Name() {
	case "Success":
		return Bool(!failed).with(Decided), true
	case "ExitCode":
		if !failed {
			return zero.with(Decided), true
		}
		return Value{Kind: NonZero, Got: err.Kind, From: err.From}, true
	}
	return Value{}, false
}

// decided is what a gate answers of an error of a kind.
func decided(kind Kind) Value {
	switch kind {
	case Fault:
		return no.with(Decided)
	case Absent:
		return yes.with(Decided)
	}
	return Value{From: Decided}
}

// isSentinel compares the identities of an error and of a sentinel, where both are
// known: what a function made of the fault, ErrNotRunning say, is that and nothing
// else.
func isSentinel(err, sentinel Value) Value {
	if err.Is == "" || sentinel.Is == "" || sentinel.Is == fresh || strings.HasPrefix(err.Is, codeIs) {
		return Value{}
	}
	from := Decided
	if err.From&Carries == 0 {
		from = err.From
	}
	return Bool(err.Is == sentinel.Is).with(from)
}

// errorsIs executes errors.Is, as far as anything is known of the two.
func (f *frame) errorsIs(err, target Value, operand ssa.Value) (Value, bool) {
	if err.Kind == Zero && target.Kind != Zero {
		return no.with(err.From), true
	}
	if v := isSentinel(err, target); v.Kind != Unknown {
		return v, true
	}
	switch {
	case err.From&Carries == 0:
		return Value{}, false
	case err.Kind == Fault && target.Kind == Pointer:
		return no.with(Decided), true // of the function's own: no error that passes is that one
	case target.Var != nil && f.x.oracle.AbsenceVar(target.Var):
		return decided(err.Kind), true
	case err.Kind == Fault && code(target, operand):
		return no.with(Decided), true
	case err.Kind == Fault && target.Var != nil && !f.x.oracle.FaultVar(target.Var):
		return no.with(Decided), true // a fault that passes is none of a library's other errors
	}
	return Value{From: Decided}, true
}

// code reports whether an error is a number of a library's own, as one that a server has answered: no
// fault that passes is that. Those of the system may be.
func code(v Value, operand ssa.Value) bool {
	return v.Kind == Const && v.Const.Kind() == constant.Int && !strings.HasPrefix(identity(Unboxed(operand).Type()), "syscall.")
}

// identity is how an error of a type is told from others.
func identity(t types.Type) string {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return ""
	}
	return named.Obj().Pkg().Path() + "." + named.Obj().Name()
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
	ok := Value{From: Decided}
	if target != nil {
		ok = f.asserted(err, target)
	}
	if call.Signature().Results().Len() == 2 {
		return Value{Kind: Tuple, Elems: []Value{partOf(err), ok}}
	}
	return ok
}

// asserted is whether an error is of a type, as far as it is known by one, or the type stands for
// absence.
func (f *frame) asserted(err Value, t types.Type) Value {
	if id := identity(t); err.Is != "" && id != "" && !types.IsInterface(t) && !strings.HasPrefix(err.Is, codeIs) {
		return Bool(err.Is == id).with(Decided)
	}
	if f.x.oracle.AbsenceType(t) {
		return decided(err.Kind)
	}
	if err.Kind == Fault && f.x.oracle.InputType(t) {
		return no.with(Decided)
	}
	if err.Kind == Fault && err.Is == "" && f.own(t) {
		return Value{From: Decided | Unsure} // nobody is seen to make one of that type of a fault that passes
	}
	return Value{From: Decided}
}

// own reports whether a type that is no interface is declared in the package of the function.
func (f *frame) own(t types.Type) bool {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	return ok && !types.IsInterface(t) && f.fn.Pkg != nil && named.Obj().Pkg() == f.fn.Pkg.Pkg
}
