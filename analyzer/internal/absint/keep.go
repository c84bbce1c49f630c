package absint

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// mayAnswerNil reports whether a call that wraps errors can answer nil: it is handed one that
// may be, and does not make a text of it.
func mayAnswerNil(call *ssa.CallCommon) bool {
	fn := call.StaticCallee()
	return (fn == nil || fn.Name() != "Errorf") && holdsError(call)
}

// holdsError reports whether a call is handed what may be, or hold, an error; what a method
// is called on is none unless it is one itself.
func holdsError(call *ssa.CallCommon) bool {
	args := call.Args
	if recv := call.Signature().Recv(); recv != nil && !call.IsInvoke() && !IsAnError(recv.Type()) {
		args = args[1:]
	}
	return slices.ContainsFunc(args, mayHoldError)
}

// handsFailure reports whether a call is handed an error that is certainly not nil.
func handsFailure(call *ssa.CallCommon, args []Value) bool {
	operands := call.Args
	return slices.ContainsFunc(operands, func(v ssa.Value) bool {
		return IsError(v.Type()) && args[len(args)-len(operands)+slices.Index(operands, v)].Kind == NonZero
	})
}

// kept is what a call answers that wraps the error it is handed.
func (f *frame) kept(s *state, effect Effect, call *ssa.CallCommon, args []Value) Value {
	v := nonZero
	var errs []Value
	for _, arg := range args {
		errs = append(errs, s.errorsIn(arg, new(cells))...)
	}
	for _, err := range errs {
		v.From |= err.From & Carries
		if err.Kind == Fault || err.Kind == Absent {
			v.Kind = err.Kind
		}
	}
	for _, err := range errs {
		switch {
		case len(errs) == 1 || v.Is == "" && err.Identified():
			v.Is = err.Is
		case err.Identified():
			v.Is = "" // of several
		}
	}
	if len(errs) == 0 && !holdsError(call) || v.Is == fresh && v.From&Carries == 0 { // or of one that was made on the spot
		v.Is = f.made(args)
	}
	if effect.Absence != "" {
		v.Is = saysIs + effect.Absence
	}
	if effect.Status >= 0 && effect.Status < len(args) {
		if code, ok := args[effect.Status].AsConst(call.Args[effect.Status].Type()); ok {
			v.Is = codeIs + code.ExactString()
		}
	}
	if effect.Code != "" {
		v.Is = codeIs + effect.Code
	}
	return v
}

// beside is what a call answers that answers this error last, and something that nobody knows
// before it.
func beside(call *ssa.CallCommon, err Value) Value {
	results := make([]Value, max(1, call.Signature().Results().Len()))
	results[len(results)-1] = err
	return tuple(results)
}

// made is the identity of an error that is made of args, and of no other error.
func (f *frame) made(args []Value) string {
	for _, arg := range args {
		if text, ok := arg.Text(); ok && f.x.oracle.AbsenceText(text) {
			return saysIs + text
		}
	}
	return fresh
}

// mayHoldError reports whether an argument, or one of those of a variadic call, can
// be an error.
func mayHoldError(arg ssa.Value) bool {
	switch arg := arg.(type) {
	case *ssa.Slice:
		array, ok := arg.X.(*ssa.Alloc)
		if !ok {
			return true
		}
		for _, element := range Elements(array) {
			if mayHoldError(element) {
				return true
			}
		}
		return false
	case *ssa.MakeInterface:
		return types.Implements(arg.X.Type(), errorType.Underlying().(*types.Interface))
	case *ssa.Const:
		return false
	}
	return !isBasic(arg.Type())
}
