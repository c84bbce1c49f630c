package absint

import (
	"golang.org/x/tools/go/ssa"
)

// gather keeps the error of a func literal that was handed to a group, as to that of
// package errgroup, until somebody waits for the group.
func (f *frame) gather(s *state, call *ssa.CallCommon, result Value) {
	if group, ok := groupOf(call); ok && final(result).carries() {
		s.mem.set(group, final(result))
	}
}

// gathered is what waiting for a group answers.
func (f *frame) gathered(s *state, call *ssa.CallCommon) (Value, bool) {
	results := call.Signature().Results()
	group, ok := groupOf(call)
	if !ok || results.Len() != 1 || !IsError(results.At(0).Type()) {
		return Value{}, false
	}
	return s.mem.get(group)
}

// groupOf is the place of what a method's receiver gathers.
func groupOf(call *ssa.CallCommon) (Cell, bool) {
	fn := call.StaticCallee()
	if fn == nil || fn.Signature.Recv() == nil || len(call.Args) == 0 {
		return Cell{}, false
	}
	root, _ := located(call.Args[0])
	return Cell{Base: root, Path: ".gathered"}, true
}
