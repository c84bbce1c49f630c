package trial

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/calls"
	"github.com/errswallow/errswallow/analyzer/internal/catalogue"
)

// asks reports whether a function is a query for its callers: what it answers of an
// object that is there is a verdict that another answer of the query changes, or is made of
// what its query answered, and the function does not say by its name that it does something; or
// it says by its name that it asks.
// A function that answers an error and nothing else asks if the query is all that can fail in
// it, or if it hands what that answers to a function that it is handed: for each row.
func (in *inference) asks(fn *ssa.Function) bool {
	results := fn.Signature.Results()
	n := results.Len()
	if n == 1 && !absint.IsError(results.At(0).Type()) {
		return slices.ContainsFunc(in.trials[fn], func(t *Trial) bool { return t.Fn == fn && !t.Query.Sink && t.doubts() })
	}
	if n == 0 || !absint.IsError(results.At(n-1).Type()) {
		return false
	}
	if n == 1 {
		named := in.calls.Catalogue.NamedQuery(fn.Name())
		decodes := len(decoded(fn)) > 0
		return slices.ContainsFunc(in.trials[fn], func(t *Trial) bool { // it answers through a parameter
			return t.Fn == fn && (decodes && (t.Query.Status || named) || !calls.NamedAction(fn.Name()) && len(parameters(fn, t.Query.Outs)) > 0)
		}) || in.handsOn(fn) || !calls.NamedAction(fn.Name()) && in.fallible(fn) == 1
	}
	action, named := calls.NamedAction(fn.Name()), in.calls.Catalogue.NamedQuery(fn.Name())
	return slices.ContainsFunc(in.trials[fn], func(t *Trial) bool {
		return t.Fn == fn && !t.Query.Sink && (named || t.verdictOfQuery() || (!action || t.Query.Status) && t.answersOfQuery())
	})
}

// handsOn reports whether a function calls one that it is handed with what a query in it answers.
func (in *inference) handsOn(fn *ssa.Function) bool {
	answers := func(call *ssa.CallCommon) bool {
		return slices.ContainsFunc(call.Args, func(arg ssa.Value) bool {
			v := absint.Unboxed(arg)
			if e, ok := v.(*ssa.Extract); ok {
				v = e.Tuple
			}
			return slices.ContainsFunc(in.trials[fn], func(t *Trial) bool { return t.Fn == fn && !t.Query.Sink && t.Site.Value() == v })
		})
	}
	for call := range callsOf(fn) {
		if p, ok := call.Common().Value.(*ssa.Parameter); ok && !call.Common().IsInvoke() && p.Parent() == fn && answers(call.Common()) {
			return true
		}
	}
	return false
}

// doubts reports whether the only result of a function says of a fault that nobody knows, by a
// constant that is named so, and something else of an object that is found.
func (t *Trial) doubts() bool {
	doubt := func(e absint.Exit) bool { return unknown(t.Fn.Signature.Results().At(0).Type(), e.Results[0]) }
	answers := 0
	for _, e := range t.Exits(Fault) {
		if e.How == absint.Returned {
			if !doubt(e) {
				return false
			}
			answers++
		}
	}
	return answers > 0 && slices.ContainsFunc(t.Exits(Found), func(e absint.Exit) bool { return e.How == absint.Returned && !doubt(e) })
}

// unknown reports whether a value is a constant that is named for what nobody knows: StatusUnknown.
func unknown(t types.Type, v absint.Value) bool {
	return slices.ContainsFunc(Constants(t, v), calls.NamedDoubt)
}

// answersOfQuery reports whether something that is answered is what came beside the error of
// the query, or an object with that in it.
func (t *Trial) answersOfQuery() bool {
	n := t.Fn.Signature.Results().Len() - 1
	return slices.ContainsFunc(t.Outcome(Found).Exits, func(e absint.Exit) bool {
		return e.How == absint.Returned && e.Results[n].Kind != absint.Fault && len(e.Made) > n &&
			slices.ContainsFunc(e.Made[:n], func(from absint.Origin) bool { return from&absint.Beside != 0 })
	})
}

// verdictOfQuery reports whether another answer of the query gets another bool, or a number that is
// counted of what there is, and 0 of nothing.
func (t *Trial) verdictOfQuery() bool {
	results := t.Fn.Signature.Results()
	n := results.Len() - 1
	exits := t.Outcome(Found).Exits
	for i, e := range exits {
		if e.How != absint.Returned || e.Results[n].Kind == absint.Fault {
			continue
		}
		others := slices.Concat(exits[:i], t.Exits(Absent))
		for j, v := range e.Results[:n] {
			number := v.Kind == absint.Unknown && numeric(results.At(j).Type()) // it was counted in a loop
			if (absint.IsBool(results.At(j).Type()) || number) && slices.ContainsFunc(others, func(o absint.Exit) bool {
				return o.How == absint.Returned && e.Agrees(o) && (!alike(v, o.Results[j]) || number && o.Results[j].Kind == absint.Zero && o.Results[n].Kind == absint.Zero)
			}) {
				return true
			}
		}
	}
	return false
}

// fallible counts the calls in a function that answer an error, or have one in a field of what
// they answer.
func (in *inference) fallible(fn *ssa.Function) int {
	n := 0
	for call := range callsOf(fn) {
		if sym, _, ok := in.calls.Lookup(call.Common()); ok && sym.Answer.Error != "" && sym.Answer.Error != catalogue.Dropped {
			n++
			continue
		}
		switch in.calls.Call(call.Common()).Kind {
		case absint.Keep, absint.Show, absint.Filter:
		default:
			if calls.AnswersError(call.Common().Signature()) {
				n++
			}
		}
	}
	return n
}

// numeric reports whether a type is one of whole numbers.
func numeric(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsInteger != 0
}
