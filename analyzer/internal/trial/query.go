package trial

import (
	"go/types"
	"slices"

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
	// Library is the catalogue file whose gates tell absence from a fault in the
	// error of Site, "" if none do.
	Library string
	// Lists: the error of Site is never absence, for it asks for all there is, or
	// says of what is absent that it is, without an error.
	Lists bool
}

// query returns what a call asks a runtime for, directly or deep inside the
// callee, and what it can answer in each case.
func (in *inference) query(call ssa.CallInstruction) (Query, func(Case) []absint.Answer, bool) {
	common := call.Common()
	n := common.Signature().Results().Len()
	if n == 0 {
		return Query{}, nil, false
	}
	if sym, command, ok := in.calls.Lookup(common); ok {
		if sym.Kind != catalogue.Query {
			return Query{}, nil, false
		}
		q := Query{Name: sym.Name, Object: sym.Object, Library: sym.Library, Lists: calls.NamedList(sym.Name)}
		return q, func(c Case) []absint.Answer { return []absint.Answer{direct(common, q, command, c)} }, true
	}
	fn, ok := calls.Callee(common).(*types.Func)
	if !ok {
		return Query{}, nil, false
	}
	s := in.SummaryOf(fn)
	if s == nil || !s.Asks || s.Query == "" {
		return Query{}, nil, false
	}
	fails := func(a summary.Answer) bool { return failing(a, common.Signature()) }
	faults := slices.DeleteFunc(slices.Clone(s.Faults), func(a summary.Answer) bool { return !fails(a) })
	if len(faults) > 0 && slices.ContainsFunc(s.Faults, func(a summary.Answer) bool { return recovers(a, common.Signature()) }) {
		return Query{}, nil, false // nobody knows that it failed
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
	q := Query{Name: s.Query, Object: s.Object, Library: s.Library, Lists: len(absents) == 0 || calls.NamedList(s.Query)}
	if slices.ContainsFunc(absents, func(a summary.Answer) bool { return a.Results[n-1].Kind != absint.Absent }) {
		q.Library = "" // another error is answered in its stead
	}
	if s.Query != fn.Name() {
		q.Via = fn.Name()
	}
	return q, func(c Case) []absint.Answer { return wrapped(common, s, faults, c) }, true
}

// direct is what a client library's call answers in a case.
func direct(call *ssa.CallCommon, q Query, command bool, c Case) absint.Answer {
	results := call.Signature().Results()
	n := results.Len()
	answer := absint.FoundAnswer(results)
	switch c {
	case Fault:
		answer = absint.FaultAnswer(n)
	case Absent:
		if q.Lists {
			return absint.ZeroAnswer(n)
		}
		answer = absint.AbsentAnswer(n)
	case Zero:
		return absint.ZeroAnswer(n)
	case Unheard:
		answer.Results[n-1] = absint.FaultParam
	}
	if command && (c == Fault || c == Absent) {
		answer = calls.CommandAnswer(call, answer)
	}
	return answer
}

// wrapped is what a function that asks answers in a case.
func wrapped(call *ssa.CallCommon, s *summary.Summary, faults []summary.Answer, c Case) []absint.Answer {
	results := call.Signature().Results()
	errorLast := calls.AnswersError(call.Signature())
	of := func(answers []summary.Answer) []absint.Answer {
		return summary.Values(answers, absint.Beside, errorLast)
	}
	switch c {
	case Fault:
		return of(faults)
	case Absent:
		return of(s.Absents)
	case Zero:
		return []absint.Answer{absint.ZeroAnswer(results.Len())}
	}
	answers := s.Founds
	if c == Stopped {
		answers = s.Stops
	}
	found := of(slices.DeleteFunc(slices.Clone(answers), func(a summary.Answer) bool { return failing(a, call.Signature()) }))
	if len(found) == 0 {
		found = []absint.Answer{absint.FoundAnswer(results)}
	}
	if c == Unheard {
		for i := range found {
			found[i].Results[results.Len()-1] = absint.FaultParam
		}
	}
	return found
}

// recovers reports whether an answer is a real one, although a query failed: no
// error, and something beside it.
func recovers(a summary.Answer, sig *types.Signature) bool {
	n := len(a.Results)
	return calls.AnswersError(sig) && n > 1 && a.Results[n-1].Kind == absint.Zero &&
		slices.ContainsFunc(a.Results[:n-1], func(r summary.Result) bool { return r.Kind != absint.Zero })
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
