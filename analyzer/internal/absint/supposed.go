package absint

import (
	"go/types"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// supposed executes the call that the hypothesis is about.
func (f *frame) supposed(s *state, call *ssa.CallCommon, args []Value) []continuation {
	var out []continuation
	for i, a := range f.x.hypothesis.Answers {
		next := s
		if i < len(f.x.hypothesis.Answers)-1 {
			next = s.clone()
		}
		next.met = true
		next.fate |= a.Fate
		for i, arg := range args {
			if !slices.Contains(a.Through, Operand(call, i)) {
				var of Origin
				if arg.Kind == Closure { // it is handed the answer, and keeps it, or what it makes of it
					of = Beside
				}
				next.clobber(arg, of, new(cells))
			}
		}
		for buffer, v := range a.Prints {
			if p := f.value(next, buffer); p.Kind == Pointer {
				next.store(p.Cell, v)
			}
		}
		for _, to := range a.Through {
			f.answerThrough(next, a, to, f.value(next, to))
		}
		if a.Holds != nil {
			a.Results = slices.Clone(a.Results)
			a.Results[0] = f.object(next, call, a)
		}
		out = append(out, back(next, tuple(a.Results)))
	}
	return out
}

// Operand is what a call is handed at an index, the receiver of a method first.
func Operand(call *ssa.CallCommon, i int) ssa.Value {
	if !call.IsInvoke() {
		return call.Args[i]
	}
	if i == 0 {
		return call.Value
	}
	return call.Args[i-1]
}

// Unboxed is what was made an interface.
func Unboxed(v ssa.Value) ssa.Value {
	for {
		switch wider := v.(type) {
		case *ssa.MakeInterface:
			v = wider.X
		case *ssa.ChangeInterface:
			v = wider.X
		default:
			return v
		}
	}
}

// answerThrough executes what an answer does to what an argument points to, or to what
// each of variadic arguments does.
func (f *frame) answerThrough(s *state, a Answer, arg ssa.Value, v Value) {
	if slice, ok := arg.(*ssa.Slice); ok {
		if array, ok := slice.X.(*ssa.Alloc); ok {
			for _, element := range Elements(array) {
				f.answerThrough(s, a, element, f.value(s, element))
			}
			return
		}
	}
	arg = Unboxed(arg)
	switch {
	case v.Kind == Pointer && a.Keeps:
		s.hang(v.Cell)
	case v.Kind == Pointer:
		s.store(v.Cell, held(a.Out, arg.Type()))
	case local(arg): // not the function's own: what it points to hangs on the answer
		v.From |= Beside
		s.set(arg, v)
		if _, ok := arg.(*ssa.FieldAddr); ok {
			s.mem.set(placeOf(arg), Value{From: Beside})
		}
	}
}

// held is what a pointer of a type points to that something is answered through: a list or
// a map that is found has something in it.
func held(v Value, t types.Type) Value {
	p, ok := t.Underlying().(*types.Pointer)
	if !ok || v.Kind != Unknown {
		return v
	}
	switch p.Elem().Underlying().(type) {
	case *types.Slice, *types.Map, *types.Pointer:
		v.Kind = NonZero
	}
	return v
}

// hang marks what is in a cell as what came beside the error.
func (s *state) hang(c Cell) {
	for _, e := range s.mem.entries {
		if c.holds(e.key) {
			s.mem.set(e.key, e.value.with(Beside))
		}
	}
	if _, ok := s.mem.get(c); !ok {
		s.mem.set(c, s.load(c).with(Beside))
	}
}

// object makes the object that the first result of a call points to.
func (f *frame) object(s *state, call *ssa.CallCommon, a Answer) Value {
	site, ok := f.x.hypothesis.Site.(*ssa.Call)
	t := call.Signature().Results().At(0).Type()
	p, isPointer := t.Underlying().(*types.Pointer)
	if !ok || !isPointer {
		return a.Results[0]
	}
	c := Cell{Base: site}
	s.store(c, a.Holds[""])
	for path, v := range a.Holds {
		switch {
		case strings.HasPrefix(path, "."):
			s.store(Cell{site, path}, v)
		case strings.HasSuffix(path, "()"):
			s.store(Cell{site, "." + path}, v)
		}
	}
	if structure, ok := p.Elem().Underlying().(*types.Struct); ok {
		for i := range structure.NumFields() {
			if v, ok := a.Holds[structure.Field(i).Name()]; ok {
				s.store(Cell{site, "." + strconv.Itoa(i)}, v)
			}
		}
	}
	return Value{Kind: Pointer, From: Beside, Cell: c}
}
