package trial

import (
	"go/types"
	"slices"
	"strconv"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/calls"
	"github.com/errswallow/errswallow/analyzer/internal/summary"
)

// A Predicate is a function that takes an error and answers a bool, executed
// for every message.
type Predicate struct {
	Fn        *ssa.Function
	ByMessage []MessageOutcome
	// Applied reports that a function of this package that asks hands it an error, of those
	// whose texts are known.
	Applied bool
}

// hand executes fn with an error as one of its parameters.
func (in *inference) hand(fn *ssa.Function, i int, s *summary.Summary) {
	handed := func(v absint.Value) absint.Hypothesis {
		return absint.Hypothesis{Params: map[int]absint.Value{i: v}}
	}
	fault, byMessage := in.execute(fn, handed(absint.FaultParam), in.texts.ofAny(), func(absent bool) absint.Hypothesis {
		if absent {
			return handed(absint.AbsentParam)
		}
		return handed(absint.FaultParam)
	})
	if fault.Exhausted {
		return
	}
	absent := in.machine.Execute(fn, handed(absint.AbsentParam))
	switch {
	case byMessage != nil:
		in.predicates = append(in.predicates, &Predicate{Fn: fn, ByMessage: byMessage})
		fault = usual(byMessage)
	case calls.NamedGate(fn.Name()) && fn.Signature.Results().Len() == 1 && absint.IsBool(fn.Signature.Results().At(0).Type()):
		in.predicates = append(in.predicates, &Predicate{Fn: fn, ByMessage: whatever(in.texts.ofAny(), fault, absent)})
	}
	nothing := in.machine.Execute(fn, handed(absint.NilParam))
	fault.Exits = slices.DeleteFunc(slices.Clone(fault.Exits), in.confirmed) // a reply that says 404 comes with no fault
	p := summary.Param{Index: i, Faults: in.givenError(fn, fault), Absent: in.givenError(fn, absent), Nil: in.givenError(fn, nothing)}
	if !prints(fn.Signature.Results(), p) {
		s.Params = append(s.Params, p)
	}
}

// prints reports whether a function answers a text of any error, and does no more: there is nothing to
// tell one answer from another by.
func prints(results *types.Tuple, p summary.Param) bool {
	if results.Len() != 1 || !types.Identical(results.At(0).Type(), types.Typ[types.String]) {
		return false
	}
	return !slices.ContainsFunc(slices.Concat(p.Faults, p.Absent), func(a summary.Answer) bool {
		r := a.Results[0]
		return r.Holds != "" || r.Kind == absint.Zero || a.Reach.Name != "" || a.Replies != ""
	})
}

// givenError returns what a function that is handed an error tells its callers in an outcome, and
// does.
func (in *inference) givenError(fn *ssa.Function, out absint.Outcome) (answers []summary.Answer) {
	for _, e := range out.Exits {
		if e.How != absint.Returned {
			continue
		}
		a := summary.OfExit(e)
		if absint.KeepsNothing(fn.Signature.Results()) {
			a.Fate &^= absint.Kept
		}
		if i := slices.IndexFunc(e.Events, func(e *absint.Event) bool { return e.Kind <= absint.Ensured && e.Reach.Name != "" }); i >= 0 {
			a.Reach = in.inside(fn, e.Events[i].Reach, e.Events[i].At)
		}
		if status, ok := e.Reply(); ok {
			a.Replies = strconv.FormatInt(status, 10)
		} else if slices.ContainsFunc(e.Events, func(e *absint.Event) bool { return e.Kind == absint.Answered }) {
			a.Replies = absint.SomeStatus
		}
		answers = summary.Add(answers, a)
	}
	return answers
}
