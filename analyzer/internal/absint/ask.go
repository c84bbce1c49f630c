package absint

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// gate applies a not-found predicate, or one of another sort of error, to the error
// among args.
func gate(kind EffectKind, args []Value) (Value, bool) {
	for _, arg := range args {
		switch {
		case arg.From&Carries == 0:
		case kind == Gate && !arg.Identified():
			return decided(max(arg.Kind, arg.Got)), true
		case arg.Kind == Absent:
			return no.with(Decided), true
		case kind == Gate: // somebody has made another error of it, of which the gate may be true
			return Value{From: Decided | Unsure}, true
		default:
			return Value{From: Decided}, true
		}
	}
	if len(args) == 1 && args[0].Kind == Zero {
		return no.with(args[0].From), true
	}
	return Value{}, false
}

// classified applies a function that turns an error into a code.
func classified(args []Value, absence string) (Value, bool) {
	for _, arg := range args {
		code, isCode := strings.CutPrefix(arg.Is, codeIs)
		switch {
		case isCode:
			return fromConst(constant.MakeFromLiteral(code, token.INT, 0)).with(Decided), true
		case arg.From&Carries == 0:
		case arg.Kind == Absent:
			return fromConst(constant.MakeFromLiteral(absence, token.INT, 0)).with(Decided), true
		case arg.Kind == Fault:
			// A code nobody compares with: distinct from absence, and not zero.
			return fromConst(constant.MakeInt64(-1)).with(Decided), true
		}
	}
	if len(args) == 1 && args[0].Kind == Zero {
		return zero.with(Decided), true // the code of no error
	}
	return Value{}, false
}

// KeepsNothing reports whether bools, numbers and texts are all that is answered: who is handed an
// error, and answers no more than that, has asked about it.
func KeepsNothing(results *types.Tuple) bool {
	for result := range results.Variables() {
		if _, ok := result.Type().Underlying().(*types.Basic); !ok {
			return false
		}
	}
	return results.Len() > 0
}

// asked is what a call answers that is handed an error, and answers only bools, numbers
// and texts: it has asked about the error, and kept nothing. So has who makes one text of
// several values.
func (s *state) asked(call *ssa.CallCommon, args []Value) (Value, bool) {
	results := call.Signature().Results()
	if len(args) != len(call.Args) || !KeepsNothing(results) {
		return Value{}, false
	}
	printed := results.Len() == 1 && isText(results.At(0).Type())
	held := s.errorsOf(args)
	for i, arg := range held {
		if !arg.carries() || !IsAnError(call.Args[i].Type()) && !(printed && mayHoldError(call.Args[i])) {
			continue
		}
		out := make([]Value, results.Len())
		for i := range out {
			out[i] = narrowed(partOf(arg), results.At(i).Type())
			if IsBool(results.At(i).Type()) {
				out[i] = Value{From: Decided | Unsure}
			}
			if b := results.At(i).Type().Underlying().(*types.Basic); b.Info()&types.IsString == 0 {
				out[i].From = examined(out[i].From)
			}
		}
		return tuple(out), true
	}
	return Value{}, false
}

// shown is what a logger answers: the error that it was handed, where it
// answers one; else nothing, or itself to be called further.
func shown(call *ssa.CallCommon, args []Value) Value {
	res := call.Signature().Results()
	if res.Len() == 1 && IsError(res.At(0).Type()) && slices.ContainsFunc(args, Value.carries) {
		return Value{Kind: NonZero, From: Carries}
	}
	return Value{}
}
