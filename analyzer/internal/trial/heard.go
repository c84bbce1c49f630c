package trial

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/calls"
	"github.com/errswallow/errswallow/analyzer/internal/catalogue"
	"github.com/errswallow/errswallow/analyzer/internal/flow"
)

// heardElsewhere reports whether somebody else hears of the error of a query that says nothing of it.
func (in *inference) heardElsewhere(call ssa.CallInstruction, a catalogue.Answer) bool {
	result, ok := call.(*ssa.Call)
	switch {
	case a.Kept:
		return heardAgain(call, a.Error)
	case a.Error == catalogue.Dropped:
		return batched(call.Common()) || in.askedFor(call.Common())
	}
	return a.Error == "" && ok && blank(result) && batched(call.Common())
}

// batched reports whether what a method is called on was made by a batch, whose Exec, which is handed
// nothing to execute, answers its error.
func batched(call *ssa.CallCommon) bool {
	made, ok := calledOn(call).(*ssa.Call)
	if !ok || made.Call.Signature().Recv() == nil {
		return false
	}
	obj, _, _ := types.LookupFieldOrMethod(absint.Operand(&made.Call, 0).Type(), true, nil, "Exec")
	exec, ok := obj.(*types.Func)
	return ok && exec.Signature().Params().Len() <= 1 && !exec.Signature().Variadic()
}

// askedFor reports whether another method of the same answer is asked for the error that a method
// drops.
func (in *inference) askedFor(call *ssa.CallCommon) bool {
	answer := calledOn(call)
	if answer == nil {
		return false
	}
	var asked func(of ssa.Value) bool
	asked = func(of ssa.Value) bool {
		return slices.ContainsFunc(*of.Referrers(), func(use ssa.Instruction) bool {
			if embedded, ok := use.(*ssa.FieldAddr); ok {
				return asked(embedded)
			}
			other, ok := use.(ssa.CallInstruction)
			if !ok || other.Common() == call || other.Common().Signature().Recv() == nil || absint.Operand(other.Common(), 0) != of {
				return false
			}
			sym, _, ok := in.calls.Lookup(other.Common())
			return ok && sym.Kind == catalogue.Query && sym.Answer.Error != catalogue.Dropped
		})
	}
	return asked(answer)
}

// heardAgain reports whether the error of a call that nobody reads in its answer is kept in what it is
// called on, and read of that afterwards: a chain that is counted, and then read, answers by its Error
// what either failed with. What each call begins a chain of its own on, a database, keeps nothing.
func heardAgain(call ssa.CallInstruction, field string) bool {
	count, ok := call.(*ssa.Call)
	if !ok || !blankField(count, field) {
		return false
	}
	seen := map[ssa.Value]bool{}
	var read func(chain ssa.Value) bool
	read = func(chain ssa.Value) bool {
		if seen[chain] {
			return false
		}
		seen[chain] = true
		return slices.ContainsFunc(*chain.Referrers(), func(use ssa.Instruction) bool {
			if use == call || !flow.After(call, use) {
				return false
			}
			switch use := use.(type) {
			case *ssa.FieldAddr:
				return isField(use, field)
			case *ssa.Phi:
				return read(use)
			case *ssa.Call:
				return calls.Fluent(&use.Call) && absint.Operand(&use.Call, 0) == chain && read(use)
			}
			return false
		})
	}
	switch chain := calledOn(call.Common()).(type) {
	case *ssa.Call, *ssa.Phi:
		return read(chain)
	}
	return false
}

// calledOn returns what a method is called on, or what that is embedded in; nil for no method.
func calledOn(call *ssa.CallCommon) ssa.Value {
	if call.Signature().Recv() == nil {
		return nil
	}
	switch recv := absint.Operand(call, 0).(type) {
	case *ssa.FieldAddr:
		return recv.X
	case *ssa.Field:
		return recv.X
	default:
		return recv
	}
}
