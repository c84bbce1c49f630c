package summary

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/catalogue"
	"github.com/errswallow/errswallow/analyzer/internal/predicate"
)

// A Query is what fails in a Run.
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
// callee, and what it can answer when that fails.
func (in *inference) query(call ssa.CallInstruction) (Query, func(absint.Kind) []absint.Answer, bool) {
	common := call.Common()
	obj := callee(common)
	n := common.Signature().Results().Len()
	if n == 0 {
		return Query{}, nil, false
	}
	if sym, ok := in.lookup(common); ok {
		if sym.Kind != catalogue.Query {
			return Query{}, nil, false
		}
		_, declared := in.cat.Lookup(obj)
		return Query{Name: sym.Name, Object: sym.Object, Library: sym.Library, Lists: predicate.NamedList(sym.Name)}, func(kind absint.Kind) []absint.Answer {
			answer := absint.FoundAnswer(n)
			switch kind {
			case absint.Fault:
				answer = absint.FaultAnswer(n)
			case absint.Absent:
				answer = absint.AbsentAnswer(n)
			}
			if kind != absint.Zero && !declared {
				answer = commandAnswer(common, answer)
			}
			return []absint.Answer{answer}
		}, true
	}
	fn, ok := obj.(*types.Func)
	if !ok {
		return Query{}, nil, false
	}
	s := in.summaryOf(fn)
	if s == nil || !s.Asks || s.Query == "" {
		return Query{}, nil, false
	}
	faults := slices.DeleteFunc(slices.Clone(s.Faults), func(a Answer) bool { return !failing(a, common.Signature()) })
	if len(faults) > 0 && slices.ContainsFunc(s.Faults, func(a Answer) bool { return recovers(a, common.Signature()) }) {
		return Query{}, nil, false // nobody knows that it failed
	}
	if len(faults) == 0 {
		// It keeps the fault to itself and is reported itself, and so is only who
		// would not have listened anyway.
		if call, ok := call.(*ssa.Call); !ok || !answersError(common.Signature()) || !blank(call) {
			return Query{}, nil, false
		}
		faults = s.Faults
	}
	absents := slices.DeleteFunc(slices.Clone(s.Absents), func(a Answer) bool { return !failing(a, common.Signature()) })
	q := Query{Name: s.Query, Object: s.Object, Library: s.Library, Lists: len(absents) == 0 || predicate.NamedList(s.Query)}
	if slices.ContainsFunc(absents, func(a Answer) bool { return a.Results[n-1].Kind != absint.Absent }) {
		q.Library = "" // another error is answered in its stead
	}
	if s.Query != fn.Name() {
		q.Via = fn.Name()
	}
	return q, func(kind absint.Kind) []absint.Answer {
		switch kind {
		case absint.Fault:
			return values(faults, absint.Beside, answersError(common.Signature()))
		case absint.Absent:
			return values(s.Absents, absint.Beside, answersError(common.Signature()))
		}
		return []absint.Answer{absint.FoundAnswer(n)}
	}, true
}

// recovers reports whether an answer is a real one, although a query failed: no
// error, and something beside it.
func recovers(a Answer, sig *types.Signature) bool {
	n := len(a.Results)
	return answersError(sig) && n > 1 && a.Results[n-1].Kind == absint.Zero &&
		slices.ContainsFunc(a.Results[:n-1], func(r Result) bool { return r.Kind != absint.Zero })
}

// failing reports whether an answer of a function with this signature lets its
// caller know of the failure.
func failing(a Answer, sig *types.Signature) bool {
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
