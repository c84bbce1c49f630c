package trial

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/calls"
	"github.com/errswallow/errswallow/analyzer/internal/catalogue"
	"github.com/errswallow/errswallow/analyzer/internal/summary"
)

// A Query is what is asked in a Trial.
type Query struct {
	// Name is the client library's call: ContainerInspect.
	Name string
	// Object is what it asks about: container, image, network, ...
	Object string
	// Via is the function that makes it, "" where Site does.
	Via string
	// Library is the catalogue file that Name is in.
	Library string
	// Remade reports that another error is answered in the place of the library's absence, of which
	// its gates are not true.
	Remade bool
	// Lists: the error of Site is never absence, for it asks for all there is, or
	// says of what is absent that it is, without an error.
	Lists bool
	// Lies reports that Via answers a fault by an error that says "not found".
	Lies bool
	// Fails is how it fails, if not by a timeout.
	Fails catalogue.Failure
	// Sink reports that the call is a query for what is said afterwards, see [inference.sinks].
	Sink bool
	// Denied reports that it is one for a reply of 404 alone: of interest only if it leads to that.
	Denied bool
	// Minor reports that it counts only where something else than what it asks about is lost.
	Minor bool
	// Changes reports that it changes something: what it does not find is not certainly what
	// the function was called for.
	Changes bool
	// Status reports that it may end with a status of HTTP, and no error.
	Status bool
	// With are words of which one has to be among the arguments of whoever calls this function
	// for it to be a query; nil where it is one. See [catalogue.Answer].
	With []string
	// Answer says how Site answers, if not by its results, and Outs what points to what it
	// answers: operands of it, or of calls that came before in its chain.
	Answer catalogue.Answer
	Outs   []ssa.Value
}

// Gates is the library whose gates are true of the query's absence, and whose texts its errors have;
// "" for none.
func (q Query) Gates() string {
	if q.Remade {
		return ""
	}
	return q.Library
}

// query returns what a call asks a runtime for, directly or deep inside the
// callee, and what it can answer in each case.
func (in *inference) query(call ssa.CallInstruction) (Query, func(Case) []absint.Answer, bool) {
	common := call.Common()
	n := common.Signature().Results().Len()
	if n == 0 {
		return Query{}, nil, false
	}
	if sym, command, ok := in.calls.Lookup(common); ok && !in.executed(common, sym) {
		if sym.Kind != catalogue.Query || handsNoError(common) || sym.Only != "" && !in.calls.Only(common, sym.Only) || in.concludes(common) || in.heardElsewhere(call, sym.Answer) {
			return Query{}, nil, false
		}
		q := Query{Name: sym.Name, Object: sym.Object, Library: sym.Library, Lists: Lists(sym), Answer: sym.Answer, Outs: outs(common, sym.Answer)}
		if sym.Object == catalogue.OfType {
			q.Object = noun(common, q.Outs)
			q.Name = of(sym, q.Object)
		}
		q.Fails = in.calls.Catalogue.Fails(sym.Library)
		q.Status = sym.Answer.Status != ""
		if q.With, ok = with(call, sym.Answer.With); !ok {
			return Query{}, nil, false
		}
		if command {
			if answers := in.ran(common); answers != nil {
				return q, func(c Case) []absint.Answer {
					if c == Absent && q.Lists {
						c = Zero
					}
					return answers(c)
				}, true
			}
			if !calls.AnswersError(common.Signature()) {
				return Query{}, nil, false
			}
		}
		return q, func(c Case) []absint.Answer { return directs(common, q, command, c) }, true
	}
	fn, ok := calls.Callee(common).(*types.Func)
	if !ok {
		return Query{}, nil, false
	}
	s := in.SummaryOf(fn)
	if s == nil || !s.Asks || s.Query == "" {
		return Query{}, nil, false
	}
	needs, ok := with(call, s.With)
	if !ok {
		return Query{}, nil, false
	}
	fails := func(a summary.Answer) bool { return failing(a, common.Signature()) || says(a) }
	faults := slices.DeleteFunc(slices.Clone(s.Faults), func(a summary.Answer) bool { return !fails(a) })
	if len(faults) > 0 && slices.ContainsFunc(s.Faults, func(a summary.Answer) bool { return recovers(a, common.Signature()) }) {
		return Query{}, nil, false // nobody knows that it failed
	}
	doubts := func(a summary.Answer) bool { return doubtful(a, common.Signature()) }
	if len(faults) == 0 && n == 1 && !slices.ContainsFunc(s.Faults, func(a summary.Answer) bool { return !doubts(a) }) {
		faults = s.Faults // it says so itself
	}
	if len(faults) == 0 {
		// It keeps the fault to itself and is reported itself, and so is only who
		// would not have listened anyway.
		if call, ok := call.(*ssa.Call); !ok || !calls.AnswersError(common.Signature()) || !blank(call) {
			return Query{}, nil, false
		}
		faults = s.Faults
	}
	absents := slices.DeleteFunc(slices.Clone(s.Absents), func(a summary.Answer) bool { return !fails(a) })
	missing := slices.ContainsFunc(absents, func(a summary.Answer) bool { return a.Results[n-1].Kind == absint.Absent })
	q := Query{Name: s.Query, Object: s.Object, Library: s.Library, Status: s.Status, With: needs, Lists: len(absents) == 0 || calls.NamedList(s.Query) && !missing}
	if !s.Status && slices.ContainsFunc(absents, func(a summary.Answer) bool { return a.Results[n-1].Kind != absint.Absent }) {
		q.Remade = true
	}
	if s.Query != fn.Name() {
		q.Via = fn.Name()
	}
	q.Outs, q.Fails = operands(common, s.Outs), in.calls.Catalogue.Fails(q.Library)
	q.Lies = slices.ContainsFunc(faults, func(a summary.Answer) bool {
		last := a.Results[n-1]
		return absint.Value{Is: last.Is}.Identified() && in.calls.AbsenceIs(last.Is)
	})
	return q, func(c Case) []absint.Answer { return wrapped(common, s, faults, c) }, true
}

// handsNoError reports whether a call is handed nil for an error: it converts what another has
// answered, and asks nobody, as redis.Int(reply, nil) does.
func handsNoError(call *ssa.CallCommon) bool {
	return slices.ContainsFunc(call.Args, func(arg ssa.Value) bool {
		c, ok := arg.(*ssa.Const)
		return ok && c.Value == nil && absint.IsError(c.Type())
	})
}

// recovers reports whether an answer is a real one, although a query failed: no
// error, and something beside it.
func recovers(a summary.Answer, sig *types.Signature) bool {
	n := len(a.Results)
	return calls.AnswersError(sig) && n > 1 && a.Results[n-1].Kind == absint.Zero && !says(a) &&
		slices.ContainsFunc(a.Results[:n-1], func(r summary.Result) bool { return r.Kind != absint.Zero })
}

// concludes reports whether a call is the end of a chain that changes something: the Err of
// client.Set(key, value).Err().
func (in *inference) concludes(call *ssa.CallCommon) bool {
	before, ok := calledOn(call).(*ssa.Call)
	if !ok {
		return false
	}
	sym, _, ok := in.calls.Lookup(&before.Call)
	return ok && (sym.Kind == catalogue.Action || sym.Kind == catalogue.Destructive || sym.Kind == catalogue.Creating || sym.Kind == catalogue.Ensuring)
}

// executed reports whether a call that is told by its shape alone is of a function that was executed,
// and asks: that says more of the statuses that it answers.
func (in *inference) executed(call *ssa.CallCommon, sym catalogue.Symbol) bool {
	fn, ok := calls.Callee(call).(*types.Func)
	if !ok || sym.Last == "" || sym.Answer.Status == "" {
		return false
	}
	s := in.SummaryOf(fn)
	return s != nil && s.Asks && s.Query != ""
}

// with returns the words that callers of the function in which a call stands have to be seen to
// make it with, nil for none, and whether it can be a query at all.
func with(call ssa.CallInstruction, words []string) ([]string, bool) {
	seen, handed := calls.With(call.Common(), words)
	switch {
	case seen:
		return nil, true
	case handed && call.Parent().Parent() == nil:
		return words, true
	}
	return nil, false
}

// doubtful reports whether an answer of a function says that nobody knows, by a constant that is
// named so.
func doubtful(a summary.Answer, sig *types.Signature) bool {
	v := summary.Values([]summary.Answer{a}, 0, false)[0].Results[0]
	return unknown(sig.Results().At(0).Type(), v)
}

// says reports whether an answer has a status in it, of a fault or of absence: whoever gets it may
// look.
func says(a summary.Answer) bool {
	return a.Status != "" && slices.ContainsFunc(a.Results, func(r summary.Result) bool { return strings.Contains(r.Holds, "=") })
}

// failing reports whether an answer of a function with this signature lets its
// caller know of the failure.
func failing(a summary.Answer, sig *types.Signature) bool {
	n := sig.Results().Len()
	if n == 0 || len(a.Results) != n || !absint.IsError(sig.Results().At(n-1).Type()) {
		return false
	}
	switch a.Results[n-1].Kind {
	case absint.Fault, absint.Absent, absint.NonZero:
		return true
	}
	return a.Results[n-1].From&absint.Carries != 0
}
