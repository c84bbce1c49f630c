package calls

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// Devirtualize has the calls of a variable or a field call the function that it holds, if the
// package alone can store to it, and stores one function, tests aside: var getPod = realGetPod
// stands there so that a test can put something else in its place. Whether a position is in a test
// file says test.
func Devirtualize(fns []*ssa.Function, test func(token.Pos) bool) {
	h := holders{called: map[types.Object][]*ssa.CallCommon{}, held: map[types.Object][]ssa.Value{}}
	fns = withInit(fns)
	for _, fn := range fns {
		each(fn, h.call)
	}
	if len(h.called) == 0 {
		return // most packages
	}
	for _, fn := range fns {
		if !test(fn.Pos()) {
			each(fn, h.store)
		}
	}
	for holder, sites := range h.called {
		if fn := h.only(holder); fn != nil {
			for _, call := range sites {
				call.Value = fn
			}
		}
	}
}

// each yields the instructions of a function and of its func literals.
func each(fn *ssa.Function, yield func(ssa.Instruction)) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			yield(instr)
		}
	}
	for _, anon := range fn.AnonFuncs {
		each(anon, yield)
	}
}

// holders are the variables and fields of func type that a package calls, and what they hold: nil
// stands for what nobody knows.
type holders struct {
	called map[types.Object][]*ssa.CallCommon
	held   map[types.Object][]ssa.Value
}

// call notes which holder an instruction calls, if it does.
func (h *holders) call(instr ssa.Instruction) {
	call, ok := instr.(ssa.CallInstruction)
	if !ok {
		return
	}
	if load, ok := call.Common().Value.(*ssa.UnOp); ok {
		if obj := holder(load.X); obj != nil {
			h.called[obj] = append(h.called[obj], call.Common())
		}
	}
}

// store notes what an instruction stores to a holder. Who is handed the address of one may store
// anything.
func (h *holders) store(instr ssa.Instruction) {
	st, isStore := instr.(*ssa.Store)
	load, isLoad := instr.(*ssa.UnOp)
	var operands [4]*ssa.Value
	for _, operand := range instr.Operands(operands[:0]) {
		obj := holder(*operand)
		switch {
		case obj == nil || h.called[obj] == nil || isLoad && load.Op == token.MUL:
		case isStore && st.Addr == *operand:
			h.held[obj] = append(h.held[obj], st.Val)
		default:
			h.held[obj] = append(h.held[obj], nil)
		}
	}
}

// only returns the function that a holder holds, if it is one.
func (h *holders) only(holder types.Object) *ssa.Function {
	var one *ssa.Function
	for _, v := range h.held[holder] {
		if change, ok := v.(*ssa.ChangeType); ok {
			v = change.X
		}
		fn, ok := v.(*ssa.Function)
		if !ok || fn.Object() == nil || one != nil && one != fn {
			return nil
		}
		one = fn
	}
	return one
}

// holder returns the variable of the package, or the field, that an address is of, if it is of
// func type, and no other package knows its name; else nil.
func holder(addr ssa.Value) (obj types.Object) {
	switch addr := addr.(type) {
	case *ssa.Global:
		obj = addr.Object()
	case *ssa.FieldAddr:
		obj = fieldVar(addr)
	}
	if obj == nil || obj.Exported() {
		return nil
	}
	if _, ok := obj.Type().Underlying().(*types.Signature); !ok {
		return nil
	}
	return obj
}

// withInit returns functions of a package, and what gives its variables their initial values.
func withInit(fns []*ssa.Function) []*ssa.Function {
	for _, fn := range fns {
		if fn.Pkg != nil && fn.Pkg.Func("init") != nil {
			return append(slices.Clone(fns), fn.Pkg.Func("init"))
		}
	}
	return fns
}
