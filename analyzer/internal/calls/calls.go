package calls

import (
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
	records  map[*types.TypeName]bool     // see makesRecord
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
	e.Quiet = e.Quiet || !e.Changes && Fluent(call)
	if (e.Kind == absint.Keep || makesError(call) || r.makesRecord(call)) && e.Status == none && r.handsAbsence(call) || e.Kind != absint.Keep && remakes(call) {
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
		name, _, _ := strings.Cut(obj.Name(), " ") // of a stand-in, too: see package partial
		return named(name, call)
	}
	if sig := call.Signature(); answersBool(sig) && takesError(sig) && (r.handsAbsence(call) || r.asksForAbsence(call) || sig.Recv() != nil && r.AbsenceType(sig.Recv().Type())) {
		return absint.Effect{Kind: absint.Gate, Status: none}
	}
	if sig := call.Signature(); sig.Results().Len() == 1 && absint.IsAnError(sig.Results().At(0).Type()) && namedAbsence(fn.Name()) {
		return absint.Effect{Kind: absint.Keep, Status: none, Absence: "not found"}
	}
	s := r.Summaries.SummaryOf(fn)
	if s == nil && r.handsLogger(call) {
		return absint.Effect{Kind: absint.Show, Status: none}
	}
	if s == nil {
		return named(fn.Name(), call)
	}
	e := absint.Effect{Kind: absint.Summarised, Given: given(s), Body: r.Summaries.Body(fn.Origin()), Reach: reachOf(s), Quiet: s.Quiet, Changes: s.Acts, Status: none}
	if len(s.Always) > 0 {
		e.Always = &summary.Values(s.Always, 0, false)[0]
	}
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

// handsLogger reports whether a call that answers nothing is handed a logger, or a span of a trace:
// what else it is handed is shown by that.
func (r *Resolver) handsLogger(call *ssa.CallCommon) bool {
	return call.Signature().Results().Len() == 0 && slices.ContainsFunc(call.Args, func(arg ssa.Value) bool {
		named, ok := pointee(arg.Type()).(*types.Named)
		if !ok {
			return false
		}
		e := r.entry(named.Obj())
		return e.ok && e.symbol.Kind == catalogue.Logger
	})
}

// pointee returns a type, or the one that it points to.
func pointee(t types.Type) types.Type {
	t = types.Unalias(t)
	if p, ok := t.(*types.Pointer); ok {
		return types.Unalias(p.Elem())
	}
	return t
}

// loggerPackage reports whether a call is of a function or a method of a package that is
// called log, logger or logging.
func loggerPackage(call *ssa.CallCommon) bool {
	obj := Callee(call)
	return obj != nil && obj.Pkg() != nil && slices.Contains([]string{"log", "logger", "logging"}, obj.Pkg().Name())
}
