package calls

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
)

// takesText reports whether a function is handed a text before anything else.
func takesText(sig *types.Signature) bool {
	if sig.Params().Len() == 0 {
		return false
	}
	b, ok := sig.Params().At(0).Type().Underlying().(*types.Basic)
	return ok && b.Info()&types.IsString != 0
}

// takesList reports whether a function is handed a list, a map or a set.
func takesList(sig *types.Signature) bool {
	for p := range sig.Params().Variables() {
		switch p.Type().Underlying().(type) {
		case *types.Slice, *types.Map:
			return true
		}
	}
	return false
}

func takesError(sig *types.Signature) bool {
	for p := range sig.Params().Variables() {
		if absint.IsError(p.Type()) {
			return true
		}
	}
	return false
}

// takesAnything reports whether a function is handed one value, of any type: an error, perhaps.
func takesAnything(sig *types.Signature) bool {
	if sig.Params().Len() != 1 || sig.Variadic() {
		return false
	}
	i, ok := sig.Params().At(0).Type().Underlying().(*types.Interface)
	return ok && i.Empty()
}

func answersBool(sig *types.Signature) bool {
	return sig.Results().Len() == 1 && absint.IsBool(sig.Results().At(0).Type())
}

func AnswersError(sig *types.Signature) bool {
	n := sig.Results().Len()
	return n > 0 && absint.IsError(sig.Results().At(n-1).Type())
}

// Fluent reports whether a call is one of a chain: it answers what it was called on, for
// another to be called on that. What the chain does is the last one's, but for what is known to
// change something: (*gorm.DB).Create.
func Fluent(call *ssa.CallCommon) bool {
	sig := call.Signature()
	recv := call.Value
	if !call.IsInvoke() {
		if sig.Recv() == nil || len(call.Args) == 0 {
			return false
		}
		recv = call.Args[0]
	}
	return sig.Results().Len() == 1 && types.Identical(sig.Results().At(0).Type(), recv.Type())
}
