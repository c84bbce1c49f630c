package absint

import (
	"go/constant"
	"go/token"
	"go/types"
	"iter"
	"slices"
	"strconv"

	"golang.org/x/tools/go/ssa"
)

// A continuation is one way in which a call returns.
type continuation struct {
	state  *state
	result Value
}

// operands returns what a call is handed: the receiver of an interface method
// first.
func (f *frame) operands(s *state, call *ssa.CallCommon) []Value {
	var args []Value
	if call.IsInvoke() {
		args = append(args, f.value(s, call.Value))
	}
	for _, arg := range call.Args {
		args = append(args, f.value(s, arg))
	}
	return args
}

// call executes a call and returns every way in which it comes back.
func (f *frame) call(s *state, call *ssa.CallCommon, site ssa.CallInstruction) []continuation {
	args := f.operands(s, call)
	if site != nil && site == f.x.hypothesis.Site {
		return f.supposed(s, args)
	}
	return f.apply(s, call, site, f.value(s, call.Value), args)
}

// supposed executes the call that the hypothesis is about.
func (f *frame) supposed(s *state, args []Value) []continuation {
	for _, arg := range args {
		s.release(arg)
	}
	var out []continuation
	for i, a := range f.x.hypothesis.Answers {
		next := s
		if i < len(f.x.hypothesis.Answers)-1 {
			next = s.clone()
		}
		next.met = true
		next.told = next.told || a.Told
		for buffer, v := range a.Prints {
			if p := f.value(next, buffer); p.Kind == Pointer {
				next.store(p.Cell, v)
			}
		}
		out = append(out, continuation{next, tuple(a.Results)})
	}
	return out
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
	one := func(v Value) []continuation { return []continuation{{s, v}} }
	if b, ok := call.Value.(*ssa.Builtin); ok {
		return one(f.builtin(s, b.Name(), args, call))
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
	if fn.Kind == Closure && fn.Fn.Parent() != nil && !call.IsInvoke() {
		return f.inline(s, fn, args)
	}
	effect := f.x.oracle.Call(call)
	if effect.Reach.Name != "" && s.met && effect.Reach.concerns(args) {
		r := Reached{Call: site, Reach: effect.Reach, Governed: s.strictly()}
		if effect.Reach.Only != "" {
			r.Governed |= last(args).From & Decided
		}
		if !slices.ContainsFunc(s.reached, func(q Reached) bool { return q.Call == site && q.Governed == r.Governed }) {
			s.reached = append(slices.Clip(s.reached), r)
		}
	}
	carries := slices.ContainsFunc(args, s.carries)
	switch effect.Kind {
	case Gate:
		if v, ok := gate(args); ok {
			return one(v)
		}
	case Show:
		return one(shown(call, args))
	case Keep:
		if carries || !mayAnswerNil(call) {
			return one(f.kept(s, call, args))
		}
		if slices.ContainsFunc(args, func(v Value) bool { return v.Kind == Zero && v.From&ByError != 0 }) {
			return one(zero.with(ByError)) // Wrap(nil, "text") is nil
		}
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
	return f.opaque(s, effect, call, args)
}

// concerns reports whether a call with these arguments is one that cannot be undone.
func (r Reach) concerns(args []Value) bool {
	if r.Only == "" {
		return true
	}
	text, known := last(args).text()
	return known && strconv.Quote(text) == r.Only
}

func last(values []Value) Value {
	if len(values) == 0 {
		return Value{}
	}
	return values[len(values)-1]
}

// inPlace reports whether a callee that is handed v has to be looked into: v is
// a func literal, or the text of an error.
func inPlace(v Value) bool {
	return v.Kind == Closure && v.Fn.Parent() != nil || v.Kind == Const && v.From&Carries != 0
}

// searched executes a search of package slices in an empty slice.
func searched(call *ssa.CallCommon, args []Value) (Value, bool) {
	fn := call.StaticCallee()
	if fn == nil || fn.Origin() == nil || fn.Origin().Pkg == nil || fn.Origin().Pkg.Pkg.Path() != "slices" || args[0].Kind != Zero {
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

// gate applies a not-found predicate to the error among args.
func gate(args []Value) (Value, bool) {
	for _, arg := range args {
		if arg.From&Carries == 0 {
			continue
		}
		switch arg.Kind {
		case Fault:
			return no.with(ByGate), true
		case Absent:
			return yes.with(ByGate), true
		}
		return Value{From: ByGate}, true
	}
	if len(args) == 1 && args[0].Kind == Zero {
		return no.with(args[0].From), true
	}
	return Value{}, false
}

// classified applies a function that turns an error into a code.
func classified(args []Value, absence string) (Value, bool) {
	for _, arg := range args {
		switch {
		case arg.From&Carries == 0:
		case arg.Kind == Absent:
			return fromConst(constant.MakeFromLiteral(absence, token.INT, 0)).with(ByGate), true
		case arg.Kind == Fault:
			// A code nobody compares with: distinct from absence, and not zero.
			return fromConst(constant.MakeInt64(-1)).with(ByGate), true
		}
	}
	return Value{}, false
}

// shown is what a logger answers: the error that it was handed, where it
// answers one; else nothing, or itself to be called further.
func shown(call *ssa.CallCommon, args []Value) Value {
	res := call.Signature().Results()
	if res.Len() == 1 && IsError(res.At(0).Type()) && slices.ContainsFunc(args, Value.carries) {
		return Value{Kind: NonZero, From: Carries}
	}
	return Value{}
}

// mayAnswerNil reports whether a call that wraps errors can answer nil.
func mayAnswerNil(call *ssa.CallCommon) bool {
	fn := call.StaticCallee()
	return fn == nil || fn.Name() != "Errorf"
}

// kept is what a call answers that wraps the error it is handed.
func (f *frame) kept(s *state, call *ssa.CallCommon, args []Value) Value {
	v := nonZero
	var errs []Value
	for _, arg := range args {
		errs = append(errs, s.errorsIn(arg, map[Cell]bool{})...)
	}
	for _, err := range errs {
		v.From |= err.From & Carries
		if err.Kind == Fault || err.Kind == Absent {
			v.Kind = err.Kind
		}
	}
	switch {
	case len(errs) == 1:
		v.Is = errs[0].Is
	case len(errs) == 0 && !slices.ContainsFunc(call.Args, mayHoldError):
		v.Is = fresh
	}
	return v
}

// mayHoldError reports whether an argument, or one of those of a variadic call, can
// be an error.
func mayHoldError(arg ssa.Value) bool {
	switch arg := arg.(type) {
	case *ssa.Slice:
		array, ok := arg.X.(*ssa.Alloc)
		if !ok {
			return true
		}
		for _, element := range Elements(array) {
			if mayHoldError(element) {
				return true
			}
		}
		return false
	case *ssa.MakeInterface:
		return types.Implements(arg.X.Type(), errorType.Underlying().(*types.Interface))
	case *ssa.Const:
		return false
	}
	_, basic := arg.Type().Underlying().(*types.Basic)
	return !basic
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
func (s *state) errorsIn(v Value, seen map[Cell]bool) []Value {
	if v.Kind != Pointer {
		if v.From&Carries != 0 || v.Is != "" {
			return []Value{v}
		}
		return nil
	}
	var errs []Value
	if !seen[v.Cell] {
		seen[v.Cell] = true
		for part, stored := range s.mem.all() {
			if part.Base == v.Cell.Base {
				errs = append(errs, s.errorsIn(stored, seen)...)
			}
		}
	}
	return errs
}

// opaque executes a call of which nothing is known: what it is handed may be
// kept, changed, or, when it is a function, called.
func (f *frame) opaque(s *state, effect Effect, call *ssa.CallCommon, args []Value) []continuation {
	results := call.Signature().Results()
	var answer Value
	// A retry helper answers what its func literal answers. A literal that does
	// not make the call in question may as well not be called at all.
	for _, arg := range args {
		if arg.Kind != Closure || f.depth >= maxDepth || !f.x.within(arg.Fn) {
			continue
		}
		params := make([]Value, len(arg.Fn.Params))
		outs := f.inline(s, arg, params)
		if len(outs) == 0 {
			return nil // every way through it ends the program
		}
		var back []continuation
		for _, o := range outs {
			back = append(back, continuation{o.state, relayed(results, o.result)})
		}
		if effect.Kind == Again || len(outs) > 1 || final(outs[0].result).carries() {
			return back
		}
		s, answer = back[0].state, back[0].result
	}
	for _, arg := range args {
		answer.From |= s.origins(arg) & Beside // made of what came beside the error
		s.release(arg)
	}
	return []continuation{{s, answer}}
}

// within reports whether the hypothesised call stands in a func literal.
func (x *executor) within(fn *ssa.Function) bool {
	if x.hypothesis.Site == nil {
		return false
	}
	for at := x.hypothesis.Site.Parent(); at.Parent() != nil; at = at.Parent() {
		if at == fn {
			return true
		}
	}
	return false
}

// final returns the last result of a call.
func final(v Value) Value {
	if v.Kind == Tuple {
		return v.Elems[len(v.Elems)-1]
	}
	return v
}

// relayed is what a helper answers whose func literal answered v: its own
// error is the literal's, and anything else is unknown.
func relayed(results *types.Tuple, v Value) Value {
	n := results.Len()
	if n == 0 || !IsError(results.At(n-1).Type()) {
		return Value{}
	}
	err := final(v)
	if !err.carries() {
		return Value{}
	}
	out := make([]Value, n)
	for i := range out {
		out[i] = Value{From: Beside}
	}
	out[n-1] = Value{Kind: err.Kind, From: Carries}
	return tuple(out)
}

// summarised executes a call whose callee says what it answers when it is
// handed an error, or the nil in its place.
func (f *frame) summarised(s *state, effect Effect, site ssa.CallInstruction, args []Value) ([]continuation, bool) {
	carries := slices.ContainsFunc(args, Value.carries)
	for i, arg := range args {
		if carries && (!arg.carries() || arg.Kind == Const) || !carries && (arg.Kind != Zero || arg.From&ByError == 0) {
			continue
		}
		answers, ok := effect.Given(i, arg)
		if !ok {
			return nil, false
		}
		if len(answers) == 0 {
			f.exit(s, Stopped, site)
			return nil, true
		}
		var out []continuation
		for _, a := range answers {
			next := s.clone()
			next.told = next.told || a.Told
			out = append(out, continuation{next, tuple(a.Results)})
		}
		return out, true
	}
	return nil, false
}
