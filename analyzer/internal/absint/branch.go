package absint

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// governedSince returns how the point depends on the decisions from index n on.
func (s *state) governedSince(n int) Origin {
	var from Origin
	for _, d := range s.govern[min(n, len(s.govern)):] {
		from |= d.from
	}
	return from
}

// branch executes an If: a decided condition prunes one side, an unknown one
// takes both. A condition that depends on the hypothesis governs what follows.
func (f *frame) branch(s *state, b *ssa.BasicBlock, instr *ssa.If) {
	cond := f.value(s, instr.Cond)
	if cond.From&Decided != 0 {
		f.decide(s, b, instr, cond)
		s.aside = nil
	} else if meet := f.flow.Meet(b); s.met && !slices.Contains(s.aside, meet) {
		s.aside = append(slices.Clip(s.aside), meet)
	}
	truth, known := cond.Truth()
	if known {
		side := 1
		if truth {
			side = 0
		}
		f.visit(b, b.Succs[side], s)
		return
	}
	other := s.clone()
	f.refine(s, instr.Cond, true)
	f.refine(other, instr.Cond, false)
	f.visit(b, b.Succs[0], s)
	f.visit(b, b.Succs[1], other)
}

// decide records that the hypothesis chose a side, and taints what the side
// not taken would have changed.
func (f *frame) decide(s *state, b *ssa.BasicBlock, instr *ssa.If, cond Value) {
	from := cond.From & (Decided | Guessed)
	if _, known := cond.Truth(); !known && from == Beside {
		from |= Guessed
	}
	meet := f.flow.Meet(b)
	region := f.flow.Region(b)
	if from&Beside != 0 && f.byErrorToo(s, b) {
		from = from&^(Beside|Guessed) | ByError
	}
	if from&Beside != 0 && !loops(b) && consequential(f, region, meet) {
		use := Use{Pos: instr.Cond.Pos(), Alive: f.alive(s, instr.Cond)}
		if !slices.Contains(s.uses, use) {
			s.uses = append(slices.Clip(s.uses), use)
		}
	}
	d := decision{until: meet, rejoin: f.flow.Rejoin(b), from: from}
	i := slices.IndexFunc(s.govern, func(o decision) bool { return o.until == d.until && o.rejoin == d.rejoin && !o.over })
	if i >= f.outer {
		s.govern = slices.Clone(s.govern)
		s.govern[i].from |= from
	} else {
		s.govern = append(slices.Clip(s.govern), d)
	}
	// A loop that would have set a flag never ran: the flag is the fault's doing.
	for _, r := range region {
		for _, in := range r.Instrs {
			switch in := in.(type) {
			case *ssa.Phi:
				if v, ok := s.regs.get(in); ok {
					s.set(in, v.with(from))
				}
			case *ssa.Store:
				if p := f.value(s, in.Addr); p.Kind == Pointer {
					if v, ok := s.mem.get(p.Cell); ok {
						s.mem.set(p.Cell, v.with(from))
					}
				}
			}
		}
	}
}

// alive reports whether the value that a condition looks at is a fail-safe
// one: not the zero value, although it came beside the error.
func (f *frame) alive(s *state, cond ssa.Value) bool {
	switch c := cond.(type) {
	case *ssa.UnOp:
		return f.alive(s, c.X)
	case *ssa.BinOp:
		return f.alive(s, c.X) || f.alive(s, c.Y)
	}
	v := f.value(s, cond)
	return v.From&Beside != 0 && v.Kind != Zero
}

// loops reports whether a block begins a loop. That nothing is done for each of
// no elements decides nothing; a flag that stays false does, later.
func loops(b *ssa.BasicBlock) bool {
	return slices.ContainsFunc(b.Preds, b.Dominates)
}

// byErrorToo reports whether the branch is part of a condition that looks at
// the error, too, and that the error would have decided the same way:
// x != nil && err == nil is err == nil && x != nil, and in x == nil || err != nil
// the error has the last word. Which side is taken does not matter.
func (f *frame) byErrorToo(s *state, b *ssa.BasicBlock) bool {
	return f.errorDecides(s, b.Succs[1], b.Succs[0]) || f.errorDecides(s, b.Succs[0], b.Succs[1])
}

// errorDecides reports whether a chain of conditions that begins with block
// other ends in one on the error, which leads to block taken.
func (f *frame) errorDecides(s *state, other, taken *ssa.BasicBlock) bool {
	for range maxDepth {
		branch, ok := other.Instrs[len(other.Instrs)-1].(*ssa.If)
		if !ok {
			return false
		}
		if cmp, ok := branch.Cond.(*ssa.BinOp); ok && (cmp.Op == token.EQL || cmp.Op == token.NEQ) && IsError(cmp.X.Type()) {
			if f.peek(s, cmp.X).From&Carries == 0 {
				return false
			}
			side := 1
			if cmp.Op == token.NEQ {
				side = 0
			}
			return other.Succs[side] == taken
		}
		switch taken {
		case other.Succs[0]:
			other = other.Succs[1]
		case other.Succs[1]:
			other = other.Succs[0]
		default:
			return false
		}
	}
	return false
}

// peek returns the value of v in a block that has not been executed yet: what
// is loaded there is what is stored now.
func (f *frame) peek(s *state, v ssa.Value) Value {
	if load, ok := v.(*ssa.UnOp); ok && load.Op == token.MUL {
		if p := f.value(s, load.X); p.Kind == Pointer {
			return s.load(p.Cell)
		}
	}
	return f.value(s, v)
}

// consequential reports whether a branch chooses anything but what is shown:
// a value, a way out, or a call other than a logger's.
func consequential(f *frame, region []*ssa.BasicBlock, meet *ssa.BasicBlock) bool {
	if meet == nil {
		return true
	}
	for _, in := range meet.Instrs {
		if phi, ok := in.(*ssa.Phi); ok && slices.ContainsFunc(meet.Preds, func(p *ssa.BasicBlock) bool { return slices.Contains(region, p) }) && phi.Comment != "rangeindex" && len(*phi.Referrers()) > 0 {
			return true
		}
	}
	for _, b := range region[1:] {
		for _, in := range b.Instrs {
			switch in := in.(type) {
			case *ssa.Call:
				if !f.x.Harmless(&in.Call) {
					return true
				}
			case *ssa.Store:
				if a, ok := base(in.Addr).(*ssa.Alloc); !ok || !slices.Contains(region, a.Block()) {
					return true
				}
			case *ssa.Return, *ssa.Panic, *ssa.Send, *ssa.MapUpdate, *ssa.Go, *ssa.Defer:
				return true
			}
		}
	}
	return false
}

// base returns what an address is a part of.
func base(addr ssa.Value) ssa.Value {
	for {
		switch a := addr.(type) {
		case *ssa.FieldAddr:
			addr = a.X
		case *ssa.IndexAddr:
			addr = a.X
		default:
			return addr
		}
	}
}

// Harmless reports whether a call only shows, or computes from, its arguments.
func (m *Machine) Harmless(call *ssa.CallCommon) bool {
	if b, ok := call.Value.(*ssa.Builtin); ok {
		return b.Name() == "len" || b.Name() == "cap"
	}
	if fn := call.StaticCallee(); fn != nil && fn.Pkg != nil {
		switch fn.Pkg.Pkg.Path() {
		case "fmt", "strings", "strconv", "time":
			return true
		}
	}
	return m.oracle.Call(call).Kind == Show
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
			s.set(x, kv.with(v.From))
		case kv.Kind == Zero:
			s.set(x, nonZero.with(v.From))
		}
	}
}
