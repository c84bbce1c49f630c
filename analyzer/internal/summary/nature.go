package summary

import (
	"go/types"
	"regexp"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/catalogue"
	"github.com/errswallow/errswallow/analyzer/internal/predicate"
)

// acts reports whether a call changes something: the success of an action is
// no verdict about state.
func (in *inference) acts(call *ssa.CallCommon) bool {
	obj := callee(call)
	if sym, ok := in.lookup(call); ok {
		switch sym.Kind {
		case catalogue.Action, catalogue.Destructive, catalogue.Creating, catalogue.Ensuring:
			return sym.Name != "Close" && sym.Name != "Logs"
		}
		return false
	}
	if fn, ok := obj.(*types.Func); ok {
		if s := in.summaryOf(fn); s != nil {
			return s.Acts
		}
	}
	return false
}

// asks reports whether a function is a query for its callers: on some way out
// after a successful query, what it answers is made of what the query
// answered. A function that answers an error and nothing else asks if the query
// is all that can fail in it.
func (in *inference) asks(fn *ssa.Function) bool {
	results := fn.Signature.Results()
	n := results.Len()
	if n == 0 || !absint.IsError(results.At(n-1).Type()) || predicate.NamedAction(fn.Name()) {
		return false
	}
	if n == 1 {
		return in.fallible(fn) == 1
	}
	for _, run := range in.runs[fn] {
		if run.Fn != fn {
			continue
		}
		made := func(e absint.Exit) bool {
			if e.How != absint.Returned || e.Results[n-1].Kind == absint.Fault {
				return false
			}
			for i, v := range e.Results[:n-1] {
				if absint.IsBool(results.At(i).Type()) && (v.From|e.Governed)&absint.Decided != 0 || v.From&absint.Beside != 0 {
					return true
				}
			}
			return false
		}
		if in.machine.Any(fn, run.hypothesis(absint.Zero), made) {
			return true
		}
	}
	return false
}

// fallible counts the calls in a function that answer an error.
func (in *inference) fallible(fn *ssa.Function) int {
	n := 0
	for call := range calls(fn) {
		if res := call.Common().Signature().Results(); res.Len() > 0 && absint.IsError(res.At(res.Len()-1).Type()) && in.Call(call.Common()).Kind != absint.Keep {
			n++
		}
	}
	return n
}

// destructiveName matches functions that say themselves that something is lost
// or made anew.
var destructiveName = regexp.MustCompile(`(?i)remove|delete|kill|stop|restart|prune|recreate|destroy|clean|purge|reset|replace|terminate|teardown|evict|reap|down$|^rm`)

// reach records the call of a function that cannot be undone. It is told
// through one function whatever its name, and further only through functions
// that say so: what is ten calls away is not what the caller decides about.
// An object that the function made itself is its own to remove.
func (in *inference) reach(fn *ssa.Function, call ssa.CallInstruction, s *Summary) {
	r := in.reachOf(call.Common())
	switch {
	case r.Name == "", r.Only != "", s.Reach.Name != "" && r.Kind >= s.Reach.Kind:
		return
	case r.Via != "" && (r.Kind != absint.Destroys || !destructiveName.MatchString(r.Via) || !destructiveName.MatchString(fn.Name())):
		return
	case r.Kind == absint.Destroys && in.makes(fn):
		return
	}
	s.Reach = absint.Reach{Name: r.Name, Kind: r.Kind, Via: fn.Name(), Where: r.Where}
	if r.Where == "" {
		s.Reach.Where = in.facts.Where(call.Pos())
	}
}

// reachOf is the Reach of Call: every call of a package is asked for it, and few
// for what their names promise.
func (in *inference) reachOf(call *ssa.CallCommon) absint.Reach {
	if sym, ok := in.lookup(call); ok {
		return ofSymbol(sym, call).Reach
	}
	if fn, ok := callee(call).(*types.Func); ok {
		if s := in.summaryOf(fn); s != nil {
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
	for call := range calls(fn) {
		if in.creates(call) {
			return true
		}
	}
	return false
}
