package absint

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/flow"
)

// A state is what is known at one point of one trace.
type state struct {
	regs   known[ssa.Value]
	mem    known[Cell]
	met    bool   // the hypothesised call has been executed
	free   bool   // see Exit.Free
	unsure bool   // see Exit.Unsure
	joined bool   // see Exit.Joined
	vague  bool   // see Exit.Vague
	paths  []Path // the ways that led here, one of which was taken
	fate   Fate
	events []*Event
	defers []deferred
	// panics is what the function panics with, while its deferred calls are executed.
	panics *Value
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
	c.paths = slices.Clone(s.paths)
	c.events = slices.Clip(s.events)
	c.defers = slices.Clip(s.defers)
	return &c
}

func (s *state) set(r ssa.Value, v Value) {
	if equal(v, Value{}) {
		s.regs.delete(r)
		return
	}
	s.regs.set(r, v)
}

// happen adds an event, once. Of what may have changed something, the first are enough.
func (s *state) happen(e *Event) {
	if e.Kind == Did && len(s.events) >= maxEvents {
		return
	}
	if !slices.ContainsFunc(s.events, func(o *Event) bool { return sameEvent(o, e) }) {
		s.events = append(s.events, e) // a clone has clipped its own
	}
}

// An act is what is known of most events: that a call is of a kind.
type act struct {
	kind  EventKind
	at    ssa.CallInstruction
	hangs bool
}

// event is an act as an event, the same one in every state.
func (x *executor) event(a act) *Event {
	e := x.acts[a]
	if e == nil {
		e = &Event{Kind: a.kind, At: a.at, Hangs: a.hangs}
		x.acts[a] = e
	}
	return e
}

func sameEvent(a, b *Event) bool {
	return a == b || a.Kind == b.Kind && a.At == b.At && a.Reach.Name == b.Reach.Name && a.Place == b.Place && a.Hangs == b.Hangs && equal(a.Value, b.Value)
}

// keepLive drops the registers of b's function that are not read from b on, so
// that traces which differ in dead registers are one. Registers of other
// frames, and cells, stay.
func (s *state) keepLive(b *ssa.BasicBlock, g *flow.Graph) {
	s.regs.deleteFunc(func(r ssa.Value) bool {
		return r.Parent() == b.Parent() && !g.Live(r, b)
	})
}

// load returns what is in a cell: what was stored there, with what was stored in its
// parts, or what an enclosing cell implies.
func (s *state) load(c Cell) Value {
	v, ok := s.mem.get(c)
	if !s.hasParts(c) {
		if !ok {
			v, _ = enclosing(&s.mem, c)
		}
		return v
	}
	record := s.record(c)
	if !slices.ContainsFunc(record.Parts, func(p Part) bool { return p.Value.Kind != Zero }) {
		return Value{Kind: Zero, From: record.From}
	}
	return record
}

// enclosing returns what an enclosing cell implies of a part; ok is false where nothing is known
// of any.
func enclosing(mem *known[Cell], c Cell) (v Value, ok bool) {
	if strings.HasPrefix(c.Path, elsewhere) {
		return Value{}, false
	}
	for path := c.Path; path != ""; {
		path = path[:strings.LastIndexByte(path, '.')]
		if outer, found := mem.get(Cell{c.Base, path}); found {
			return part(outer), true
		}
	}
	return Value{}, false
}

// record returns what is in a cell, part by part.
func (s *state) record(c Cell) Value {
	v, _ := s.mem.get(c)
	record := Value{Kind: Record, From: v.From, Parts: []Part{{"", v}}}
	for _, e := range s.mem.entries {
		if e.key.Base == c.Base && within(e.key.Path, c.Path) {
			record.Parts = append(record.Parts, Part{e.key.Path[len(c.Path):], *e.value})
			record.From |= e.value.From
		}
	}
	slices.SortFunc(record.Parts, func(a, b Part) int { return cmp.Compare(a.Path, b.Path) })
	return record
}

func (s *state) hasParts(c Cell) bool {
	return slices.ContainsFunc(s.mem.entries, func(e entry[Cell]) bool {
		return e.key.Base == c.Base && within(e.key.Path, c.Path)
	})
}

// holds reports whether another cell is this one, or a part of it.
func (c Cell) holds(other Cell) bool {
	return other.Base == c.Base && (other.Path == c.Path || within(other.Path, c.Path))
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
	return Value{Kind: Unknown, From: v.From, Got: v.Got}
}

// at returns the part of v that a path leads to.
func (v Value) at(path string) Value {
	if v.Kind != Record {
		return part(v)
	}
	inner := Value{Kind: Record}
	for _, p := range v.Parts {
		switch {
		case p.Path == path:
			inner.Parts = append(inner.Parts, Part{"", p.Value})
		case within(p.Path, path):
			inner.Parts = append(inner.Parts, Part{p.Path[len(path):], p.Value})
		default:
			continue
		}
		inner.From |= p.Value.From
	}
	switch {
	case len(inner.Parts) == 0:
		return part(v.Parts[0].Value)
	case len(inner.Parts) == 1 && inner.Parts[0].Path == "":
		return inner.Parts[0].Value
	case inner.Parts[0].Path != "":
		inner.Parts = slices.Insert(inner.Parts, 0, Part{"", part(v.Parts[0].Value)})
	}
	return inner
}

// store replaces what is in a cell, and in everything inside it.
func (s *state) store(c Cell, v Value) {
	s.forget(c)
	if v.Kind != Record {
		s.mem.set(c, v)
		return
	}
	for _, p := range v.Parts {
		s.mem.set(Cell{c.Base, c.Path + p.Path}, p.Value)
	}
}

// add stores in a cell that stands for every element: once, it is what is in it.
func (s *state) add(c Cell, v Value) {
	if old, ok := s.mem.get(c); ok {
		v = join(old, v)
	}
	s.store(c, v)
}

// forget drops what is known of the parts of a cell, and of the cell.
func (s *state) forget(c Cell) {
	s.mem.deleteFunc(c.holds)
}

// cells are those that were looked into: a few.
type cells []Cell

// add adds a cell, and reports whether it is a new one.
func (s *cells) add(c Cell) bool {
	if slices.Contains(*s, c) {
		return false
	}
	*s = append(*s, c)
	return true
}

// carries reports whether the error can be reached from v.
func (s *state) carries(v Value) bool { return s.origins(v)&Carries != 0 }

// errorsOf returns what calls are handed, and in the place of an object that holds the error in
// a field that error: a method that tells absence is called on the object.
func (s *state) errorsOf(args []Value) []Value {
	for i, v := range args {
		if v.Kind != Pointer || v.From&Carries != 0 {
			continue
		}
		held := slices.IndexFunc(s.mem.entries, func(e entry[Cell]) bool {
			return v.Cell.holds(e.key) && e.value.From&Carries != 0
		})
		if held >= 0 {
			args = slices.Clone(args)
			args[i] = *s.mem.entries[held].value
		}
	}
	return args
}

// origins returns how v, and what can be reached from it, depends on the
// hypothesis.
func (s *state) origins(v Value) Origin {
	if v.Kind != Pointer && len(v.Elems) == 0 && len(v.Parts) == 0 {
		return v.From // most values
	}
	return s.collect(v, new(cells))
}

// hangs reports whether v, or what can be reached from it, is made of what came beside the error, and
// is not zero.
func (s *state) hangs(v Value) bool { return s.hanging(v, new(cells)) }

func (s *state) hanging(v Value, seen *cells) bool {
	switch v.Kind {
	case Zero:
		return false
	case Pointer:
		return seen.add(v.Cell) && slices.ContainsFunc(s.mem.entries, func(e entry[Cell]) bool {
			return v.Cell.holds(e.key) && s.hanging(*e.value, seen)
		})
	case Record:
		return slices.ContainsFunc(v.Parts, func(p Part) bool { return s.hanging(p.Value, seen) })
	}
	return v.From&Beside != 0 || slices.ContainsFunc(v.Elems, func(e Value) bool { return s.hanging(e, seen) })
}

func (s *state) collect(v Value, seen *cells) Origin {
	from := v.From
	if v.Kind == Pointer && seen.add(v.Cell) {
		for _, e := range s.mem.entries {
			if v.Cell.holds(e.key) {
				from |= s.collect(*e.value, seen)
			}
		}
	}
	for _, e := range v.Elems {
		from |= s.collect(e, seen)
	}
	for _, p := range v.Parts {
		from |= s.collect(p.Value, seen)
	}
	return from
}

// release hands v to code that the executor cannot see: what v reaches may be
// kept, and may be changed.
func (s *state) release(v Value) { s.fill(v, 0) }

// fill is release to code that is handed something else, too, which what v reaches may be
// made of afterwards: an answer that is unmarshalled into it.
func (s *state) fill(v Value, of Origin) {
	if s.carries(v) {
		s.fate |= Kept
	}
	s.clobber(v, of, new(cells))
}

func (s *state) clobber(v Value, of Origin, seen *cells) {
	if v.Kind == Pointer && seen.add(v.Cell) {
		after := Value{From: of & Beside} // what is made of an answer still is
		var held []*Value
		for _, e := range s.mem.entries {
			if e.key.Base == v.Cell.Base {
				after.From |= e.value.From & Beside
				if e.value.Kind == Pointer || len(e.value.Elems) > 0 {
					held = append(held, e.value)
				}
			}
		}
		for _, stored := range held {
			s.clobber(*stored, of, seen)
		}
		s.forget(Cell{Base: v.Cell.Base})
		s.mem.set(Cell{Base: v.Cell.Base}, after)
	}
	for _, e := range v.Elems {
		s.clobber(e, of, seen)
	}
}

// same reports whether two states at the same block say the same, but for their
// paths.
func same(a, b *state) bool {
	return a.met == b.met && a.fate == b.fate && a.free == b.free && a.unsure == b.unsure && a.joined == b.joined && (a.panics == nil) == (b.panics == nil) &&
		sameEvents(a, b) && a.regs.equal(&b.regs) && a.mem.equal(&b.mem)
}

// merge returns the join of two states at the same block. What was done in only one of
// them was done sometimes.
func merge(a, b *state) *state {
	m := &state{
		regs:   joined(&a.regs, &b.regs, nil),
		mem:    joined(&a.mem, &b.mem, enclosing),
		met:    a.met || b.met,
		free:   a.free || b.free,
		unsure: a.unsure || b.unsure,
		joined: a.met || b.met,
		vague:  a.vague || b.vague,
		paths:  []Path{shared(append(slices.Clone(a.paths), b.paths...))},
		fate:   a.fate | b.fate,
		defers: a.defers,
		panics: a.panics,
	}
	m.events = happened(a.events, b.events)
	return m
}

// happened joins what was done on two ways: what is in only one of them was done sometimes.
func happened(a, b []*Event) []*Event {
	all := make([]*Event, 0, max(len(a), len(b)))
	for i, e := range a {
		j := i // most are where they are on the other way
		if i >= len(b) || !sameEvent(b[i], e) {
			j = slices.IndexFunc(b, func(o *Event) bool { return sameEvent(o, e) })
		}
		if j < 0 || b[j].Sometimes {
			e = e.sometimes()
		}
		all = append(all, e)
	}
	for _, e := range b {
		if e.Kind == Did && len(all) >= maxEvents {
			continue
		}
		if !slices.ContainsFunc(a, func(o *Event) bool { return sameEvent(o, e) }) {
			all = append(all, e.sometimes())
		}
	}
	return all
}

// sometimes is the event as one that happened on some of several ways.
func (e *Event) sometimes() *Event {
	if e.Sometimes {
		return e
	}
	event := *e
	event.Sometimes = true
	return &event
}

// sameEvents reports whether the same happened in two states.
func sameEvents(a, b *state) bool {
	return slices.EqualFunc(a.events, b.events, func(x, y *Event) bool { return x == y || x.Sometimes == y.Sometimes && sameEvent(x, y) })
}
