package summary

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/catalogue"
	"github.com/errswallow/errswallow/analyzer/internal/predicate"
)

// callee returns the function, method or variable that a call names, or nil.
func callee(call *ssa.CallCommon) types.Object {
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
		if g, ok := v.X.(*ssa.Global); ok {
			return g.Object()
		}
	}
	return nil
}

// Call implements absint.Oracle: the catalogue first, then summaries, then
// what a name promises.
func (in *inference) Call(call *ssa.CallCommon) absint.Effect {
	e, ok := in.effects[call]
	if !ok {
		e = in.effect(call)
		in.effects[call] = e
	}
	return e
}

func (in *inference) effect(call *ssa.CallCommon) absint.Effect {
	obj := callee(call)
	if obj == nil {
		return absint.Effect{}
	}
	if sym, ok := in.lookup(call); ok {
		return ofSymbol(sym, call)
	}
	fn, isFunc := obj.(*types.Func)
	if !isFunc {
		return named(obj.Name(), call)
	}
	s := in.summaryOf(fn)
	if s == nil {
		return named(fn.Name(), call)
	}
	e := absint.Effect{Kind: absint.Summarised, Given: in.given(fn.Origin(), s), Body: in.bodies[fn.Origin()], Reach: s.Reach}
	switch {
	case s.NotFound:
		e.Kind = absint.Gate
	case len(s.Params) == 0:
		e.Kind = named(fn.Name(), call).Kind
		if e.Kind == absint.Gate { // it was executed: its name promises nothing more
			e.Kind = absint.Opaque
		}
	}
	return e
}

// ofSymbol returns the effect of a call in the catalogue.
func ofSymbol(sym catalogue.Symbol, call *ssa.CallCommon) absint.Effect {
	switch sym.Kind {
	case catalogue.NotFound:
		return absint.Effect{Kind: absint.Gate}
	case catalogue.Logger:
		if predicate.NamedExit(methodName(call)) {
			return absint.Effect{Kind: absint.Stop}
		}
		return absint.Effect{Kind: absint.Show}
	case catalogue.Wrap:
		return absint.Effect{Kind: absint.Keep}
	case catalogue.Exit:
		return absint.Effect{Kind: absint.Stop}
	case catalogue.Assert:
		return absint.Effect{Kind: absint.StopOnError}
	case catalogue.Code:
		return absint.Effect{Kind: absint.Classify, Absence: sym.Object}
	case catalogue.Tell:
		return absint.Effect{}
	case catalogue.Poll:
		return absint.Effect{Kind: absint.Again}
	case catalogue.Destructive:
		return absint.Effect{Reach: absint.Reach{Name: sym.Name, Only: sym.Only, Kind: absint.Destroys}}
	case catalogue.Creating:
		return absint.Effect{Reach: absint.Reach{Name: sym.Name, Only: sym.Only, Kind: absint.Creates}}
	case catalogue.Ensuring:
		return absint.Effect{Reach: absint.Reach{Name: sym.Name, Kind: absint.Ensures}}
	}
	return absint.Effect{}
}

func methodName(call *ssa.CallCommon) string {
	if obj := callee(call); obj != nil {
		return obj.Name()
	}
	return ""
}

// named returns what a call's name promises, where nothing else is known.
func named(name string, call *ssa.CallCommon) absint.Effect {
	sig := call.Signature()
	switch {
	case answersBool(sig) && takesError(sig) && predicate.NamedGate(name):
		return absint.Effect{Kind: absint.Gate}
	case sig.Results().Len() == 1 && takesError(sig) && isAnError(sig.Results().At(0).Type()) && predicate.NamedKeeper(name):
		return absint.Effect{Kind: absint.Keep}
	case sig.Results().Len() == 0 && predicate.NamedExit(name):
		return absint.Effect{Kind: absint.Stop}
	case !answersError(sig) && predicate.NamedLogger(name):
		return absint.Effect{Kind: absint.Show}
	case predicate.NamedPoll(name):
		return absint.Effect{Kind: absint.Again}
	}
	return absint.Effect{}
}

// isAnError reports whether a type is, or implements, error.
func isAnError(t types.Type) bool {
	return types.Implements(t, types.Universe.Lookup("error").Type().Underlying().(*types.Interface))
}

func takesError(sig *types.Signature) bool {
	for p := range sig.Params().Variables() {
		if absint.IsError(p.Type()) {
			return true
		}
	}
	return false
}

func answersBool(sig *types.Signature) bool {
	return sig.Results().Len() == 1 && absint.IsBool(sig.Results().At(0).Type())
}

func answersError(sig *types.Signature) bool {
	n := sig.Results().Len()
	return n > 0 && absint.IsError(sig.Results().At(n-1).Type())
}

// given returns what a summary says of an error that is handed in.
func (in *inference) given(fn *types.Func, s *Summary) func(i int, v absint.Value) ([]absint.Answer, bool) {
	return func(i int, v absint.Value) ([]absint.Answer, bool) {
		for _, p := range s.Params {
			if p.Index != i {
				continue
			}
			if !in.handed {
				in.applied[fn] = true
			}
			switch v.Kind {
			case absint.Fault:
				return decided(values(p.Faults, 0, false)), true
			case absint.Absent:
				return decided(values(p.Absent, 0, false)), true
			case absint.Zero:
				return decided(values(p.Nil, 0, false)), true
			}
		}
		return nil, false
	}
}

// decided marks what does not hold the error as decided by it: what a function
// answers that looks at nothing else, such as failed(err).
func decided(answers []absint.Answer) []absint.Answer {
	for _, a := range answers {
		for i, v := range a.Results {
			if v.From == 0 {
				a.Results[i].From = absint.ByError
			}
		}
	}
	return answers
}

// AbsenceVar implements absint.Oracle.
func (in *inference) AbsenceVar(obj types.Object) bool {
	if obj == nil || obj.Pkg() == nil {
		return false
	}
	if sym, ok := in.cat.Lookup(obj); ok {
		return sym.Kind == catalogue.Absence
	}
	if predicate.NamedGate(obj.Name()) {
		return true
	}
	return in.ownTree(obj.Pkg())
}

// ownTree reports whether a package stands in the same repository as the one
// that is analysed. A sentinel declared there is in no error of a client
// library: what is compared with it is something the program itself made of
// an answer, and a fault that was passed on is not it.
func (in *inference) ownTree(pkg *types.Package) bool {
	for fn := range in.bodies {
		return tree(fn.Pkg().Path()) == tree(pkg.Path())
	}
	return false
}

// tree returns the part of an import path that a repository's packages share:
// github.com/owner/name, example.com/name, or the first element of a module
// that has no host. Drivers need not know modules, so the path has to do.
func tree(path string) string {
	parts := strings.Split(path, "/")
	n := 1
	switch host := parts[0]; {
	case host == "github.com", host == "gitlab.com", host == "bitbucket.org", host == "codeberg.org":
		n = 3
	case strings.Contains(host, "."):
		n = 2
	}
	return strings.Join(parts[:min(n, len(parts))], "/")
}

// AbsenceType implements absint.Oracle.
func (in *inference) AbsenceType(t types.Type) bool {
	t = types.Unalias(t)
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	if named, ok := t.(*types.Named); ok {
		if sym, ok := in.cat.Lookup(named.Obj()); ok {
			return sym.Kind == catalogue.Absence
		}
		if predicate.NamedGate(named.Obj().Name()) {
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
