package absint

import (
	"go/constant"
	"go/token"
	"go/types"
	"iter"
	"slices"
	"strconv"
	"strings"

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
		s.happen(&Event{Kind: effect.Reach.Kind.event(), At: site, Reach: effect.Reach})
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
			return one(f.kept(s, effect, call, args))
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

// inPlace reports whether a callee that is handed v has to be looked into: v is
// a func literal, the text of an error, or what is known of the value beside one.
func inPlace(v Value) bool {
	return v.Kind == Closure && v.Fn.Parent() != nil || v.Kind == Const && v.From&Carries != 0 ||
		v.From&Beside != 0 && v.Kind != Unknown && v.Kind != NonZero
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

// show executes a call of a logger. A text that people get to read is an event.
func (f *frame) show(s *state, effect Effect, site ssa.CallInstruction, args []Value) {
	if slices.ContainsFunc(args, s.carries) {
		s.fate |= Shown
	}
	if !effect.Writes {
		return
	}
	if slices.ContainsFunc(args, s.carries) {
		s.fate |= Replied
	}
	text := ""
	for _, arg := range site.Common().Args {
		text += written(arg)
	}
	if text != "" && s.met {
		s.happen(&Event{Kind: Wrote, At: site, Place: addressee(site.Common()), Value: fromConst(constant.MakeString(text))})
	}
}

// written is the constant text among what a call prints.
func written(v ssa.Value) (text string) {
	switch v := v.(type) {
	case *ssa.Const:
		if v.Value != nil && v.Value.Kind() == constant.String {
			text = constant.StringVal(v.Value)
		}
	case *ssa.MakeInterface:
		return written(v.X)
	case *ssa.Convert:
		return written(v.X)
	case *ssa.Slice:
		if array, ok := v.X.(*ssa.Alloc); ok {
			for _, element := range Elements(array) {
				text += written(element)
			}
		}
	}
	return text
}

// remote is the place of what a remote caller gets to read.
const remote = "reply"

// addressee is who gets to read what a call prints: a remote caller if it is handed one.
func addressee(call *ssa.CallCommon) string {
	if HandsReply(call) {
		return remote
	}
	return ""
}

// HandsReply reports whether a call is handed what an answer to a remote caller is written to.
func HandsReply(call *ssa.CallCommon) bool {
	return slices.ContainsFunc(call.Args, func(arg ssa.Value) bool {
		if wider, ok := arg.(*ssa.ChangeInterface); ok {
			arg = wider.X
		}
		return IsReply(arg.Type())
	})
}

// IsReply reports whether an answer to a remote caller is written to what has this type.
func IsReply(t types.Type) bool { return strings.HasSuffix(t.String(), "ResponseWriter") }

// reply executes an answer to a remote caller.
func (f *frame) reply(s *state, effect Effect, site ssa.CallInstruction, args []Value) {
	if effect.Absence != "" {
		s.answered(effect.Absence, site)
	}
	operands := site.Common().Args
	for i, arg := range args[len(args)-len(operands):] {
		if i+len(args)-len(operands) == effect.Status {
			code, isCode := strings.CutPrefix(arg.Is, codeIs)
			switch {
			case isCode: // an error that has it
				s.answered(code, site)
			case IsAnError(operands[i].Type()):
				s.release(arg)
			default:
				s.happen(&Event{Kind: Answered, At: site, Place: "status", Value: arg})
			}
			continue
		}
		if s.carries(arg) {
			s.fate |= Replied
		}
		v, t := f.unboxed(s, operands[i])
		switch {
		case v.Kind == Pointer:
			s.happen(&Event{Kind: Wrote, At: site, Place: remote, Value: s.record(v.Cell), Type: t})
		case v.From&Hangs != 0:
			s.happen(&Event{Kind: Wrote, At: site, Place: remote, Value: v, Type: t})
		}
	}
	if text := strings.Join(collected(site.Common().Args, written), ""); text != "" {
		s.happen(&Event{Kind: Wrote, At: site, Place: remote, Value: fromConst(constant.MakeString(text))})
	}
}

// answered says that a remote caller is answered a status.
func (s *state) answered(status string, site ssa.CallInstruction) {
	s.happen(&Event{Kind: Answered, At: site, Place: "status", Value: fromConst(constant.MakeFromLiteral(status, token.INT, 0))})
}

// unboxed is what is in an interface, and its type.
func (f *frame) unboxed(s *state, v ssa.Value) (Value, types.Type) {
	if mk, ok := v.(*ssa.MakeInterface); ok {
		v = mk.X
	}
	return f.value(s, v), v.Type()
}

func collected(args []ssa.Value, of func(ssa.Value) string) (out []string) {
	for _, arg := range args {
		out = append(out, of(arg))
	}
	return out
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

// unmarshalled executes the reading of JSON, or XML, of which there is none: that fails.
func unmarshalled(call *ssa.CallCommon, args []Value) (Value, bool) {
	fn := call.StaticCallee()
	if fn == nil || fn.Pkg == nil || fn.Name() != "Unmarshal" || args[0].Kind != Zero {
		return Value{}, false
	}
	path := fn.Pkg.Pkg.Path()
	return Value{Kind: NonZero, Is: fresh, From: args[0].From}, path == "encoding/json" || path == "encoding/xml"
}

// gate applies a not-found predicate, or one of another sort of error, to the error
// among args.
func gate(kind EffectKind, args []Value) (Value, bool) {
	for _, arg := range args {
		switch {
		case arg.From&Carries == 0:
		case kind == Gate && !arg.Identified():
			return decided(max(arg.Kind, arg.Got)), true
		case arg.Kind == Absent:
			return no.with(Decided), true
		default:
			return Value{From: Decided}, true
		}
	}
	if len(args) == 1 && args[0].Kind == Zero {
		return no.with(args[0].From), true
	}
	return Value{}, false
}

// classified applies a function that turns an error into a code.
func classified(args []Value, absence string) (Value, bool) {
	for _, arg := range args {
		code, isCode := strings.CutPrefix(arg.Is, codeIs)
		switch {
		case isCode:
			return fromConst(constant.MakeFromLiteral(code, token.INT, 0)).with(Decided), true
		case arg.From&Carries == 0:
		case arg.Kind == Absent:
			return fromConst(constant.MakeFromLiteral(absence, token.INT, 0)).with(Decided), true
		case arg.Kind == Fault:
			// A code nobody compares with: distinct from absence, and not zero.
			return fromConst(constant.MakeInt64(-1)).with(Decided), true
		}
	}
	if len(args) == 1 && args[0].Kind == Zero {
		return zero.with(Decided), true // the code of no error
	}
	return Value{}, false
}

// asked is what a call answers that is handed an error, and answers only bools, numbers
// and texts: it has asked about the error, and kept nothing.
func asked(call *ssa.CallCommon, args []Value) (Value, bool) {
	results := call.Signature().Results()
	if results.Len() == 0 || len(args) != len(call.Args) {
		return Value{}, false
	}
	for result := range results.Variables() {
		if _, ok := result.Type().Underlying().(*types.Basic); !ok {
			return Value{}, false
		}
	}
	for i, arg := range args {
		if !arg.carries() || !IsAnError(call.Args[i].Type()) {
			continue
		}
		out := make([]Value, results.Len())
		for i := range out {
			out[i] = narrowed(partOf(arg), results.At(i).Type())
			if IsBool(results.At(i).Type()) {
				out[i] = Value{From: Decided | Unsure}
			}
			if b := results.At(i).Type().Underlying().(*types.Basic); b.Info()&types.IsString == 0 {
				out[i].From = examined(out[i].From)
			}
		}
		return tuple(out), true
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

// mayAnswerNil reports whether a call that wraps errors can answer nil: it is handed one that
// may be, and does not make a text of it.
func mayAnswerNil(call *ssa.CallCommon) bool {
	fn := call.StaticCallee()
	return (fn == nil || fn.Name() != "Errorf") && holdsError(call)
}

// holdsError reports whether a call is handed what may be, or hold, an error; what a method
// is called on is none unless it is one itself.
func holdsError(call *ssa.CallCommon) bool {
	args := call.Args
	if recv := call.Signature().Recv(); recv != nil && !call.IsInvoke() && !IsAnError(recv.Type()) {
		args = args[1:]
	}
	return slices.ContainsFunc(args, mayHoldError)
}

// handsFailure reports whether a call is handed an error that is certainly not nil.
func handsFailure(call *ssa.CallCommon, args []Value) bool {
	operands := call.Args
	return slices.ContainsFunc(operands, func(v ssa.Value) bool {
		return IsError(v.Type()) && args[len(args)-len(operands)+slices.Index(operands, v)].Kind == NonZero
	})
}

// kept is what a call answers that wraps the error it is handed.
func (f *frame) kept(s *state, effect Effect, call *ssa.CallCommon, args []Value) Value {
	v := nonZero
	var errs []Value
	for _, arg := range args {
		errs = append(errs, s.errorsIn(arg, new(cells))...)
	}
	for _, err := range errs {
		v.From |= err.From & Carries
		if err.Kind == Fault || err.Kind == Absent {
			v.Kind = err.Kind
		}
	}
	for _, err := range errs {
		switch {
		case len(errs) == 1 || v.Is == "" && err.Identified():
			v.Is = err.Is
		case err.Identified():
			v.Is = "" // of several
		}
	}
	if len(errs) == 0 && !holdsError(call) {
		v.Is = f.made(args)
	}
	if effect.Absence != "" {
		v.Is = saysIs + effect.Absence
	}
	if effect.Status >= 0 && effect.Status < len(args) {
		if code, ok := args[effect.Status].AsConst(call.Args[effect.Status].Type()); ok {
			v.Is = codeIs + code.ExactString()
		}
	}
	if effect.Code != "" {
		v.Is = codeIs + effect.Code
	}
	return v
}

// made is the identity of an error that is made of args, and of no other error.
func (f *frame) made(args []Value) string {
	for _, arg := range args {
		if text, ok := arg.Text(); ok && f.x.oracle.AbsenceText(text) {
			return saysIs + text
		}
	}
	return fresh
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

// opaque executes a call of which nothing is known: what it is handed may be
// kept, changed, or, when it is a function, called.
func (f *frame) opaque(s *state, effect Effect, call *ssa.CallCommon, site ssa.CallInstruction, args []Value) []continuation {
	if v, ok := asked(call, args); ok {
		return []continuation{back(s, v)}
	}
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
		var answers []continuation
		for _, o := range outs {
			if results.Len() == 0 {
				f.gather(o.state, call, *o.result)
			}
			v := relayed(results, *o.result)
			if effect.Kind == Again && unmet(*o.result) && results.Len() == 1 {
				v = Value{Kind: NonZero, Is: fresh} // it gives up at last
			}
			answers = append(answers, back(o.state, v))
		}
		if effect.Kind == Again || len(outs) > 1 || final(*outs[0].result).carries() {
			return answers
		}
		s, answer = answers[0].state, *answers[0].result
	}
	if v, ok := f.gathered(s, call); ok {
		return []continuation{back(s, v)}
	}
	var of Origin
	for _, arg := range args {
		of |= s.origins(arg)
	}
	answer.From |= examined(of) &^ Carries // made of what came beside the error, say
	for _, arg := range args {
		s.fill(arg, of)
		if arg.Kind == Closure && arg.Fn.Parent() != nil && !f.x.within(arg.Fn) {
			f.handed(s, arg.Fn)
		}
	}
	if !effect.Quiet {
		s.mem.deleteFunc(func(c Cell) bool { return strings.HasPrefix(c.Path, elsewhere) })
		if s.met {
			e := f.x.event(act{Did, site})
			if effect.Changes {
				e = f.x.event(act{Changed, site})
				if i := slices.IndexFunc(args, func(v Value) bool { return v.From&Beside != 0 }); i >= 0 {
					e = &Event{Kind: Changed, At: site, Value: args[i]}
				}
			}
			s.happen(e)
		}
	}
	return []continuation{back(s, answer)}
}

// handed notes what a func literal does that cannot be undone, and that is handed to code
// that cannot be seen: it is called, as by a transaction.
func (f *frame) handed(s *state, fn *ssa.Function) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if call, ok := instr.(ssa.CallInstruction); ok {
				if r := f.x.oracle.Call(call.Common()).Reach; r.Name != "" && r.Only == "" {
					s.happen(&Event{Kind: r.Kind.event(), At: call, Reach: r})
				}
			}
		}
	}
}

// gather keeps the error of a func literal that was handed to a group, as to that of
// package errgroup, until somebody waits for the group.
func (f *frame) gather(s *state, call *ssa.CallCommon, result Value) {
	if group, ok := groupOf(call); ok && final(result).carries() {
		s.mem.set(group, final(result))
	}
}

// gathered is what waiting for a group answers.
func (f *frame) gathered(s *state, call *ssa.CallCommon) (Value, bool) {
	results := call.Signature().Results()
	group, ok := groupOf(call)
	if !ok || results.Len() != 1 || !IsError(results.At(0).Type()) {
		return Value{}, false
	}
	return s.mem.get(group)
}

// groupOf is the place of what a method's receiver gathers.
func groupOf(call *ssa.CallCommon) (Cell, bool) {
	fn := call.StaticCallee()
	if fn == nil || fn.Signature.Recv() == nil || len(call.Args) == 0 {
		return Cell{}, false
	}
	root, _ := located(call.Args[0])
	return Cell{Base: root, Path: ".gathered"}, true
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
	out := make([]Value, n)
	switch {
	case err.carries():
		for i := range out {
			out[i] = Value{From: Beside}
		}
		out[n-1] = Value{Kind: err.Kind, From: Carries}
	case err.Kind == NonZero:
		out[n-1] = err // of its own, or one that stands for the error
	default:
		return Value{}
	}
	return tuple(out)
}

// unmet reports whether what a condition answers is "not yet", and no error.
func unmet(v Value) bool {
	return v.Kind == Tuple && len(v.Elems) == 2 && v.Elems[1].Kind == Zero && v.Elems[0].Kind == Zero
}

// summarised executes a call whose callee says what it answers when it is
// handed an error, or the nil in its place.
func (f *frame) summarised(s *state, effect Effect, site ssa.CallInstruction, args []Value) ([]continuation, bool) {
	carries := slices.ContainsFunc(args, Value.carries)
	for i, arg := range args {
		if carries && (!arg.carries() || arg.Kind == Const) {
			continue
		}
		given := []Value{arg}
		if operands := site.Common().Args; arg.Kind == Unknown && arg.From&Hangs == 0 && len(operands) == len(args) && IsError(operands[i].Type()) {
			given = []Value{zero, nonZero} // either, whatever the query answers
		}
		var out []continuation
		for _, v := range given {
			answers, ok := effect.Given(i, v)
			if !ok {
				break // it is no error
			}
			for _, a := range answers {
				next := s.clone()
				next.fate |= a.Fate
				if a.Reach.Name != "" {
					next.happen(&Event{Kind: a.Reach.Kind.event(), At: site, Reach: a.Reach})
				}
				if a.Replies != "" {
					next.answered(a.Replies, site)
				}
				if len(given) > 1 {
					operand := site.Common().Args[i]
					if was, known := next.assumed(operand); known && was != (v.Kind == NonZero) {
						continue
					}
					next.assume(operand, v.Kind == NonZero, false)
					f.learn(next, operand, v)
				}
				out = append(out, back(next, tuple(a.Results)))
			}
			if len(answers) == 0 && len(given) == 1 {
				f.exit(s, Stopped, site)
				return nil, true
			}
		}
		if len(out) > 0 {
			return out, true
		}
	}
	return nil, false
}
