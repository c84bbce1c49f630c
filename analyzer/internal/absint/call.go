package absint

import (
	"go/constant"
	"go/types"
	"iter"
	"slices"
	"strconv"

	"golang.org/x/tools/go/ssa"
)

// A continuation is one way in which a call returns.
type continuation struct {
	state  *state
	result *Value
}

// back returns one way in which a call returns.
func back(s *state, result Value) continuation { return continuation{s, kept(result)} }

// operands returns what a call is handed: the receiver of an interface method
// first. It is on the executor's stack, for the time of the call.
func (f *frame) operands(s *state, call *ssa.CallCommon) []Value {
	from := len(f.x.stack)
	if call.IsInvoke() {
		f.x.stack = append(f.x.stack, f.value(s, call.Value))
	}
	for _, arg := range call.Args {
		f.x.stack = append(f.x.stack, f.value(s, arg))
	}
	return slices.Clip(f.x.stack[from:])
}

// call executes a call and returns every way in which it comes back.
func (f *frame) call(s *state, call *ssa.CallCommon, site ssa.CallInstruction) []continuation {
	before := len(f.x.stack)
	defer func() { f.x.stack = f.x.stack[:before] }()
	args := f.operands(s, call)
	if site != nil && site == f.x.hypothesis.Site {
		return f.supposed(s, call, args)
	}
	return f.apply(s, call, site, f.value(s, call.Value), args)
}

// tuple packs results as SSA does: one is itself.
func tuple(results []Value) Value {
	switch len(results) {
	case 0:
		return Value{}
	case 1:
		return results[0]
	}
	return Value{Kind: Tuple, Elems: results}
}

// apply executes the call of fn with args.
func (f *frame) apply(s *state, call *ssa.CallCommon, site ssa.CallInstruction, fn Value, args []Value) []continuation {
	one := func(v Value) []continuation { return []continuation{back(s, v)} }
	if b, ok := call.Value.(*ssa.Builtin); ok {
		return one(f.builtin(s, b.Name(), args, call, site))
	}
	if v, ok := f.errorMethod(s, call, args); ok {
		return one(v)
	}
	if v, ok := f.text(s, call, args); ok {
		return one(v)
	}
	if v, ok := searched(call, args); ok {
		return one(v)
	}
	if v, ok := emptiness(call, args); ok {
		return one(v)
	}
	if v, ok := f.getter(s, call, args); ok {
		return one(v)
	}
	if v, ok := unmarshalled(call, args); ok {
		return one(v)
	}
	if fn.Kind == Closure && fn.Fn.Parent() != nil && !call.IsInvoke() {
		return f.inline(s, fn, args)
	}
	if fn.Kind == Closure {
		call = f.x.resolved(call, fn.Fn)
	}
	effect := f.x.oracle.Call(call)
	if effect.Reach.Name != "" && effect.Reach.concerns(args) {
		s.happen(&Event{Kind: effect.Reach.Kind.event(), At: site, Reach: effect.Reach, Hangs: slices.ContainsFunc(args, s.hangs)})
		effect.Quiet = true // that is what it does
	}
	carries := slices.ContainsFunc(args, s.carries)
	switch effect.Kind {
	case Gate, Ask:
		if v, ok := gate(effect.Kind, s.errorsOf(args)); ok {
			return one(v)
		}
	case Pure:
		if !slices.ContainsFunc(args, func(v Value) bool { return v.Kind == Closure && f.x.within(v.Fn) }) {
			return one(f.computed(s, call, args))
		}
		effect.Quiet = true // it calls what it is handed
	case Show:
		f.show(s, effect, site, args)
		return one(shown(call, args))
	case Search:
		for i, operand := range call.Args {
			list := args[len(args)-len(call.Args)+i]
			switch operand.Type().Underlying().(type) {
			case *types.Slice, *types.Map:
				if nothingIn(list) { // an empty one has nothing in it
					return one(no.with(f.computed(s, call, args).From))
				}
			}
		}
	case Reply:
		f.reply(s, effect, site, args)
		if sig := call.Signature(); sig.Results().Len() == 1 && IsError(sig.Results().At(0).Type()) {
			return one(zero) // it went out: that it did not is told nobody
		}
		return one(Value{})
	case Keep:
		if carries || !mayAnswerNil(call) || effect.Status >= 0 || effect.Absence != "" || effect.Code != "" || slices.ContainsFunc(args, Value.Identified) || handsFailure(call, args) {
			return one(beside(call, f.kept(s, effect, call, args)))
		}
		if slices.ContainsFunc(args, func(v Value) bool { return v.Kind == Zero && v.From&Decided != 0 }) {
			return one(zero.with(Decided)) // Wrap(nil, "text") is nil
		}
	case Filter:
		for _, arg := range args {
			switch {
			case arg.Kind == Absent:
				return one(zero.with(Decided))
			case arg.carries() || arg.Kind == Zero:
				return one(arg)
			}
		}
	case Tell:
		for _, arg := range args {
			s.release(arg)
		}
		if effect.Complains {
			s.fate |= Complained
		}
		return one(Value{})
	case Stop:
		f.exit(s, Stopped, site)
		return nil
	case StopOnError:
		if carries {
			f.exit(s, Stopped, site)
			return nil
		}
	case Classify:
		if v, ok := classified(args, effect.Absence); ok {
			return one(v)
		}
	case Summarised:
		if out, ok := f.summarised(s, effect, site, args); ok {
			return out
		}
	}
	if effect.Body != nil && slices.ContainsFunc(args, inPlace) {
		return f.inline(s, Value{Kind: Closure, Fn: effect.Body}, args)
	}
	return f.opaque(s, effect, call, site, args)
}

// resolved is the call of a function that is known only in this execution: an element of
// a table, a variable.
func (m *Machine) resolved(call *ssa.CallCommon, fn *ssa.Function) *ssa.CallCommon {
	if call.IsInvoke() || call.StaticCallee() != nil {
		return call
	}
	key := target{call, fn}
	if m.targets[key] == nil {
		static := *call
		static.Value = fn
		m.targets[key] = &static
	}
	return m.targets[key]
}

// A target is a function that a call of a variable calls.
type target struct {
	call *ssa.CallCommon
	fn   *ssa.Function
}

// concerns reports whether a call with these arguments is one that cannot be undone.
func (r Reach) concerns(args []Value) bool {
	if r.Only == "" {
		return true
	}
	text, known := last(args).Text()
	return known && strconv.Quote(text) == r.Only
}

func last(values []Value) Value {
	if len(values) == 0 {
		return Value{}
	}
	return values[len(values)-1]
}

// computed is what a call answers that does nothing but compute: it hangs on what its
// arguments hang on.
func (f *frame) computed(s *state, call *ssa.CallCommon, args []Value) Value {
	var v Value
	for _, arg := range args {
		v.From |= s.origins(arg)
	}
	results := call.Signature().Results()
	if results.Len() != 1 {
		return v
	}
	if IsBool(results.At(0).Type()) {
		v.From = examined(v.From)
	} else if v.carries() {
		v.Kind = NonZero
	}
	return v
}

// searched executes a search of package slices in an empty slice.
func searched(call *ssa.CallCommon, args []Value) (Value, bool) {
	fn := call.StaticCallee()
	if fn == nil || fn.Origin() == nil || fn.Origin().Pkg == nil || fn.Origin().Pkg.Pkg.Path() != "slices" || !nothingIn(args[0]) {
		return Value{}, false
	}
	switch fn.Origin().Name() {
	case "Contains", "ContainsFunc":
		return no.with(args[0].From), true
	case "Index", "IndexFunc":
		return fromConst(constant.MakeInt64(-1)).with(args[0].From), true
	}
	return Value{}, false
}

// emptiness executes a method that says of nothing that there is nothing: record.IsEmpty().
func emptiness(call *ssa.CallCommon, args []Value) (Value, bool) {
	fn := call.StaticCallee()
	if fn == nil || fn.Signature.Recv() == nil || len(args) != 1 || !nothingIn(args[0]) || call.Signature().Results().Len() != 1 {
		return Value{}, false
	}
	return yes.with(args[0].From), IsBool(call.Signature().Results().At(0).Type()) && (fn.Name() == "IsEmpty" || fn.Name() == "IsNil" || fn.Name() == "IsZero")
}

// unmarshalled executes the reading of JSON, or XML, of which there is none: that fails.
func unmarshalled(call *ssa.CallCommon, args []Value) (Value, bool) {
	fn := call.StaticCallee()
	if fn == nil || fn.Pkg == nil || fn.Name() != "Unmarshal" || args[0].Kind != Zero {
		return Value{}, false
	}
	path := fn.Pkg.Pkg.Path()
	return Value{Kind: NonZero, Is: fresh, From: args[0].From}, path == "encoding/json" || path == "encoding/xml"
}

// Elements yields the indexes and the values that are stored in an array, as in the
// one behind a slice literal or variadic arguments.
func Elements(array *ssa.Alloc) iter.Seq2[ssa.Value, ssa.Value] {
	return func(yield func(ssa.Value, ssa.Value) bool) {
		for _, ref := range *array.Referrers() {
			addr, ok := ref.(*ssa.IndexAddr)
			if !ok {
				continue
			}
			for _, use := range *addr.Referrers() {
				if st, ok := use.(*ssa.Store); ok && !yield(addr.Index, st.Val) {
					return
				}
			}
		}
	}
}

// errorsIn returns what v holds, or leads to, of the error and of sentinels.
func (s *state) errorsIn(v Value, seen *cells) []Value {
	if v.Kind != Pointer {
		if v.From&Carries != 0 || v.Is != "" {
			return []Value{v}
		}
		return nil
	}
	var errs []Value
	if seen.add(v.Cell) {
		for _, e := range s.mem.entries {
			if e.key.Base == v.Cell.Base {
				errs = append(errs, s.errorsIn(*e.value, seen)...)
			}
		}
	}
	return errs
}
