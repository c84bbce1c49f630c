package absint

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/flow"
	"github.com/errswallow/errswallow/analyzer/internal/predicate"
)

// flowOf returns the control flow of a function: its ways out with an error are
// left aside where what is destroyed is asked about.
func (m *Machine) flowOf(fn *ssa.Function) *flow.Graph {
	if m.flows[fn] == nil {
		m.flows[fn] = flow.New(fn, m.exceptional)
	}
	return m.flows[fn]
}

// exceptional reports whether a block leaves the function in a panic, or with
// an error that was made there or found earlier. What follows on the other side
// of a branch to it is executed whichever way the branch goes, errors aside.
func (m *Machine) exceptional(b *ssa.BasicBlock) bool {
	switch last := b.Instrs[len(b.Instrs)-1].(type) {
	case *ssa.Panic:
		return true
	case *ssa.Return:
		return slices.ContainsFunc(last.Results, func(v ssa.Value) bool { return IsError(v.Type()) && m.certain(v, b) })
	}
	return false
}

// certain reports whether an error that block b returns is not nil.
func (m *Machine) certain(v ssa.Value, b *ssa.BasicBlock) bool {
	err := stored(v, b)
	if wider, ok := err.(*ssa.ChangeInterface); ok {
		err = wider.X // an error that has more methods
	}
	switch err := err.(type) {
	case *ssa.MakeInterface:
		return true // an error type's value
	case *ssa.UnOp:
		return true // a sentinel, or an error that was found earlier
	case *ssa.Call:
		return failedBefore(err, b) || m.makesError(&err.Call)
	case ssa.Value:
		return failedBefore(err, b)
	}
	return false
}

// failedBefore reports whether a block is executed only where an error was found
// not to be nil.
func failedBefore(err ssa.Value, b *ssa.BasicBlock) bool {
	for d := b; d.Idom() != nil; d = d.Idom() {
		branch, ok := d.Idom().Instrs[len(d.Idom().Instrs)-1].(*ssa.If)
		if !ok || len(d.Preds) != 1 {
			continue
		}
		if cmp, ok := branch.Cond.(*ssa.BinOp); ok && (cmp.X == err || cmp.Y == err) {
			return d == d.Idom().Succs[0] == (cmp.Op == token.NEQ)
		}
	}
	return false
}

// stored returns what a block last stored in the named result that v is loaded
// from; v itself if it is no named result, and nil if nothing was stored.
func stored(v ssa.Value, b *ssa.BasicBlock) ssa.Value {
	load, ok := v.(*ssa.UnOp)
	if !ok || load.Op != token.MUL {
		return v
	}
	if _, ok := load.X.(*ssa.Alloc); !ok {
		return v
	}
	for _, instr := range slices.Backward(b.Instrs) {
		if st, ok := instr.(*ssa.Store); ok && st.Addr == load.X {
			return st.Val
		}
	}
	return nil
}

// makesError reports whether a call answers nothing but an error of its own.
func (m *Machine) makesError(call *ssa.CallCommon) bool {
	if fn := call.StaticCallee(); fn != nil && predicate.NamedKeeper(fn.Name()) {
		return true // errors.New, status.Error, NewNotFound
	}
	if call.IsInvoke() && len(call.Args) == 0 && predicate.NamedKeeper(call.Method.Name()) {
		return true // ctx.Err
	}
	return m.oracle.Call(call).Kind == Keep
}
