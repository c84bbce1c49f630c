package absint

import (
	"go/constant"
	"go/token"
	"go/types"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// value returns what is known of v at this point.
func (f *frame) value(s *state, v ssa.Value) Value {
	switch v := v.(type) {
	case *ssa.Const:
		return ofConst(v)
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
		return f.storeTo(s, f.value(s, i.Addr), f.value(s, i.Val), i.Pos())
	case *ssa.FieldAddr:
		return f.address(s, i, f.value(s, i.X), "."+strconv.Itoa(i.Field))
	case *ssa.IndexAddr:
		step := ".e" // any element
		x := f.value(s, i.X)
		if c, ok := f.value(s, i.Index).asConst(i.Index.Type()); ok {
			step += "." + c.ExactString()
		}
		if _, ok := i.Index.(*ssa.Const); !ok && x.Kind == Zero {
			x.Kind = Unknown // who computes an index has looked at the length
		}
		return f.address(s, i, x, step)
	case *ssa.Field:
		s.set(i, f.field(part(f.value(s, i.X)), i.X.Type(), i.Field))
	case *ssa.Index:
		s.set(i, part(f.value(s, i.X)))
	case *ssa.Lookup:
		v := part(f.value(s, i.X))
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
		s.set(i, boxed(f.value(s, i.X), i.X.Type()))
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
	case *ssa.MakeMap, *ssa.MakeChan:
		s.set(i.(ssa.Value), nonZero)
	case *ssa.MakeSlice:
		s.set(i, Value{})
	case *ssa.Range:
		s.set(i, f.value(s, i.X))
	case *ssa.Next:
		it := f.value(s, i.Iter)
		elem := part(it)
		ok := Value{From: it.From}
		if it.Kind == Zero {
			ok = no.with(it.From)
		}
		s.set(i, Value{Kind: Tuple, From: it.From, Elems: []Value{ok, elem, elem}})
	case *ssa.MapUpdate:
		if v := f.value(s, i.Value); local(i.Map) && f.value(s, i.Map).Kind == NonZero {
			s.set(i.Map, nonZero.with(f.value(s, i.Map).From|s.origins(v))) // one of its own: it holds v
		} else {
			s.release(v)
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
	case *ssa.Go:
		s.release(f.value(s, i.Call.Value))
		for _, arg := range i.Call.Args {
			s.release(f.value(s, arg))
		}
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

// crash reports whether a dereference of p panics, and notes the use.
func (f *frame) crash(s *state, p Value, pos token.Pos) bool {
	if p.Kind != Zero || p.From&Beside == 0 {
		return false // a nil of another origin is none of our business
	}
	s.uses = append(s.uses[:len(s.uses):len(s.uses)], Use{Pos: pos})
	return true
}

func (f *frame) address(s *state, addr ssa.Value, x Value, step string) bool {
	switch x.Kind {
	case Pointer:
		s.set(addr, Value{Kind: Pointer, From: x.From, Cell: Cell{x.Cell.Base, x.Cell.Path + step}})
	case Zero:
		s.set(addr, x.derived(Unknown))
		return !f.crash(s, x, addr.Pos())
	default:
		s.set(addr, x.derived(Unknown))
	}
	return true
}

func (f *frame) storeTo(s *state, addr, v Value, pos token.Pos) bool {
	switch {
	case addr.Kind == Pointer && strings.HasSuffix(addr.Cell.Path, ".e"):
		// One cell stands for every element.
		s.mem.set(addr.Cell, join(s.load(addr.Cell), v))
	case addr.Kind == Pointer:
		s.store(addr.Cell, v)
	case addr.Kind == Zero:
		return !f.crash(s, addr, pos)
	default:
		s.release(v)
	}
	return true
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
		if x.Kind == Pointer {
			v = s.load(x.Cell).with(x.From &^ Carries)
		}
		if addr, ok := i.X.(*ssa.FieldAddr); ok {
			v = f.field(v, addr.X.Type(), addr.Field)
		}
		s.set(i, v)
		if x.Kind == Zero {
			return !f.crash(s, x, i.Pos())
		}
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

// field is what field n of a struct, or of one that is pointed to, holds: v, or
// what the hypothesis says of fields of its name.
func (f *frame) field(v Value, t types.Type, n int) Value {
	if v.Kind != Unknown || v.From&Beside == 0 || len(f.x.hypothesis.Fields) == 0 {
		return v
	}
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	structure, ok := t.Underlying().(*types.Struct)
	if !ok {
		return v // of a type parameter
	}
	field := structure.Field(n)
	supposed, ok := f.x.hypothesis.Fields[field.Name()]
	if !ok && !field.Anonymous() {
		return v
	}
	if _, isPointer := field.Type().Underlying().(*types.Pointer); isPointer {
		return Value{Kind: NonZero, From: v.From} // there is a state
	}
	basic, isBasic := field.Type().Underlying().(*types.Basic)
	if !isBasic {
		return v
	}
	if _, isText := supposed.text(); supposed.Kind == Const && isText != (basic.Info()&types.IsString != 0) || supposed.Kind == Zero && !IsBool(basic) {
		return v
	}
	return supposed.with(v.From)
}

func (f *frame) binOp(s *state, i *ssa.BinOp) Value {
	x, y := f.value(s, i.X), f.value(s, i.Y)
	from := x.From | y.From
	switch i.Op {
	case token.EQL, token.NEQ:
		same, from, known := f.compare(x, y, i.X.Type(), i.Y.Type())
		if !known {
			return Value{From: from}
		}
		return Bool(same == (i.Op == token.EQL)).with(from)
	}
	from = examined(from)
	a, okA := x.asConst(i.X.Type())
	b, okB := y.asConst(i.Y.Type())
	if !okA || !okB || a.Kind() != b.Kind() {
		if x.From&Carries != 0 || y.From&Carries != 0 {
			return Value{Kind: NonZero, From: x.From | y.From} // a message built from the error
		}
		return Value{From: from}
	}
	switch i.Op {
	case token.LSS, token.LEQ, token.GTR, token.GEQ:
		return Bool(constant.Compare(a, i.Op, b)).with(from)
	case token.ADD:
		return fromConst(constant.BinaryOp(a, token.ADD, b)).with(x.From | y.From)
	case token.SUB:
		return fromConst(constant.BinaryOp(a, token.SUB, b)).with(from)
	}
	return Value{From: from}
}

// examined turns "holds the error" into "was decided by it": the outcome of a
// comparison does not tell anybody what the error was.
func examined(from Origin) Origin {
	if from&Carries != 0 {
		from = from&^Carries | ByError
	}
	return from
}

// compare decides x == y.
func (f *frame) compare(x, y Value, tx, ty types.Type) (same bool, from Origin, known bool) {
	from = examined(x.From | y.From)
	// err == ErrNotFound: a gate when the sentinel stands for absence only.
	for _, p := range [][2]Value{{x, y}, {y, x}} {
		err, sentinel := p[0], p[1]
		if v := isSentinel(err, sentinel); v.Kind != Unknown && sentinel.Var != nil {
			same, known := v.Truth()
			return same, v.From, known
		}
		if sentinel.Var != nil && err.From&Carries != 0 {
			if !f.x.oracle.AbsenceVar(sentinel.Var) {
				return false, from, err.Kind == Zero
			}
			switch err.Kind {
			case Fault:
				return false, from&^ByError | ByGate, true
			case Absent:
				return true, from&^ByError | ByGate, true
			}
		}
	}
	xNil, xKnown := x.isNil()
	yNil, yKnown := y.isNil()
	if xKnown && yKnown && (xNil || yNil) {
		return xNil == yNil, from, true
	}
	a, okA := x.asConst(tx)
	b, okB := y.asConst(ty)
	if okA && okB && a.Kind() == b.Kind() {
		return constant.Compare(a, token.EQL, b), from, true
	}
	return false, from, false
}

// boxed is what an interface holds: never nil, even when the value in it is.
func boxed(v Value, t types.Type) Value {
	switch v.Kind {
	case Zero, Const:
		if types.IsInterface(t) {
			return v
		}
		return v.derived(NonZero)
	case Unknown:
		if !types.IsInterface(t) {
			return v.derived(NonZero)
		}
	}
	return v
}

// converted is a conversion between types that are represented differently.
func converted(v Value, from, to types.Type) Value {
	if v.Kind != Const {
		return v
	}
	kindOf := func(t types.Type) types.BasicInfo {
		switch t := t.Underlying().(type) {
		case *types.Basic:
			return t.Info() & (types.IsInteger | types.IsFloat | types.IsString | types.IsBoolean)
		case *types.Slice:
			if isByte(t.Elem()) {
				return types.IsString // the same text
			}
		}
		return 0
	}
	if kindOf(from) != kindOf(to) {
		return v.derived(NonZero)
	}
	return v
}

// typeAssert asks an error for its type: a gate when the type stands for
// absence only.
func (f *frame) typeAssert(s *state, i *ssa.TypeAssert) Value {
	x := f.value(s, i.X)
	result := func(v Value, ok Value) Value {
		if i.CommaOk {
			return Value{Kind: Tuple, Elems: []Value{v, ok}}
		}
		return v
	}
	switch {
	case x.Kind == Zero:
		return result(zero.with(x.From), no.with(examined(x.From)))
	case x.From&Carries != 0 && f.x.oracle.AbsenceType(i.AssertedType):
		from := examined(x.From)&^ByError | ByGate
		switch x.Kind {
		case Fault:
			return result(zero, no.with(from))
		case Absent:
			return result(x, yes.with(from))
		}
	case types.Identical(i.AssertedType, i.X.Type()):
		return result(x, yes)
	}
	return result(x.derived(Unknown), Value{From: examined(x.From)})
}

// local reports whether v is computed in the function, or handed to it.
func local(v ssa.Value) bool {
	switch v.(type) {
	case nil, *ssa.Const, *ssa.Global, *ssa.Builtin, *ssa.Function:
		return false
	}
	return true
}
