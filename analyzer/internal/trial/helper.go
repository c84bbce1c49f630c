package trial

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/calls"
	"github.com/errswallow/errswallow/analyzer/internal/summary"
)

// helps records what a function answers that runs what it is handed, whatever that is.
func (in *inference) helps(fn *ssa.Function, s *summary.Summary) {
	run, site := in.calls.Helper(fn)
	if run == nil {
		return
	}
	known := *run
	s.Runs = &known
	if site == nil || run.Makes {
		return
	}
	answers := in.ran(site.Common())
	if answers == nil {
		answers = func(c Case) []absint.Answer {
			if !calls.AnswersError(site.Common().Signature()) {
				return nil
			}
			return []absint.Answer{direct(site.Common(), Query{}, true, c)}
		}
	}
	t := &Trial{Fn: fn, Site: site, Query: Query{Name: "command"}, infer: in, answers: answers}
	for c, to := range map[Case]*[]summary.Answer{Fault: &known.Faults, Absent: &known.Absents, Found: &known.Founds, Zero: &known.Empties} {
		if len(t.answers(c)) == 0 {
			continue
		}
		*to = summary.AddAll(*to, told(t.Outcome(c)))
		if recursive(fn) {
			*to = slices.DeleteFunc(*to, anything)
		}
	}
}

// recursive reports whether a function calls itself. One that runs a command tries again then,
// and what it answers is what it answers otherwise.
func recursive(fn *ssa.Function) bool {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if call, ok := instr.(ssa.CallInstruction); ok && call.Common().StaticCallee() == fn {
				return true
			}
		}
	}
	return false
}

// anything reports whether nothing is known of an answer.
func anything(a summary.Answer) bool {
	return !slices.ContainsFunc(a.Results, func(r summary.Result) bool { return r.Kind != absint.Unknown || r.From != 0 })
}

// ran returns what a helper answers that is handed a command line, nil if the call is of none.
func (in *inference) ran(call *ssa.CallCommon) func(Case) []absint.Answer {
	fn, ok := calls.Callee(call).(*types.Func)
	if !ok {
		return nil
	}
	s := in.SummaryOf(fn)
	if s == nil || s.Runs == nil || len(s.Runs.Faults) == 0 {
		return nil
	}
	run, errorLast := s.Runs, calls.AnswersError(call.Signature())
	return func(c Case) []absint.Answer {
		answers := run.Founds
		switch c {
		case Fault:
			answers = run.Faults
		case Unheard:
			if !errorLast { // nobody can fail to listen
				answers = run.Faults
			}
		case Absent:
			answers = run.Absents
		case Zero:
			answers = run.Empties
		}
		values := summary.Values(answers, absint.Beside, errorLast)
		for _, a := range values {
			status(a, call.Signature(), c)
		}
		if c == Unheard && errorLast {
			for _, a := range values {
				a.Results[len(a.Results)-1] = absint.FaultParam
			}
		}
		return values
	}
}

// status marks what a helper answers that is no error as got from the error: that it failed, or a
// status.
func status(a absint.Answer, sig *types.Signature, c Case) {
	kind := map[Case]absint.Kind{Fault: absint.Fault, Unheard: absint.Fault, Absent: absint.Absent}[c]
	for i, v := range a.Results {
		t := sig.Results().At(i).Type()
		b, ok := t.Underlying().(*types.Basic)
		switch {
		case !ok:
		case b.Info()&types.IsBoolean != 0:
			a.Results[i].From = a.Results[i].From | absint.Decided
		case b.Info()&types.IsInteger != 0 && kind != absint.Unknown && v.Kind != absint.Zero:
			a.Results[i].Got = kind
		}
	}
}
