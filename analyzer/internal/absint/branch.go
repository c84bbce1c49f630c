package absint

import (
	"go/token"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// branch executes an If: a condition that is known prunes one side, an unknown one
// takes both. One that does not hang on the hypothesis is an atom of the path, and
// goes the same way in every turn of a loop, unless it is what ends the loop.
func (f *frame) branch(s *state, b *ssa.BasicBlock, instr *ssa.If) {
	cond := f.value(s, instr.Cond)
	truth, known := cond.Truth()
	unrelated := cond.From&Hangs == 0 && !chance(instr.Cond)
	if !known && unrelated && !f.flow.Turns(b) {
		truth, known = s.assumed(instr.Cond)
	}
	if known {
		f.visit(b, b.Succs[side(truth)], s)
		return
	}
	other := s.clone()
	if unrelated {
		for i, side := range []*state{s, other} {
			if f.flow.Breaks(b, i) {
				side.reconsider(instr.Cond) // what it was in an earlier turn does not count any more
			}
			side.assume(instr.Cond, i == 0, f.flow.Turns(b))
		}
	}
	if cond.From&Beside != 0 && !(f.x.hypothesis.answered() && asksError(instr.Cond)) {
		s.free, other.free = true, true
	}
	if cond.From&Unsure != 0 {
		if _, truth := positive(instr.Cond, true); truth {
			s.unsure = true
		} else {
			other.unsure = true
		}
	}
	if s.met && hidden(instr.Cond) {
		s.unsure, other.unsure = true, true
	}
	f.refine(s, instr.Cond, true)
	f.refine(other, instr.Cond, false)
	f.visit(b, b.Succs[0], s)
	f.visit(b, b.Succs[1], other)
}

// answered reports whether an answer with a status is supposed: reading what came with it can fail,
// and does not always.
func (h Hypothesis) answered() bool { return len(h.Answers) > 0 && h.Answers[0].Status != "" }

// asksError reports whether a condition compares an error with nil.
func asksError(cond ssa.Value) bool {
	cmp, ok := cond.(*ssa.BinOp)
	return ok && IsError(cmp.X.Type())
}

// chance reports whether a condition asks which of several channels was ready: that may be
// another whenever it is asked.
func chance(cond ssa.Value) bool {
	cmp, ok := cond.(*ssa.BinOp)
	if !ok {
		return false
	}
	which, ok := cmp.X.(*ssa.Extract)
	if !ok {
		return false
	}
	_, ok = which.Tuple.(*ssa.Select)
	return ok
}

// hidden reports whether a condition is, or compares, what has no type: it may be that which tells
// absence from a fault.
func hidden(cond ssa.Value) bool {
	cond, _ = positive(cond, true)
	if cmp, ok := cond.(*ssa.BinOp); ok {
		return standsIn(cmp.X) || standsIn(cmp.Y)
	}
	return standsIn(cond)
}

// standsIn reports whether a value is that of a variable which stands in for what has no type, as
// package partial makes them: no other has a name with a space in it.
func standsIn(v ssa.Value) bool {
	load, ok := v.(*ssa.UnOp)
	if !ok {
		return false
	}
	g, ok := load.X.(*ssa.Global)
	return ok && strings.Contains(g.Name(), " ")
}

// side is the successor that an If goes to.
func side(truth bool) int {
	if truth {
		return 0
	}
	return 1
}

// refine learns from a branch that was taken on an unknown condition: x == nil
// and x != nil say what x is on either side.
func (f *frame) refine(s *state, cond ssa.Value, truth bool) {
	if v := f.value(s, cond); v.Kind == Unknown && local(cond) {
		s.set(cond, Bool(truth).with(v.From))
	}
	switch c := cond.(type) {
	case *ssa.UnOp:
		if c.Op == token.NOT {
			f.refine(s, c.X, !truth)
		}
	case *ssa.BinOp:
		f.refineEqual(s, c, truth)
	}
}

func (f *frame) refineEqual(s *state, c *ssa.BinOp, truth bool) {
	switch c.Op {
	case token.EQL:
	case token.NEQ:
		truth = !truth
	default:
		return
	}
	for _, pair := range [][2]ssa.Value{{c.X, c.Y}, {c.Y, c.X}} {
		x, k := pair[0], pair[1]
		v := f.value(s, x)
		if _, ok := k.(*ssa.Const); !ok || v.Kind != Unknown || !local(x) {
			continue
		}
		kv := f.value(s, k)
		switch {
		case truth:
			f.learn(s, x, kv.with(v.From))
		case kv.Kind == Zero:
			f.learn(s, x, nonZero.with(v.From))
		}
	}
}

// learn sets what was unknown, in the variable that it was loaded from, too.
func (f *frame) learn(s *state, x ssa.Value, v Value) {
	s.set(x, v)
	load, ok := x.(*ssa.UnOp)
	if !ok || load.Op != token.MUL {
		return
	}
	if p := f.value(s, load.X); p.Kind == Pointer && s.load(p.Cell).Kind == Unknown {
		s.store(p.Cell, v)
	}
}
