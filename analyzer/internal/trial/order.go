package trial

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/calls"
)

// bottomUp orders functions so that each comes after what it calls, and lists
// those on a cycle a second time.
func bottomUp(fns []*ssa.Function, in *inference) (order, cyclic []*ssa.Function) {
	const active, done = 1, 2
	state := map[*ssa.Function]int{}
	var walk func(fn *ssa.Function) bool
	walk = func(fn *ssa.Function) (cycle bool) {
		switch state[fn] {
		case active:
			return true
		case done:
			return false
		}
		state[fn] = active
		for call := range callsOf(fn) {
			if obj, ok := calls.Callee(call.Common()).(*types.Func); ok {
				if body := in.bodies[obj]; body != nil && walk(body) {
					cycle = true
				}
			}
		}
		state[fn] = done
		order = append(order, fn)
		if cycle {
			cyclic = append(cyclic, fn)
		}
		return false
	}
	for _, fn := range fns {
		walk(fn)
	}
	return order, cyclic
}

// callsOf yields the calls in a function and in its func literals.
func callsOf(fn *ssa.Function) func(yield func(ssa.CallInstruction) bool) {
	return func(yield func(ssa.CallInstruction) bool) { yieldCalls(fn, yield) }
}

func yieldCalls(fn *ssa.Function, yield func(ssa.CallInstruction) bool) bool {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if call, ok := instr.(ssa.CallInstruction); ok && !yield(call) {
				return false
			}
		}
	}
	for _, anon := range fn.AnonFuncs {
		if !yieldCalls(anon, yield) {
			return false
		}
	}
	return true
}
