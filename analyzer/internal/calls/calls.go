package calls

import (
	"go/constant"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/catalogue"
	"github.com/errswallow/errswallow/analyzer/internal/summary"
)

// Summaries is what is known of the functions that are called.
type Summaries interface {
	// SummaryOf returns the summary of a function, or nil.
	SummaryOf(fn *types.Func) *summary.Summary
	// Body returns a function of the package, or nil.
	Body(fn *types.Func) *ssa.Function
}

// A Resolver says what the calls of one package do. It implements absint.Oracle.
type Resolver struct {
	Catalogue *catalogue.Catalogue
	// Package is the package whose calls these are.
	Package   *types.Package
	Summaries Summaries
	// Functions are those of the package.
	Functions []*ssa.Function

	entries map[types.Object]entry
	effects map[*ssa.CallCommon]absint.Effect
	fields  map[objects]map[string]absint.Value // see Fields

	commands map[*ssa.CallCommon]catalogue.Symbol // see Lookup
	helpers  map[*ssa.Function]helper
	byName   map[string][]*ssa.Function   // see methods
	stored   map[types.Object][]ssa.Value // see variables
}

// Forget forgets what was said of calls: the summaries have changed.
func (r *Resolver) Forget() {
	clear(r.effects)
	clear(r.commands)
}

// Callee returns the function, method or variable that a call names, or nil.
func Callee(call *ssa.CallCommon) types.Object {
	if call.IsInvoke() {
		return call.Method
	}
	switch v := call.Value.(type) {
	case *ssa.Function:
		if obj := v.Origin(); obj != nil {
			v = obj
		}
		return v.Object()
	case *ssa.MakeClosure:
		return v.Fn.(*ssa.Function).Object()
	case *ssa.UnOp: // a variable of func type
		switch x := v.X.(type) {
		case *ssa.Global:
			return x.Object()
		case *ssa.FieldAddr:
			return fieldCallee(x)
		}
	}
	return nil
}

// fieldCallee returns the function that a field of a struct of the function's own
// holds, if it is stored to once.
func fieldCallee(addr *ssa.FieldAddr) types.Object {
	literal, ok := addr.X.(*ssa.Alloc)
	if !ok {
		return nil
	}
	var stored []ssa.Value
	for _, ref := range *literal.Referrers() {
		if field, ok := ref.(*ssa.FieldAddr); ok && field.Field == addr.Field {
			for _, use := range *field.Referrers() {
				if st, ok := use.(*ssa.Store); ok && st.Addr == field {
					stored = append(stored, st.Val)
				}
			}
		}
	}
	if len(stored) != 1 {
		return nil
	}
	switch fn := stored[0].(type) {
	case *ssa.Function:
		return fn.Object()
	case *ssa.MakeClosure:
		return fn.Fn.(*ssa.Function).Object()
	}
	return nil
}

// Call implements absint.Oracle. The sources are asked in this order: the catalogue,
// in which directives and a user's own entries stand, too; summaries; what a name
// promises.
func (r *Resolver) Call(call *ssa.CallCommon) absint.Effect {
	e, ok := r.effects[call]
	if !ok {
		e = r.effect(call)
		if r.effects == nil {
			r.effects = map[*ssa.CallCommon]absint.Effect{}
		}
		r.effects[call] = e
	}
	return e
}

func (r *Resolver) effect(call *ssa.CallCommon) absint.Effect {
	e := r.sourced(call)
	e.Quiet = e.Quiet || !e.Changes && fluent(call)
	if (e.Kind == absint.Keep || makesError(call)) && e.Status == none && r.handsAbsence(call) {
		e.Kind, e.Absence = absint.Keep, "not found"
	}
	if (e.Kind == absint.Opaque || e.Kind == absint.Keep || e.Kind == absint.Summarised) && e.Status == none {
		code := made(call)
		if fn, ok := Callee(call).(*types.Func); ok && code == "" {
			code = responder(fn)
		}
		if code != "" {
			e.Kind, e.Code = absint.Keep, code
		}
	}
	return e
}

// makesError reports whether a call answers an error, and nothing else, and is handed none: with a
// code of absence, failure(codes.NotFound, text), it makes one.
func makesError(call *ssa.CallCommon) bool {
	sig := call.Signature()
	return sig.Results().Len() == 1 && absint.IsError(sig.Results().At(0).Type()) && !takesError(sig) &&
		slices.ContainsFunc(slices.Collect(sig.Params().Variables()), isStatus)
}

// made returns the status of a reply that a call makes, as an error or as an object of its own, of
// a status that it is handed: 404 of NewResponse(404, "no such user"); "" for none.
func made(call *ssa.CallCommon) string {
	sig := call.Signature()
	if sig.Results().Len() != 1 || len(call.Args) < sig.Params().Len() || absint.HandsReply(call) {
		return ""
	}
	switch t := sig.Results().At(0).Type().Underlying().(type) {
	case *types.Interface, *types.Struct:
	case *types.Pointer:
		if _, ok := t.Elem().Underlying().(*types.Struct); !ok {
			return ""
		}
	default:
		return ""
	}
	args := call.Args[len(call.Args)-sig.Params().Len():]
	for i, arg := range args {
		c, ok := arg.(*ssa.Const)
		if !ok || c.Value == nil || c.Value.Kind() != constant.Int || !isStatus(sig.Params().At(i)) {
			continue
		}
		if absint.IsStatus(c.Value) {
			return c.Value.ExactString()
		}
	}
	return ""
}

// isStatus reports whether a parameter is the status of a reply, by its name or by that of its type.
func isStatus(v *types.Var) bool {
	b, ok := v.Type().Underlying().(*types.Basic)
	if !ok || b.Info()&types.IsInteger == 0 {
		return false
	}
	named, ok := types.Unalias(v.Type()).(*types.Named)
	return namedStatus(v.Name()) || ok && namedStatus(named.Obj().Name())
}

// fluent reports whether a call is one of a chain: it answers what it was called on, for
// another to be called on that. What the chain does is the last one's, but for what is known to
// change something: (*gorm.DB).Create.
func fluent(call *ssa.CallCommon) bool {
	sig := call.Signature()
	recv := call.Value
	if !call.IsInvoke() {
		if sig.Recv() == nil || len(call.Args) == 0 {
			return false
		}
		recv = call.Args[0]
	}
	return sig.Results().Len() == 1 && types.Identical(sig.Results().At(0).Type(), recv.Type())
}

func (r *Resolver) sourced(call *ssa.CallCommon) absint.Effect {
	obj := Callee(call)
	if obj == nil {
		e := absint.Effect{Status: none}
		if sig := call.Signature(); answersBool(sig) && sig.Params().Len() == 1 && takesError(sig) {
			if _, handed := call.Value.(*ssa.Parameter); handed { // a caller says what absence is
				e.Kind = absint.Gate
			}
		}
		return e
	}
	if sym, _, ok := r.Lookup(call); ok {
		return ofSymbol(sym, call)
	}
	fn, isFunc := obj.(*types.Func)
	if !isFunc {
		return named(obj.Name(), call)
	}
	if sig := call.Signature(); answersBool(sig) && takesError(sig) && (r.handsAbsence(call) || r.asksForAbsence(call) || sig.Recv() != nil && r.AbsenceType(sig.Recv().Type())) {
		return absint.Effect{Kind: absint.Gate, Status: none}
	}
	if sig := call.Signature(); sig.Results().Len() == 1 && absint.IsAnError(sig.Results().At(0).Type()) && namedAbsence(fn.Name()) {
		return absint.Effect{Kind: absint.Keep, Status: none, Absence: "not found"}
	}
	s := r.Summaries.SummaryOf(fn)
	if s == nil {
		return named(fn.Name(), call)
	}
	e := absint.Effect{Kind: absint.Summarised, Given: given(s), Body: r.Summaries.Body(fn.Origin()), Reach: reachOf(s), Quiet: s.Quiet, Changes: s.Acts, Status: none}
	switch {
	case s.Makes != "":
		e.Kind, e.Code = absint.Keep, s.Makes
	case s.Reply != (summary.Reply{}):
		e.Kind, e.Status, e.Absence = absint.Reply, s.Reply.Param-1, s.Reply.Code
	case s.NotFound:
		e.Kind = absint.Gate
	case s.Ends:
		e.Kind = absint.Stop
	case len(s.Params) == 0:
		e.Kind = named(fn.Name(), call).Kind
		if e.Kind == absint.Gate { // it was executed: its name promises nothing more
			e.Kind = absint.Opaque
		}
	}
	return e
}

// none is Effect.Status where there is none.
const none = -1

// ofSymbol returns the effect of a call in the catalogue.
func ofSymbol(sym catalogue.Symbol, call *ssa.CallCommon) absint.Effect {
	e := absint.Effect{Status: none}
	switch sym.Kind {
	case catalogue.Query, catalogue.Probe, catalogue.Idle:
		seen, handed := With(call, sym.Answer.With)
		e.Quiet = seen || handed
	case catalogue.NotFound:
		e.Kind = absint.Gate
		if sym.Object != "" {
			e.Kind = coded(call, sym.Object)
		}
	case catalogue.Fault:
		e.Kind = absint.Ask
	case catalogue.Pure:
		e.Kind = absint.Pure
	case catalogue.Logger:
		e.Kind = absint.Show
		if namedExit(methodName(call)) {
			e.Kind = absint.Stop
		}
	case catalogue.Print:
		e.Kind, e.Writes = absint.Show, true
	case catalogue.Reply:
		e.Kind, e.Status = absint.Reply, sym.Argument(call.IsInvoke() || call.Signature().Recv() != nil)
		e.Absence, _ = strings.CutPrefix(sym.Object, "=")
		if e.Absence == sym.Object {
			e.Absence = ""
		}
	case catalogue.Wrap:
		e.Kind, e.Status = absint.Keep, sym.Argument(false)
	case catalogue.Filter:
		e.Kind = absint.Filter
	case catalogue.Exit:
		e.Kind = absint.Stop
	case catalogue.Assert:
		e.Kind = absint.StopOnError
	case catalogue.Code:
		e.Kind, e.Absence = absint.Classify, sym.Object
	case catalogue.Tell:
		e.Kind, e.Complains = absint.Tell, call.Signature().Recv() != nil && namedComplaint(methodName(call))
	case catalogue.Poll:
		e.Kind = absint.Again
	case catalogue.Destructive:
		e.Reach = absint.Reach{Name: sym.Name, Only: sym.Only, Kind: absint.Destroys}
	case catalogue.Action:
		e.Changes = true
	case catalogue.Forgetting:
		e.Reach = absint.Reach{Name: sym.Name, Only: sym.Only, Kind: absint.Destroys, Forgets: true}
	case catalogue.Creating:
		e.Reach = absint.Reach{Name: sym.Name, Only: sym.Only, Kind: absint.Creates}
	case catalogue.Ensuring:
		e.Reach = absint.Reach{Name: sym.Name, Kind: absint.Ensures}
	}
	return e
}

// handsAbsence reports whether a call is handed a constant that stands for absence, as a
// library or its name says: whoever is handed an error, too, and answers a bool, compares the two.
func (r *Resolver) handsAbsence(call *ssa.CallCommon) bool {
	is := func(v ssa.Value) bool {
		c, ok := absint.Unboxed(v).(*ssa.Const)
		if !ok || c.Value == nil {
			return false
		}
		named, ok := types.Unalias(c.Type()).(*types.Named)
		if !ok { // a status, or a code in a word: a text of several is looked for in others
			word := c.Value.Kind() == constant.String && !strings.Contains(constant.StringVal(c.Value), " ")
			return (word || c.Value.Kind() == constant.Int) && r.AbsenceConst(c.Value, c.Type())
		}
		return slices.ContainsFunc(absint.ConstantsOf(named, c.Value), func(k *types.Const) bool {
			sym, ok := r.Catalogue.Lookup(k)
			return ok && sym.Kind == catalogue.Absence || !ok && NamedGate(k.Name())
		})
	}
	for _, arg := range call.Args {
		if is(arg) {
			return true
		}
		if array, ok := variadic(arg); ok {
			for _, element := range absint.Elements(array) {
				if is(element) {
					return true
				}
			}
		}
	}
	return false
}

// asksForAbsence reports whether a call is of a generic predicate, of a type of errors that
// stands for absence: absentAs[*types.NoSuchKey](err).
func (r *Resolver) asksForAbsence(call *ssa.CallCommon) bool {
	fn := call.StaticCallee()
	return fn != nil && slices.ContainsFunc(fn.TypeArgs(), func(t types.Type) bool { return absint.IsAnError(t) && r.AbsenceType(t) })
}

// coded is what a predicate does that is handed codes: it is one of absence if the code of
// that is among them, and says what sort of fault an error is if others are.
func coded(call *ssa.CallCommon, absence string) absint.EffectKind {
	kind := absint.Opaque
	look := func(v ssa.Value) {
		if c, ok := v.(*ssa.Const); ok && c.Value != nil && c.Value.Kind() == constant.Int {
			if kind == absint.Opaque {
				kind = absint.Ask
			}
			if c.Value.ExactString() == absence {
				kind = absint.Gate
			}
		}
	}
	for _, arg := range call.Args {
		look(arg)
		if array, ok := variadic(arg); ok {
			for _, element := range absint.Elements(array) {
				look(element)
			}
		}
	}
	return kind
}

func methodName(call *ssa.CallCommon) string {
	if obj := Callee(call); obj != nil {
		return obj.Name()
	}
	return ""
}

// named returns what a call's name promises, where nothing else is known.
func named(name string, call *ssa.CallCommon) absint.Effect {
	sig := call.Signature()
	e := absint.Effect{Status: none}
	switch {
	case answersBool(sig) && (takesError(sig) || sig.Recv() != nil && sig.Params().Len() == 0) && NamedGate(name):
		e.Kind = absint.Gate
	case sig.Results().Len() == 1 && absint.IsAnError(sig.Results().At(0).Type()) && ((takesError(sig) || takesAnything(sig)) && namedKeeper(name) || takesText(sig) && namedError(name) || !takesError(sig) && sig.Recv() == nil && namedMaker(name)):
		e.Kind = absint.Keep
	case sig.Results().Len() == 0 && namedExit(name):
		e.Kind = absint.Stop
	case !AnswersError(sig) && (namedLogger(name) || loggerPackage(call)):
		e.Kind = absint.Show
	case statusFor(call) >= 0:
		e.Kind, e.Status = absint.Reply, statusFor(call)
	case NamedPoll(name):
		e.Kind = absint.Again
	case answersBool(sig) && takesList(sig) && namedSearch(name):
		e.Kind = absint.Search
	}
	return e
}

// statusFor returns which argument, a receiver first, is the status that a remote caller is
// answered, of a call that is handed where to write that to: Render(w, status, page); none where
// it is no such call.
func statusFor(call *ssa.CallCommon) int {
	if !absint.HandsReply(call) {
		return none
	}
	params := call.Signature().Params()
	for i := range params.Len() {
		if isStatus(params.At(i)) {
			if call.IsInvoke() || call.Signature().Recv() != nil {
				return i + 1
			}
			return i
		}
	}
	return none
}

// loggerPackage reports whether a call is of a function or a method of a package that is
// called log, logger or logging.
func loggerPackage(call *ssa.CallCommon) bool {
	obj := Callee(call)
	return obj != nil && obj.Pkg() != nil && slices.Contains([]string{"log", "logger", "logging"}, obj.Pkg().Name())
}

// takesText reports whether a function is handed a text before anything else.
func takesText(sig *types.Signature) bool {
	if sig.Params().Len() == 0 {
		return false
	}
	b, ok := sig.Params().At(0).Type().Underlying().(*types.Basic)
	return ok && b.Info()&types.IsString != 0
}

// takesList reports whether a function is handed a list, a map or a set.
func takesList(sig *types.Signature) bool {
	for p := range sig.Params().Variables() {
		switch p.Type().Underlying().(type) {
		case *types.Slice, *types.Map:
			return true
		}
	}
	return false
}

func takesError(sig *types.Signature) bool {
	for p := range sig.Params().Variables() {
		if absint.IsError(p.Type()) {
			return true
		}
	}
	return false
}

// takesAnything reports whether a function is handed one value, of any type: an error, perhaps.
func takesAnything(sig *types.Signature) bool {
	if sig.Params().Len() != 1 || sig.Variadic() {
		return false
	}
	i, ok := sig.Params().At(0).Type().Underlying().(*types.Interface)
	return ok && i.Empty()
}

func answersBool(sig *types.Signature) bool {
	return sig.Results().Len() == 1 && absint.IsBool(sig.Results().At(0).Type())
}

func AnswersError(sig *types.Signature) bool {
	n := sig.Results().Len()
	return n > 0 && absint.IsError(sig.Results().At(n-1).Type())
}

// reachOf is what a function does, whatever it is handed, that cannot be undone. Of one that is
// handed an error each answer says what is done on the way to it.
func reachOf(s *summary.Summary) absint.Reach {
	if len(s.Params) > 0 {
		return absint.Reach{}
	}
	return s.Reach
}

// given returns what a summary says of an error that is handed in.
func given(s *summary.Summary) func(i int, v absint.Value) ([]absint.Answer, bool) {
	return func(i int, v absint.Value) ([]absint.Answer, bool) {
		for _, p := range s.Params {
			if p.Index != i {
				continue
			}
			switch v.Kind {
			case absint.Fault:
				return decided(summary.Values(p.Faults, 0, false)), true
			case absint.Absent:
				return decided(summary.Values(p.Absent, 0, false)), true
			case absint.Zero:
				return decided(summary.Values(p.Nil, 0, false)), true
			case absint.NonZero: // some other error
				return others(summary.Values(p.Faults, 0, false)), true
			}
		}
		return nil, false
	}
}

// others is what is answered of an error that is not the one in question.
func others(answers []absint.Answer) []absint.Answer {
	for i := range answers {
		answers[i].Fate = 0
		for j, v := range answers[i].Results {
			if v.From&absint.Carries != 0 {
				answers[i].Results[j] = absint.Value{Kind: absint.NonZero}
			}
		}
	}
	return answers
}

// decided marks what does not hold the error as decided by it: what a function
// answers that looks at nothing else, such as failed(err).
func decided(answers []absint.Answer) []absint.Answer {
	for _, a := range answers {
		for i, v := range a.Results {
			if v.From == 0 {
				a.Results[i].From = absint.Decided
				if v.Kind == absint.Unknown {
					a.Results[i].From |= absint.Unsure
				}
			}
		}
	}
	return answers
}

// FaultVar implements absint.Oracle.
func (r *Resolver) FaultVar(obj types.Object) bool {
	return obj.Pkg() == nil || namedFault(obj.Name()) || obj.Pkg().Path() == "syscall"
}

// FaultText implements absint.Oracle.
func (r *Resolver) FaultText(text string) bool { return namedFault(text) }

// AbsenceVar implements absint.Oracle.
func (r *Resolver) AbsenceVar(obj types.Object) bool {
	if obj == nil || obj.Pkg() == nil {
		return false
	}
	if sym, ok := r.Catalogue.Lookup(obj); ok {
		return sym.Kind == catalogue.Absence
	}
	if NamedGate(obj.Name()) {
		return true
	}
	return r.OwnTree(obj.Pkg())
}

// AbsenceIs reports whether what an error is told from others by stands for absence, see
// [absint.Value].
func (r *Resolver) AbsenceIs(id string) bool {
	if code, ok := strings.CutPrefix(id, "code "); ok {
		return code == "404" || code == "410" || code == grpcNotFound
	}
	if text, ok := absint.Says(id); ok {
		return r.AbsenceText(text)
	}
	dot := strings.LastIndexByte(id, '.')
	if sym, ok := r.Catalogue.Exact(id[:max(dot, 0)], id[dot+1:]); ok {
		return sym.Kind == catalogue.Absence
	}
	return NamedGate(id[dot+1:])
}

// grpcNotFound is codes.NotFound of gRPC, and of connect.
const grpcNotFound = "5"

// AbsenceConst implements absint.Oracle: the codes of HTTP, and constants and words that
// are named for absence.
func (r *Resolver) AbsenceConst(c constant.Value, t types.Type) bool {
	switch c.Kind() {
	case constant.String:
		return NamedGate(constant.StringVal(c))
	case constant.Int:
		if n, ok := constant.Int64Val(c); ok && (n == http404 || n == http410) {
			return true
		}
		named, ok := types.Unalias(t).(*types.Named)
		return ok && slices.ContainsFunc(absint.ConstantsOf(named, c), func(k *types.Const) bool {
			if sym, ok := r.Catalogue.Lookup(k); ok {
				return sym.Kind == catalogue.Absence
			}
			return NamedGate(k.Name())
		})
	}
	return false
}

// AbsenceText implements absint.Oracle.
func (r *Resolver) AbsenceText(text string) bool { return absenceText().MatchString(text) }

const http404, http410 = 404, 410 // not found, gone

// Constants returns the names of the constants of a type that have a value.
func Constants(t *types.Named, c constant.Value) (names []string) {
	for _, k := range absint.ConstantsOf(t, c) {
		names = append(names, k.Name())
	}
	return names
}

// OwnTree reports whether a package stands in the same repository as the one
// that is analysed. A sentinel declared there is in no error of a client
// library: what is compared with it is something the program itself made of
// an answer, and a fault that was passed on is not it.
func (r *Resolver) OwnTree(pkg *types.Package) bool {
	return pkg == r.Package || tree(r.Package.Path()) == tree(pkg.Path())
}

// tree returns the part of an import path that a repository's packages share:
// github.com/owner/name, example.com/name, or the first element of a module
// that has no host. Drivers need not know modules, so the path has to do.
func tree(path string) string {
	host, _, _ := strings.Cut(path, "/")
	n := 1
	switch {
	case host == "github.com", host == "gitlab.com", host == "bitbucket.org", host == "codeberg.org":
		n = 3
	case strings.Contains(host, "."):
		n = 2
	}
	for i := range len(path) {
		if path[i] != '/' {
			continue
		}
		if n--; n == 0 {
			return path[:i]
		}
	}
	return path
}

// AbsenceType implements absint.Oracle.
func (r *Resolver) AbsenceType(t types.Type) bool {
	t = types.Unalias(t)
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	if named, ok := t.(*types.Named); ok {
		if sym, ok := r.Catalogue.Lookup(named.Obj()); ok {
			return sym.Kind == catalogue.Absence
		}
		if NamedGate(named.Obj().Name()) {
			return true
		}
	}
	iface, ok := t.Underlying().(*types.Interface)
	if !ok {
		return false
	}
	for m := range iface.Methods() {
		if m.Name() == "NotFound" || m.Name() == "IsNotFound" {
			return true
		}
	}
	return false
}
