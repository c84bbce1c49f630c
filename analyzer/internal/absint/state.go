package absint

import (
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/flow"
)

// A state is what is known at one point of one trace.
type state struct {
	regs    known[ssa.Value]
	mem     known[Cell]
	met     bool // the hypothesised call has been executed
	told    bool
	uses    []Use
	reached []Reached
	govern  []decision
	// aside are the meeting points, nil for none, of branches that have nothing
	// to do with the hypothesis, since the last that has.
	aside  []*ssa.BasicBlock
	defers []deferred
}

// A decision is a branch that was decided by the hypothesis. It governs what
// is executed until its sides meet again.
type decision struct {
	until  *ssa.BasicBlock // nil: they never do
	rejoin *ssa.BasicBlock // where they do, ways out with an error aside
	over   bool            // rejoin has been reached
	from   Origin
}

// A deferred is a call whose operands were evaluated at the defer statement.
type deferred struct {
	call *ssa.Defer
	fn   Value
	args []Value
}

func (s *state) clone() *state {
	c := *s
	c.regs, c.mem = s.regs.copy(), s.mem.copy()
	c.uses = slices.Clip(s.uses)
	c.reached = slices.Clip(s.reached)
	c.govern = slices.Clip(s.govern)
	c.aside = slices.Clip(s.aside)
	c.defers = slices.Clip(s.defers)
	return &c
}

func (s *state) set(r ssa.Value, v Value) {
	if equal(v, Value{}) {
		s.regs.deleteFunc(func(other ssa.Value) bool { return other == r })
		return
	}
	s.regs.set(r, v)
}

// keepLive drops the registers of b's function that are not read from b on, so
// that traces which differ in dead registers are one. Registers of other
// frames, and cells, stay.
func (s *state) keepLive(b *ssa.BasicBlock, g *flow.Graph) {
	s.regs.deleteFunc(func(r ssa.Value) bool {
		return r.Parent() == b.Parent() && !g.Live(r, b)
	})
}

// strictly returns how the current point depends on the hypothesis, leaving
// aside branches whose other side came here too unless it left with an error.
func (s *state) strictly() Origin {
	var from Origin
	for _, d := range s.govern {
		if !d.over {
			from |= d.from
		}
	}
	return from
}

// enter ends the decisions whose sides meet at b, and returns how they
// taint what is chosen there.
func (s *state) enter(b *ssa.BasicBlock) Origin {
	var ended Origin
	s.govern = slices.DeleteFunc(slices.Clone(s.govern), func(d decision) bool {
		if d.until == b || d.rejoin == b && !d.over {
			ended |= d.from
		}
		return d.until == b
	})
	s.aside = slices.DeleteFunc(slices.Clone(s.aside), func(meet *ssa.BasicBlock) bool { return meet == b })
	for i, d := range s.govern {
		s.govern[i].over = d.over || d.rejoin == b
	}
	return ended
}

// load returns what is in a cell: what was stored there, or what an enclosing
// cell implies.
func (s *state) load(c Cell) Value {
	parts := s.hasParts(c)
	if v, ok := s.mem.get(c); ok && !parts {
		return v
	}
	if parts {
		kind := Zero
		var from Origin
		for part, v := range s.mem.all() {
			if part.Base == c.Base && strings.HasPrefix(part.Path, c.Path) {
				from |= v.From
				if v.Kind != Zero {
					kind = Unknown
				}
			}
		}
		return Value{Kind: kind, From: from}
	}
	for path := c.Path; path != ""; {
		path = path[:strings.LastIndexByte(path, '.')]
		if v, ok := s.mem.get(Cell{c.Base, path}); ok {
			return part(v)
		}
	}
	return Value{}
}

func (s *state) hasParts(c Cell) bool {
	return slices.ContainsFunc(s.mem.entries, func(e entry[Cell]) bool {
		return e.key.Base == c.Base && within(e.key.Path, c.Path)
	})
}

// within reports whether a path leads into what another leads to.
func within(path, outer string) bool {
	return len(path) > len(outer) && path[len(outer)] == '.' && path[:len(outer)] == outer
}

// part returns what is known of a field or element of v.
func part(v Value) Value {
	if v.Kind == Zero {
		return v
	}
	return Value{Kind: Unknown, From: v.From}
}

// store replaces what is in a cell, and in everything inside it.
func (s *state) store(c Cell, v Value) {
	s.forget(c)
	s.mem.set(c, v)
}

// forget drops what is known of the parts of a cell, and of the cell.
func (s *state) forget(c Cell) {
	s.mem.deleteFunc(func(part Cell) bool {
		return part.Base == c.Base && (part.Path == c.Path || within(part.Path, c.Path))
	})
}

// carries reports whether the error can be reached from v.
func (s *state) carries(v Value) bool { return s.origins(v)&Carries != 0 }

// origins returns how v, and what can be reached from it, depends on the
// hypothesis.
func (s *state) origins(v Value) Origin {
	if v.Kind != Pointer && len(v.Elems) == 0 {
		return v.From // most values
	}
	return s.collect(v, map[Cell]bool{})
}

func (s *state) collect(v Value, seen map[Cell]bool) Origin {
	from := v.From
	if v.Kind == Pointer && !seen[v.Cell] {
		seen[v.Cell] = true
		for part, stored := range s.mem.all() {
			if part.Base == v.Cell.Base && strings.HasPrefix(part.Path, v.Cell.Path) {
				from |= s.collect(stored, seen)
			}
		}
	}
	for _, e := range v.Elems {
		from |= s.collect(e, seen)
	}
	return from
}

// release hands v to code that the executor cannot see: what v reaches may be
// kept, and may be changed.
func (s *state) release(v Value) {
	if s.carries(v) {
		s.told = true
	}
	s.clobber(v, map[Cell]bool{})
}

func (s *state) clobber(v Value, seen map[Cell]bool) {
	if v.Kind == Pointer && !seen[v.Cell] {
		seen[v.Cell] = true
		for part, stored := range s.mem.all() {
			if part.Base == v.Cell.Base {
				s.clobber(stored, seen)
			}
		}
		s.forget(Cell{Base: v.Cell.Base})
		s.mem.set(Cell{Base: v.Cell.Base}, Value{})
	}
	for _, e := range v.Elems {
		s.clobber(e, seen)
	}
}

// same reports whether two states at the same block say the same.
func same(a, b *state) bool {
	return a.met == b.met && a.told == b.told &&
		slices.Equal(a.uses, b.uses) && slices.Equal(a.govern, b.govern) && (len(a.aside) == 0) == (len(b.aside) == 0) &&
		slices.EqualFunc(a.reached, b.reached, func(x, y Reached) bool {
			return x.Call == y.Call && x.Governed == y.Governed
		}) &&
		a.regs.equal(&b.regs) && a.mem.equal(&b.mem)
}

// merge returns the join of two states at the same block. What only one of
// them did is forgotten where that silences, and kept where that does.
func merge(a, b *state) *state {
	m := &state{
		regs:   joined(&a.regs, &b.regs),
		mem:    joined(&a.mem, &b.mem),
		met:    a.met || b.met,
		told:   a.told || b.told,
		aside:  a.aside,
		defers: a.defers,
	}
	if len(b.aside) > len(a.aside) {
		m.aside = b.aside
	}
	for _, u := range a.uses {
		if slices.Contains(b.uses, u) {
			m.uses = append(m.uses, u)
		}
	}
	for _, r := range a.reached {
		if slices.ContainsFunc(b.reached, func(q Reached) bool { return q.Call == r.Call }) {
			m.reached = append(m.reached, r)
		}
	}
	for _, d := range a.govern {
		if slices.Contains(b.govern, d) {
			m.govern = append(m.govern, d)
		}
	}
	return m
}
