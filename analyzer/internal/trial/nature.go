package trial

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/calls"
	"github.com/errswallow/errswallow/analyzer/internal/catalogue"
)

// acts reports whether a call changes something: the success of an action is
// no verdict about state.
func (in *inference) acts(call *ssa.CallCommon) bool {
	if sym, _, ok := in.calls.Lookup(call); ok {
		switch sym.Kind {
		case catalogue.Action, catalogue.Destructive, catalogue.Creating, catalogue.Ensuring:
			return true
		}
		return false
	}
	if fn, ok := calls.Callee(call).(*types.Func); ok {
		if s := in.SummaryOf(fn); s != nil {
			return s.Acts && !s.Asks // one that says that it asks may keep the answer
		}
	}
	return false
}

// canFail reports whether a call can fail: by an error, or by one that the library knows to be elsewhere.
func (in *inference) canFail(call *ssa.CallCommon) bool {
	_, _, known := in.calls.Lookup(call)
	return known || calls.AnswersError(call.Signature())
}

// quiet reports whether nothing that a function does outlives it but what it answers:
// all its calls are such, and it stores to nothing but variables of its own.
func (in *inference) quiet(fn *ssa.Function) bool {
	for call := range callsOf(fn) {
		if _, predeclared := call.Common().Value.(*ssa.Builtin); predeclared {
			continue
		}
		if lit, ok := call.Common().Value.(*ssa.MakeClosure); ok && lit.Parent() == fn {
			continue
		}
		switch effect := in.calls.Call(call.Common()); effect.Kind {
		case absint.Gate, absint.Ask, absint.Pure, absint.Show, absint.Keep, absint.Classify, absint.Filter:
		default:
			if !effect.Quiet {
				return false
			}
		}
	}
	for _, f := range append([]*ssa.Function{fn}, fn.AnonFuncs...) {
		for _, b := range f.Blocks {
			for _, instr := range b.Instrs {
				switch instr := instr.(type) {
				case *ssa.Store:
					if !own(instr.Addr) {
						return false
					}
				case *ssa.MapUpdate:
					if !own(instr.Map) {
						return false
					}
				case *ssa.Send, *ssa.Go:
					return false
				}
			}
		}
	}
	return true
}

// ends reports whether no way through a function comes to a return: all of them call what
// does not return either.
func (in *inference) ends(fn *ssa.Function) bool {
	seen := make([]bool, len(fn.Blocks))
	work := []*ssa.BasicBlock{fn.Blocks[0]}
	stops := false
	for len(work) > 0 {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		if seen[b.Index] {
			continue
		}
		seen[b.Index] = true
		switch {
		case slices.ContainsFunc(b.Instrs, in.stops):
			stops = true
			continue
		case len(b.Instrs) > 0:
			if _, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok {
				return false
			}
		}
		work = append(work, b.Succs...)
	}
	return stops
}

// stops reports whether an instruction is a call that does not return.
func (in *inference) stops(instr ssa.Instruction) bool {
	call, ok := instr.(*ssa.Call)
	return ok && in.calls.Call(&call.Call).Kind == absint.Stop
}

// own reports whether an address, or a map, is part of a variable of the function.
func own(addr ssa.Value) bool {
	for {
		switch a := addr.(type) {
		case *ssa.FieldAddr:
			addr = a.X
		case *ssa.IndexAddr:
			addr = a.X
		case *ssa.Slice:
			addr = a.X
		case *ssa.Alloc, *ssa.MakeMap, *ssa.MakeSlice, *ssa.FreeVar:
			return true
		default:
			return false
		}
	}
}
