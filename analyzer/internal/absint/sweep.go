package absint

import (
	"slices"

	"golang.org/x/tools/go/ssa"
)

// sweep drops the cells of allocations that nothing leads to any more, so that traces which
// differ in what is lost anyway are one: those of fn and, where no other function is being
// executed around it, of those that were executed in place.
func (s *state) sweep(fn *ssa.Function, outermost bool) {
	ours := func(base ssa.Value) bool {
		switch base.(type) {
		case *ssa.Alloc, *ssa.MakeMap, *ssa.MakeSlice:
			return outermost || base.Parent() == fn
		}
		return false
	}
	if !slices.ContainsFunc(s.mem.entries, func(e entry[Cell]) bool { return ours(e.key.Base) }) {
		return
	}
	var live bases
	for _, e := range s.regs.entries {
		live.mark(*e.value)
	}
	for _, d := range s.defers {
		live.mark(d.fn)
		for _, v := range d.args {
			live.mark(v)
		}
	}
	for _, e := range s.events {
		live.mark(e.Value)
	}
	if s.panics != nil {
		live.mark(*s.panics)
	}
	for _, e := range s.mem.entries {
		if !ours(e.key.Base) {
			live.mark(*e.value)
		}
	}
	for n := -1; n != len(live); { // what lives leads on
		n = len(live)
		for _, e := range s.mem.entries {
			if slices.Contains(live, e.key.Base) {
				live.mark(*e.value)
			}
		}
	}
	s.mem.deleteFunc(func(c Cell) bool { return ours(c.Base) && !slices.Contains(live, c.Base) })
}

// bases are the allocations that something leads to: a few.
type bases []ssa.Value

// mark adds those that a value leads to itself.
func (b *bases) mark(v Value) {
	if v.Kind == Pointer && !slices.Contains(*b, v.Cell.Base) {
		*b = append(*b, v.Cell.Base)
	}
	for _, e := range v.Elems {
		b.mark(e)
	}
	for _, p := range v.Parts {
		b.mark(p.Value)
	}
}
