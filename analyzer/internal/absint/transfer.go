package absint

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"
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
		v := f.value(s, i.Value)
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

func (f *frame) storeTo(s *state, i *ssa.Store) bool {
	addr, v := f.value(s, i.Addr), f.value(s, i.Val)
	switch {
	case addr.Kind == Pointer && strings.HasSuffix(addr.Cell.Path, ".e"):
		s.add(addr.Cell, v) // one cell stands for every element
	case addr.Kind == Pointer:
		s.store(addr.Cell, v)
	case addr.Kind == Zero:
		return !crash(addr)
	default:
		f.keep(s, i.Addr, i, v)
	}
	return true
}

// elsewhere begins the path of a cell that is not the function's own: what was stored
// there is there until somebody unseen is called.
const elsewhere = "@"

// placeOf is the cell of what outlives the call.
func placeOf(addr ssa.Value) Cell {
	root, place := located(addr)
	return Cell{Base: root, Path: elsewhere + place}
}

// keep stores a value where it outlives the call.
func (f *frame) keep(s *state, addr ssa.Value, at ssa.Instruction, v Value) {
	s.release(v)
	s.mem.set(placeOf(addr), v)
	if s.met {
		_, place := located(addr)
		s.happen(&Event{Kind: Stored, At: at, Place: place, Value: v})
	}
}

// located returns the variable that an address, or a map, is a part of, and a name of
// the part: the fields and elements that lead there.
func located(addr ssa.Value) (root ssa.Value, place string) {
	var steps []string
	for range maxPlace {
		switch a := addr.(type) {
		case *ssa.FieldAddr:
			if p, ok := a.X.Type().Underlying().(*types.Pointer); ok {
				if structure, ok := p.Elem().Underlying().(*types.Struct); ok {
					steps = append(steps, structure.Field(a.Field).Name())
				}
			}
			addr = a.X
			continue
		case *ssa.IndexAddr:
			addr = a.X
			continue
		case *ssa.UnOp:
			addr = a.X
			continue
		case *ssa.Lookup:
			addr = a.X
			continue
		case *ssa.Extract:
			addr = a.Tuple
			continue
		}
		break
	}
	slices.Reverse(steps)
	return addr, strings.Join(append([]string{addr.Name()}, steps...), ".")
}

// maxPlace is how many fields and elements deep a place is named.
const maxPlace = 16

// narrowed is v as a value of a type: a bool that was got from the error does not tell
// anybody what the error was.
func narrowed(v Value, t types.Type) Value {
	if v.Got != Unknown && IsBool(t) {
		v.From = examined(v.From)
	}
	return v
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

func (f *frame) binOp(s *state, i *ssa.BinOp) Value {
	x, y := f.value(s, i.X), f.value(s, i.Y)
	from := x.From | y.From
	switch i.Op {
	case token.EQL, token.NEQ:
		tx, ty := i.X.Type(), i.Y.Type()
		if x.Got != Unknown { // of a code in an interface what is in that counts
			y, ty = f.unboxed(s, i.Y)
		} else if y.Got != Unknown {
			x, tx = f.unboxed(s, i.X)
		}
		same, from, known := f.compare(x, y, tx, ty)
		if !known {
			return Value{From: from}
		}
		return Bool(same == (i.Op == token.EQL)).with(from)
	}
	from = examined(from)
	a, okA := x.AsConst(i.X.Type())
	b, okB := y.AsConst(i.Y.Type())
	if x.Kind == NonZero && okB { // a length
		a, okA = constant.MakeInt64(1), constant.Compare(constant.ToInt(b), token.EQL, constant.MakeInt64(0)) && i.Op == token.GTR
	}
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
	case token.QUO, token.REM:
		if op := i.Op; a.Kind() == constant.Int && b.Kind() == constant.Int && constant.Sign(b) != 0 {
			if op == token.QUO {
				op = token.QUO_ASSIGN // of integers
			}
			return fromConst(constant.BinaryOp(a, op, b)).with(from)
		}
	}
	return Value{From: from}
}

// examined turns "holds the error" into "was decided by it": the outcome of a
// comparison does not tell anybody what the error was.
func examined(from Origin) Origin {
	if from&Carries != 0 {
		from = from&^Carries | Decided
	}
	return from
}

// compare decides x == y.
func (f *frame) compare(x, y Value, tx, ty types.Type) (same bool, from Origin, known bool) {
	from = examined(x.From | y.From)
	for _, p := range [][2]Value{{x, y}, {y, x}} {
		err, sentinel := p[0], p[1]
		if v := isSentinel(err, sentinel); v.Kind != Unknown && sentinel.Var != nil {
			same, known := v.Truth()
			return same, v.From, known
		}
		if sentinel.Var != nil && err.From&Carries != 0 && err.Got == Unknown {
			if !f.x.oracle.AbsenceVar(sentinel.Var) {
				return false, from, err.Kind == Zero || err.Kind == Fault && !f.x.oracle.FaultVar(sentinel.Var)
			}
			same, known := decided(err.Kind).Truth()
			return same, from, known
		}
	}
	// se.StatusCode == 404, as well as err == ErrNotFound, is a gate.
	if x.Got != Unknown && f.absent(y, ty) || y.Got != Unknown && f.absent(x, tx) {
		same, known := decided(max(x.Got, y.Got)).Truth()
		return same, from, known
	}
	if x.Got == Fault && f.foreign(y) || y.Got == Fault && f.foreign(x) {
		return false, from, true
	}
	xNil, xKnown := x.isNil()
	yNil, yKnown := y.isNil()
	if xKnown && yKnown && (xNil || yNil) {
		return xNil == yNil, from, true
	}
	a, okA := x.AsConst(tx)
	b, okB := y.AsConst(ty)
	if okA && okB && a.Kind() == b.Kind() {
		if from&Beside != 0 && a.Kind() == constant.String { // RUNNING is what is supposed of an object that is running
			return strings.EqualFold(constant.StringVal(a), constant.StringVal(b)), from, true
		}
		return constant.Compare(a, token.EQL, b), from, true
	}
	if isText(tx) && (x.carries() || y.carries()) && !(x.carries() && okB || y.carries() && okA) {
		from |= Unsure // a text that nobody can see may be that of an absence
	}
	return false, from, false
}

// foreign reports whether a code, or the whole text of an error, is that of another error than
// a fault that passes: 403, "23503". Small numbers mean something else to everybody.
func (f *frame) foreign(v Value) bool {
	if v.Kind != Const {
		return false
	}
	if text, ok := v.Text(); ok {
		return !f.x.oracle.FaultText(text)
	}
	code, exact := constant.Int64Val(constant.ToInt(v.Const))
	status := code >= 400 && code < 500 && code != 408 && code != 425 && code != 429
	return exact && (status || code >= 1000 && !f.x.oracle.FaultText(v.Const.ExactString()))
}

// isText reports whether t is a string type.
func isText(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsString != 0
}

// absent reports whether a value stands for absence: a code or a word that says so.
func (f *frame) absent(v Value, t types.Type) bool {
	if v.Var != nil {
		return f.x.oracle.AbsenceVar(v.Var)
	}
	return v.Kind == Const && (f.x.oracle.AbsenceConst(v.Const, t) || f.status(v))
}

// status reports whether a value is a number that a program ends with for absence.
func (f *frame) status(v Value) bool {
	return slices.ContainsFunc(f.x.hypothesis.Statuses, func(n int) bool {
		return v.Const.Kind() == constant.Int && constant.Compare(v.Const, token.EQL, constant.MakeInt64(int64(n)))
	})
}

// boxed is what an interface holds: never nil, even when the value in it is.
func boxed(v Value, t types.Type) Value {
	switch v.Kind {
	case Zero, Const, Unknown:
		if !types.IsInterface(t) {
			in := v.derived(NonZero)
			in.Var, in.Got = v.Var, v.Got
			return in
		}
	}
	return v
}

// identified is an error that is made of a value of a type of its own: it is told from
// others by its type, or by the code that is in it.
func (f *frame) identified(s *state, v Value, i *ssa.MakeInterface) Value {
	if c, ok := i.X.(*ssa.Const); ok && IsAnError(i.X.Type()) {
		v.Var = constantOf(c, i.Parent())
	}
	if v.Var != nil && v.Var.Pkg() != nil && IsAnError(i.X.Type()) { // a struct, or a constant, that is a sentinel
		v.Is = v.Var.Pkg().Path() + "." + v.Var.Name()
		return v
	}
	if v.Is != "" || v.Kind == Fault || v.Kind == Absent || v.Got != Unknown || !IsAnError(i.X.Type()) {
		return v
	}
	holds := func(part *Value) {
		if part.Kind == Const && (f.x.oracle.AbsenceConst(part.Const, types.Typ[types.UntypedInt]) || IsStatus(part.Const)) {
			v.Is = codeIs + part.Const.ExactString()
		}
	}
	switch parts := v.Parts; v.Kind {
	case Pointer:
		for _, e := range s.mem.entries {
			if e.key.Base == v.Cell.Base {
				holds(e.value)
			}
		}
	case Record: // a struct in an interface is no nil
		v = v.derived(NonZero)
		for i := range parts {
			holds(&parts[i].Value)
		}
	}
	if v.Is == "" {
		v.Is = identity(i.X.Type())
	}
	return v
}

// IsStatus reports whether a number is a status of HTTP that says of a failure.
func IsStatus(c constant.Value) bool {
	n, ok := constant.Int64Val(constant.ToInt(c))
	return ok && 400 <= n && n < 600
}

// IsAnError reports whether t implements error.
func IsAnError(t types.Type) bool {
	return types.Implements(t, errorType.Underlying().(*types.Interface))
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
	case types.Identical(i.AssertedType, i.X.Type()):
		return result(x, yes)
	case x.From&Carries != 0:
		err := x
		if x.Got != Unknown { // as what errors.As found
			err.Kind = x.Got
		}
		ok := f.asserted(err, i.AssertedType)
		if truth, known := ok.Truth(); known && !truth {
			return result(zero, ok)
		}
		return result(partOf(err), ok)
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
