package trial

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/calls"
	"github.com/errswallow/errswallow/analyzer/internal/summary"
)

// Use says what callers in the package do on the answer of a function: harm is one that
// makes a call which cannot be undone when the function answers as under a fault, and not
// when it answers as of an object that is there; safe reports that all there are do it the
// other way round, and leave it at that, or ask again after a pause, and that there are no
// others.
func (p *Package) Use(t *Trial) (harm *Reliance, safe bool) {
	if t.use == nil {
		harm, safe := p.used(t)
		t.use = &use{harm, safe}
	}
	return t.use.harm, t.use.safe
}

// A use is what Use says of a trial: every finding in it is weighed by that.
type use struct {
	harm *Reliance
	safe bool
}

func (p *Package) used(t *Trial) (harm *Reliance, safe bool) {
	in := p.infer
	obj, ok := t.Fn.Object().(*types.Func)
	if !ok {
		return nil, false
	}
	results := t.Fn.Signature.Results()
	verdict := results.Len() > 0 && absint.IsBool(results.At(0).Type()) // an error made of nothing else is the same mistake
	// What a test does on the answer says nothing of it.
	tests := func(fn *ssa.Function) bool { return in.facts.Test(fn.Pos()) && !t.Test() }
	callers := slices.DeleteFunc(slices.Clone(in.callers[obj.Origin()]), tests)
	safe = !obj.Exported() && len(callers) > 0
	fault, found := told(absint.Outcome{Exits: t.Exits(Fault)}), told(t.Outcome(Found))
	if len(fault) == 0 || len(found) == 0 {
		return nil, false
	}
	// The one that is told of may not depend on where it is declared.
	slices.SortStableFunc(callers, byName)
	for _, caller := range slices.Compact(callers) {
		for call := range callsOf(caller) {
			if callee, ok := calls.Callee(call.Common()).(*types.Func); !ok || callee.Origin() != obj.Origin() {
				continue
			}
			losses := func(answers []summary.Answer) []absint.Exit {
				h := absint.Hypothesis{Site: call, Answers: summary.Values(answers, absint.Beside, calls.AnswersError(call.Common().Signature()))}
				return in.machine.Execute(caller, h).Exits
			}
			under, there := losses(fault), losses(found)
			if e := lost(under, there); e != nil {
				return &Reliance{Callee: obj, Caller: caller, Pos: call.Pos(), Reached: []*absint.Event{e}}, false
			}
			safe = safe && (spares(under, there) || waits(call) && !ends(under, there) || verdict && refuses(caller, under, there) || in.handles(caller))
		}
	}
	return nil, safe
}

// refuses reports whether a function answers an error wherever it was told of a fault, and
// not always where the object is there: it does nothing, and says so.
func refuses(fn *ssa.Function, under, there []absint.Exit) bool {
	fails := func(e absint.Exit) bool {
		n := len(e.Results)
		return e.How == absint.Returned && n > 0 && absint.IsError(fn.Signature.Results().At(n-1).Type()) && e.Results[n-1].Kind == absint.NonZero
	}
	works := func(e absint.Exit) bool { return !fails(e) }
	return len(under) > 0 && !slices.ContainsFunc(under, works) && slices.ContainsFunc(there, works)
}

// ends reports whether the program ends somewhere, and not there on any of other ways out: who
// watches, and gives up, does not ask again.
func ends(exits, others []absint.Exit) bool {
	return slices.ContainsFunc(exits, func(e absint.Exit) bool {
		return e.How == absint.Stopped && !slices.ContainsFunc(others, func(o absint.Exit) bool { return o.How == absint.Stopped && o.Block == e.Block })
	})
}

// spares reports whether something is lost for an object that is there alone, and nothing is done under
// a fault that is not done for that: it is only left out.
func spares(under, there []absint.Exit) bool {
	did := func(exits []absint.Exit, is func(*absint.Event) bool) bool {
		return slices.ContainsFunc(exits, func(e absint.Exit) bool { return slices.ContainsFunc(e.Events, is) })
	}
	more := func(event *absint.Event) bool {
		return event.Kind <= absint.Changed && !did(there, func(o *absint.Event) bool { return o.At == event.At && o.Kind == event.Kind })
	}
	return lost(there, under) != nil && !did(under, more)
}

// lost returns a loss on a way out, that is on none which agrees with it of others; nil
// if there is none.
func lost(exits, others []absint.Exit) *absint.Event {
	for _, e := range exits {
		for _, event := range Losses(e) {
			if slices.ContainsFunc(others, func(o absint.Exit) bool {
				return o.How == absint.Returned && e.Agrees(o) && !slices.ContainsFunc(Losses(o), func(l *absint.Event) bool { return l.At == event.At })
			}) {
				return event
			}
		}
	}
	return nil
}

// Weak reports whether a finding of a rule in a trial is no more than possible, as the
// library says of such functions.
func (p *Package) Weak(t *Trial, rule string) bool {
	return p.infer.calls.Catalogue.Weak(t.Query.Library, rule, t.name())
}

// Strong reports whether a finding of a rule in a trial may be more than possible, as the library
// says of such functions: of this one, or of the one that it asks by. Where that says by its name
// that it asks, it does not matter by what means.
func (p *Package) Strong(t *Trial, rule string) bool {
	cat, via := p.infer.calls.Catalogue, t.Query.Via
	return cat.Strong(t.Query.Gates(), rule, t.name()) || via != "" && (cat.NamedQuery(via) || cat.Strong(t.Query.Gates(), rule, via))
}

// name is the name of the function, of a func literal that of the one that it stands in.
func (t *Trial) name() string {
	fn := t.Fn
	for fn.Parent() != nil {
		fn = fn.Parent()
	}
	return fn.Name()
}

// ForTests reports whether the function is code that only tests use: what goes wrong there is seen by
// whoever runs them.
func (t *Trial) ForTests() bool { return t.Test() || t.infer.facts.ForTests(t.Fn.Pos()) }
