package absint

import (
	"go/token"
	"slices"
	"strconv"

	"golang.org/x/tools/go/ssa"
)

// value returns what is known of v at this point.
func (f *frame) value(s *state, v ssa.Value) Value {
	switch v := v.(type) {
	case *ssa.Const:
		return OfConst(v)
	case *ssa.Function:
		return Value{Kind: Closure, Fn: v}
	case *ssa.Global:
		return Value{Kind: NonZero, Var: v.Object()}
	}
	known, _ := s.regs.get(v)
	return known
}

// transfer executes an instruction that neither branches nor calls. It is
// false when the instruction dereferences a nil.
func (f *frame) transfer(s *state, instr ssa.Instruction) bool {
	switch i := instr.(type) {
	case *ssa.Alloc:
		c := Cell{Base: i}
		s.store(c, zero)
		s.set(i, Value{Kind: Pointer, Cell: c})
	case *ssa.UnOp:
		return f.unOp(s, i)
	case *ssa.BinOp:
		s.set(i, f.binOp(s, i))
	case *ssa.Store:
		return f.storeTo(s, i)
	case *ssa.FieldAddr:
		return f.address(s, i, f.value(s, i.X), "."+strconv.Itoa(i.Field))
	case *ssa.IndexAddr:
		step := ".e" // any element
		x := f.value(s, i.X)
		if c, ok := f.value(s, i.Index).AsConst(i.Index.Type()); ok {
			step += ".#" + c.ExactString() // a field is a number without
		}
		if _, ok := i.Index.(*ssa.Const); !ok && x.Kind == Zero {
			x.Kind = Unknown // who computes an index has looked at the length
		}
		return f.address(s, i, x, step)
	case *ssa.Field:
		s.set(i, f.field(narrowed(f.value(s, i.X).at("."+strconv.Itoa(i.Field)), i.Type()), i.X.Type(), i.Field))
	case *ssa.Index:
		s.set(i, part(f.value(s, i.X)))
	case *ssa.Lookup:
		v := f.lookup(s, f.value(s, i.X))
		if i.CommaOk {
			v = Value{Kind: Tuple, From: v.From, Elems: []Value{v, v}}
		}
		s.set(i, v)
	case *ssa.Slice:
		v := f.value(s, i.X)
		high, ok := i.High.(*ssa.Const)
		n, literal := arrayLen(i.X)
		switch {
		case ok && high.Int64() == 0 || literal && n == 0:
			v = zero.with(v.From) // make([]T, 0) or []T{}: nobody tells it from nil
		case v.Kind == Const:
			v = v.derived(Unknown)
		case v.Kind == Pointer && (i.Low != nil || i.High != nil):
			v = Value{From: s.origins(v)}
		}
		s.set(i, v)
	case *ssa.Extract:
		t := f.value(s, i.Tuple)
		if t.Kind == Tuple {
			s.set(i, t.Elems[i.Index])
		} else {
			s.set(i, t.derived(Unknown))
		}
	case *ssa.MakeInterface:
		s.set(i, f.identified(s, boxed(f.value(s, i.X), i.X.Type()), i))
	case *ssa.ChangeInterface:
		s.set(i, f.value(s, i.X))
	case *ssa.ChangeType:
		s.set(i, f.value(s, i.X))
	case *ssa.Convert:
		s.set(i, converted(f.value(s, i.X), i.X.Type(), i.Type()))
	case *ssa.MultiConvert:
		s.set(i, f.value(s, i.X).derived(Unknown))
	case *ssa.SliceToArrayPointer:
		s.set(i, f.value(s, i.X).derived(Unknown))
	case *ssa.TypeAssert:
		s.set(i, f.typeAssert(s, i))
	case *ssa.MakeClosure:
		v := Value{Kind: Closure, Fn: i.Fn.(*ssa.Function)}
		for _, b := range i.Bindings {
			v.Elems = append(v.Elems, f.value(s, b))
		}
		s.set(i, v)
	case *ssa.MakeMap:
		c := Cell{Base: i}
		s.store(c, zero)
		s.set(i, Value{Kind: Pointer, Cell: c})
	case *ssa.MakeChan:
		s.set(i, nonZero)
	case *ssa.MakeSlice:
		v := f.value(s, i.Len)
		if v.Kind != Zero { // as many as that: with none nobody tells it from nil
			v = v.derived(Unknown)
		}
		s.set(i, v)
	case *ssa.Range:
		v := f.value(s, i.X)
		if v.Kind == Pointer { // a map of the function's own
			elem := f.lookup(s, v)
			v = elem.derived(elem.Kind)
		} else if _, place := located(i.X); slices.ContainsFunc(s.events, func(e *Event) bool { return e.Kind == Forgot && e.Place == place }) {
			v.From |= Beside // which elements are left hangs on what was found
		}
		s.set(i, v)
	case *ssa.Next:
		it := f.value(s, i.Iter)
		elem := part(it)
		ok := Value{From: it.From}
		if it.Kind == Zero {
			ok = no.with(it.From)
		}
		s.set(i, Value{Kind: Tuple, From: it.From, Elems: []Value{ok, elem, elem}})
	case *ssa.MapUpdate:
		v, _ := f.unboxed(s, i.Value) // a map of any may hold nothing but 0 and false
		if m := f.value(s, i.Map); m.Kind == Pointer {
			s.add(Cell{m.Cell.Base, m.Cell.Path + ".e"}, v)
		} else {
			f.keep(s, i.Map, i, v)
		}
	case *ssa.Send:
		s.release(f.value(s, i.X))
	case *ssa.Select:
		for _, st := range i.States {
			if st.Send != nil {
				s.release(f.value(s, st.Send))
			}
		}
		s.set(i, Value{})
	case *ssa.Defer:
		d := deferred{call: i, fn: f.value(s, i.Call.Value)}
		for _, arg := range i.Call.Args {
			d.args = append(d.args, f.value(s, arg))
		}
		s.defers = append(s.defers[:len(s.defers):len(s.defers)], d)
	case *ssa.DebugRef:
	}
	return true
}

// lookup is what an element of a map is: of one of the function's own that nothing
// was put into it is zero.
func (f *frame) lookup(s *state, m Value) Value {
	if m.Kind != Pointer {
		return part(m)
	}
	elem, ok := s.mem.get(Cell{m.Cell.Base, m.Cell.Path + ".e"})
	if !ok && !s.hasParts(m.Cell) {
		return part(s.load(m.Cell))
	}
	return Value{From: elem.From | s.origins(elem)} // it may be another's
}

// crash reports whether a dereference of p panics.
func crash(p Value) bool {
	return p.Kind == Zero && p.From&Beside != 0 // a nil of another origin is none of our business
}

func (f *frame) address(s *state, addr ssa.Value, x Value, step string) bool {
	if x.Kind == Pointer {
		s.set(addr, Value{Kind: Pointer, From: x.From, Cell: Cell{x.Cell.Base, x.Cell.Path + step}})
		return true
	}
	v := x.derived(Unknown)
	v.Got = x.Got
	s.set(addr, v)
	return !crash(x)
}

func (f *frame) unOp(s *state, i *ssa.UnOp) bool {
	x := f.value(s, i.X)
	switch i.Op {
	case token.MUL:
		if g, ok := i.X.(*ssa.Global); ok {
			v := Value{Var: g.Object()}
			if IsError(i.Type()) && v.Var != nil {
				v.Kind, v.Is = NonZero, v.Var.Pkg().Path()+"."+v.Var.Name() // a sentinel
			}
			s.set(i, v)
			return true
		}
		v := x.derived(Unknown)
		v.Got = x.Got
		if x.Kind == Pointer {
			v = s.load(x.Cell).with(x.From &^ Carries)
		} else if kept, ok := s.mem.get(placeOf(i.X)); ok {
			v = kept
		}
		v = narrowed(v, i.Type())
		if addr, ok := i.X.(*ssa.FieldAddr); ok {
			v = f.field(v, addr.X.Type(), addr.Field)
		}
		s.set(i, v)
		return !crash(x)
	case token.NOT:
		if truth, known := x.Truth(); known {
			s.set(i, Bool(!truth).with(x.From))
		} else {
			s.set(i, x.derived(Unknown))
		}
	default:
		s.set(i, x.derived(Unknown))
	}
	return true
}
