package trial

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/calls"
	"github.com/errswallow/errswallow/analyzer/internal/summary"
)

// A Reliance is a call of a function that asks a runtime, and what the caller
// comes to destroy, or to make anew, when the query inside it fails.
type Reliance struct {
	Callee  *types.Func
	Caller  *ssa.Function
	Pos     token.Pos
	Reached []*absint.Event
}

// Reliances returns the calls of a function, and of its func literals, of those
// that ask: what they answer is made of a query's answer, or is a bool.
func (p *Package) Reliances(fn *ssa.Function) []Reliance {
	in := p.infer
	in.test = in.facts.Test(fn.Pos())
	var out []Reliance
	for call := range callsOf(fn) {
		callee, ok := calls.Callee(call.Common()).(*types.Func)
		if !ok {
			continue
		}
		s := in.SummaryOf(callee)
		if s == nil || s.Query == "" || !s.Asks && !answersVerdict(callee.Signature()) {
			continue
		}
		r := Reliance{Callee: callee.Origin(), Pos: call.Pos()}
		if len(s.Faults) > 0 {
			h := absint.Hypothesis{Site: call, Answers: summary.Values(s.Faults, absint.Beside, calls.AnswersError(call.Common().Signature()))}
			for _, e := range in.machine.Execute(fn, h).Exits {
				r.Reached = append(r.Reached, Losses(e)...)
			}
		}
		out = append(out, r)
	}
	return out
}

// Losses returns what was destroyed, or made anew, on a way out.
func Losses(e absint.Exit) (events []*absint.Event) {
	for _, event := range e.Events {
		if event.Kind == absint.Destroyed || event.Kind == absint.Created {
			events = append(events, event)
		}
	}
	return events
}

// answersVerdict reports whether a function answers a bool.
func answersVerdict(sig *types.Signature) bool {
	for v := range sig.Results().Variables() {
		if absint.IsBool(v.Type()) {
			return true
		}
	}
	return false
}

// Implements returns the interface methods of the same repository that a method
// is called by: those of interfaces that the package declares, or converts its
// values to.
func (p *Package) Implements(fn *types.Func) []string {
	if fn.Signature().Recv() == nil {
		return nil
	}
	var out []string
	for _, name := range fn.Pkg().Scope().Names() {
		iface, ok := fn.Pkg().Scope().Lookup(name).Type().Underlying().(*types.Interface)
		if !ok {
			continue
		}
		for m := range iface.Methods() {
			if summary.Implements(fn, m) {
				out = append(out, m.FullName())
			}
		}
	}
	for _, m := range p.implements {
		if m.impl == fn {
			out = append(out, m.method.FullName())
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Gates names what a function, and its func literals, tell absence from a fault
// by.
func (p *Package) Gates(fn *ssa.Function) []string {
	in := p.infer
	var out []string
	add := func(name string) {
		if name != "" && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	for call := range callsOf(fn) {
		common := call.Common()
		if obj, ok := calls.Callee(common).(*types.Func); ok && obj.Pkg() != nil && obj.Pkg().Path() == "errors" && len(common.Args) == 2 {
			add(in.errorsGate(obj.Name(), common.Args[1]))
			continue
		}
		switch effect := in.calls.Call(common); effect.Kind {
		case absint.Gate, absint.Classify:
			add(shortName(calls.Callee(common)))
		case absint.Summarised:
			if in.gates(common) {
				add(shortName(calls.Callee(common)))
			}
		}
	}
	for _, f := range append([]*ssa.Function{fn}, fn.AnonFuncs...) {
		for _, b := range f.Blocks {
			for _, instr := range b.Instrs {
				switch instr := instr.(type) {
				case *ssa.BinOp:
					if (instr.Op == token.EQL || instr.Op == token.NEQ) && absint.IsError(instr.X.Type()) {
						add(in.sentinel(instr.X))
						add(in.sentinel(instr.Y))
					}
				case *ssa.TypeAssert:
					if absint.IsError(instr.X.Type()) && in.calls.AbsenceType(instr.AssertedType) {
						add(types.TypeString(instr.AssertedType, shortPackage))
					}
				}
			}
		}
	}
	for _, t := range in.trials[fn] {
		if t.fail(); t.byMessage != nil {
			add("its text")
		}
	}
	return out
}

// errorsGate names what errors.Is and errors.As look for, if it stands for absence.
func (in *inference) errorsGate(function string, target ssa.Value) string {
	switch function {
	case "Is":
		return in.sentinel(target)
	case "As":
		t := target.Type()
		if mk, ok := target.(*ssa.MakeInterface); ok {
			t = mk.X.Type()
		}
		if p, ok := t.Underlying().(*types.Pointer); ok && in.calls.AbsenceType(p.Elem()) {
			return types.TypeString(p.Elem(), shortPackage)
		}
	}
	return ""
}

// sentinel names the package variable that v is loaded from, if it stands for
// absence.
func (in *inference) sentinel(v ssa.Value) string {
	load, ok := v.(*ssa.UnOp)
	if !ok {
		return ""
	}
	if g, ok := load.X.(*ssa.Global); ok && in.calls.AbsenceVar(g.Object()) {
		return shortName(g.Object())
	}
	return ""
}

// gates reports whether a function of this repository tells absence from a fault
// in an error that it is handed.
func (in *inference) gates(call *ssa.CallCommon) bool {
	fn, ok := calls.Callee(call).(*types.Func)
	if !ok || fn.Signature().Results().Len() != 1 || !absint.IsBool(fn.Signature().Results().At(0).Type()) {
		return false
	}
	s := in.SummaryOf(fn)
	return s != nil && (s.NotFound || slices.ContainsFunc(s.Params, func(p summary.Param) bool {
		return len(p.Faults) == 1 && len(p.Absent) == 1 && p.Faults[0].Results[0].Kind != p.Absent[0].Results[0].Kind
	}))
}

// shortName is the name of an object with its package's.
func shortName(obj types.Object) string {
	if obj == nil || obj.Pkg() == nil {
		return ""
	}
	return obj.Pkg().Name() + "." + obj.Name()
}

func shortPackage(p *types.Package) string { return p.Name() }

// FailSafe reports whether a fault is answered with an error, and with the
// opposite of what is answered of an object that is absent.
func (t *Trial) FailSafe() bool {
	verdict := -1
	for i := range t.Fn.Signature.Results().Len() {
		if verdict < 0 && absint.IsBool(t.Fn.Signature.Results().At(i).Type()) {
			verdict = i
		}
	}
	if verdict < 0 || !t.Propagates() {
		return false
	}
	for _, w := range t.Ways() {
		if w.How != absint.Returned {
			continue
		}
		absent := 0
		for _, e := range t.Exits(Absent) {
			if !t.Normal(e) {
				continue
			}
			if alike(w.Results[verdict], e.Results[verdict]) {
				return false
			}
			absent++
		}
		if absent == 0 {
			return false
		}
	}
	return true
}

// Propagates reports whether the caller is told of a fault on every way out.
func (t *Trial) Propagates() bool {
	returns := false
	for _, e := range t.Exits(Fault) {
		if e.How == absint.Returned {
			if !e.Told() {
				return false
			}
			returns = true
		}
	}
	return returns
}
