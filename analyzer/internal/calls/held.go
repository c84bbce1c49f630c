package calls

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// Devirtualize has the calls of a variable or a field call the function that it holds, if the
// package alone can store to it, and stores one function, tests aside: var getPod = realGetPod
// stands there so that a test can put something else in its place.
func Devirtualize(fns []*ssa.Function) {
	h := holders{stored: map[types.Object][]ssa.Value{}, called: map[types.Object][]*ssa.CallCommon{}}
	for _, fn := range withInit(fns) {
		h.read(fn)
	}
	for holder, sites := range h.called {
		if fn := h.only(holder); fn != nil {
			for _, call := range sites {
				call.Value = fn
			}
		}
	}
}

// holders are the variables and fields of func type of a package.
type holders struct {
	stored map[types.Object][]ssa.Value
	called map[types.Object][]*ssa.CallCommon
}

// read finds what a function stores to holders, and which of them it calls.
func (h *holders) read(fn *ssa.Function) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.Store:
				if obj := holder(instr.Addr); obj != nil && !testFile(fn) {
					h.stored[obj] = append(h.stored[obj], instr.Val)
				}
			case ssa.CallInstruction:
				if load, ok := instr.Common().Value.(*ssa.UnOp); ok {
					if obj := holder(load.X); obj != nil {
						h.called[obj] = append(h.called[obj], instr.Common())
					}
				}
			}
		}
	}
	for _, anon := range fn.AnonFuncs {
		h.read(anon)
	}
}

// only returns the function that a holder holds, if it is one.
func (h *holders) only(holder types.Object) *ssa.Function {
	var one *ssa.Function
	for _, v := range h.stored[holder] {
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

// testFile reports whether a function stands in a test file.
func testFile(fn *ssa.Function) bool {
	return strings.HasSuffix(fn.Prog.Fset.Position(fn.Pos()).Filename, "_test.go")
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
