package trial

import (
	"go/types"
	"regexp"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/calls"
	"github.com/errswallow/errswallow/analyzer/internal/catalogue"
	"github.com/errswallow/errswallow/analyzer/internal/summary"
)

// acts reports whether a call changes something: the success of an action is
// no verdict about state.
func (in *inference) acts(call *ssa.CallCommon) bool {
	if sym, _, ok := in.calls.Lookup(call); ok {
		switch sym.Kind {
		case catalogue.Action, catalogue.Destructive, catalogue.Creating, catalogue.Ensuring:
			return true
		}
		return false
	}
	if fn, ok := calls.Callee(call).(*types.Func); ok {
		if s := in.SummaryOf(fn); s != nil {
			return s.Acts && !s.Asks // one that says that it asks may keep the answer
		}
	}
	return false
}

// canFail reports whether a call can fail: by an error, or by one that the library knows to be elsewhere.
func (in *inference) canFail(call *ssa.CallCommon) bool {
	_, _, known := in.calls.Lookup(call)
	return known || calls.AnswersError(call.Signature())
}

// quiet reports whether nothing that a function does outlives it but what it answers:
// all its calls are such, and it stores to nothing but variables of its own.
func (in *inference) quiet(fn *ssa.Function) bool {
	for call := range callsOf(fn) {
		if _, predeclared := call.Common().Value.(*ssa.Builtin); predeclared {
			continue
		}
		if lit, ok := call.Common().Value.(*ssa.MakeClosure); ok && lit.Parent() == fn {
			continue
		}
		switch effect := in.calls.Call(call.Common()); effect.Kind {
		case absint.Gate, absint.Ask, absint.Pure, absint.Show, absint.Keep, absint.Classify, absint.Filter:
		default:
			if !effect.Quiet {
				return false
			}
		}
	}
	for _, f := range append([]*ssa.Function{fn}, fn.AnonFuncs...) {
		for _, b := range f.Blocks {
			for _, instr := range b.Instrs {
				switch instr := instr.(type) {
				case *ssa.Store:
					if !own(instr.Addr) {
						return false
					}
				case *ssa.MapUpdate:
					if !own(instr.Map) {
						return false
					}
				case *ssa.Send, *ssa.Go:
					return false
				}
			}
		}
	}
	return true
}

// ends reports whether no way through a function comes to a return: all of them call what
// does not return either.
func (in *inference) ends(fn *ssa.Function) bool {
	seen := make([]bool, len(fn.Blocks))
	work := []*ssa.BasicBlock{fn.Blocks[0]}
	stops := false
	for len(work) > 0 {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		if seen[b.Index] {
			continue
		}
		seen[b.Index] = true
		switch {
		case slices.ContainsFunc(b.Instrs, in.stops):
			stops = true
			continue
		case len(b.Instrs) > 0:
			if _, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok {
				return false
			}
		}
		work = append(work, b.Succs...)
	}
	return stops
}

// stops reports whether an instruction is a call that does not return.
func (in *inference) stops(instr ssa.Instruction) bool {
	call, ok := instr.(*ssa.Call)
	return ok && in.calls.Call(&call.Call).Kind == absint.Stop
}

// own reports whether an address, or a map, is part of a variable of the function.
func own(addr ssa.Value) bool {
	for {
		switch a := addr.(type) {
		case *ssa.FieldAddr:
			addr = a.X
		case *ssa.IndexAddr:
			addr = a.X
		case *ssa.Slice:
			addr = a.X
		case *ssa.Alloc, *ssa.MakeMap, *ssa.MakeSlice, *ssa.FreeVar:
			return true
		default:
			return false
		}
	}
}

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

// verdictOfQuery reports whether another answer of the query gets another bool.
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
			if absint.IsBool(results.At(j).Type()) && slices.ContainsFunc(others, func(o absint.Exit) bool {
				return o.How == absint.Returned && e.Agrees(o) && !alike(v, o.Results[j])
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

// destructiveName matches functions that say themselves that something is lost
// or made anew.
var destructiveName = regexp.MustCompile(`(?i)remove|delete|kill|stop|restart|prune|recreate|destroy|clean|purge|reset|replace|terminate|tear_?down|uninstall|undeploy|unregister|deprovision|decommission|evict|reap|absent|notpresent|down$|^rm|(?-i:^[dD]el([A-Z_]|$)|[dD]rop([A-Z_]|$))`)

// Removes reports whether the function says by its name that it removes something.
func (t *Trial) Removes() bool { return destructiveName.MatchString(t.Fn.Name()) }

// creatingName matches functions that say themselves that something is made.
var creatingName = regexp.MustCompile(`(?i)^(create|insert|add|register|provision|launch|spawn|sign_?up|enroll|issue|allocate)`)

// passedOn reports whether what a function does that cannot be undone is told through another that
// calls it: both say so by their names.
func passedOn(kind absint.ReachKind, callee, caller string) bool {
	name := creatingName
	if kind == absint.Destroys {
		name = destructiveName
	}
	return kind != absint.Ensures && name.MatchString(callee) && name.MatchString(caller)
}

// reach records the call of a function that cannot be undone. It is told
// through one function whatever its name, and further only through functions
// that say so: what is ten calls away is not what the caller decides about.
// An object that the function made itself is its own to remove.
func (in *inference) reach(fn *ssa.Function, call ssa.CallInstruction, s *summary.Summary) {
	r := in.reachOf(call.Common())
	switch {
	case r.Name == "", r.Only != "" && !in.isHanded(fn, call, r), s.Reach.Name != "" && r.Kind >= s.Reach.Kind:
		return
	case r.Via != "" && !passedOn(r.Kind, r.Via, fn.Name()):
		return
	case r.Kind == absint.Destroys && in.makes(fn):
		return
	}
	s.Reach = in.inside(fn, r, call)
}

// inside is what a function does by a call in it, as its callers see it.
func (in *inference) inside(fn *ssa.Function, r absint.Reach, at ssa.Instruction) absint.Reach {
	if r.Where == "" {
		r.Where = in.facts.Where(at.Pos())
	}
	return absint.Reach{Name: r.Name, Kind: r.Kind, Forgets: r.Forgets, Via: fn.Name(), Where: r.Where}
}

// isHanded reports whether a function is handed the error that it does something upon, which
// cannot be undone where the call has the argument for it: checkDeleted(d, err).
func (in *inference) isHanded(fn *ssa.Function, call ssa.CallInstruction, r absint.Reach) bool {
	return r.Via == "" && in.calls.Only(call.Common(), r.Only) &&
		slices.ContainsFunc(fn.Params, func(p *ssa.Parameter) bool { return absint.IsError(p.Type()) })
}

// reachOf is the Reach of Call: every call of a package is asked for it, and few
// for what their names promise.
func (in *inference) reachOf(call *ssa.CallCommon) absint.Reach {
	if _, _, ok := in.calls.Lookup(call); ok {
		return in.calls.Call(call).Reach
	}
	if fn, ok := calls.Callee(call).(*types.Func); ok {
		if s := in.SummaryOf(fn); s != nil {
			return s.Reach
		}
	}
	return absint.Reach{}
}

// creates reports whether a call makes an object.
func (in *inference) creates(call ssa.CallInstruction) bool {
	r := in.reachOf(call.Common())
	return r.Name != "" && r.Kind != absint.Destroys
}

// makes reports whether a function makes an object.
func (in *inference) makes(fn *ssa.Function) bool {
	if destructiveName.MatchString(fn.Name()) {
		return false // recreate makes and removes, in that order of importance
	}
	for call := range callsOf(fn) {
		if in.creates(call) {
			return true
		}
	}
	return false
}
