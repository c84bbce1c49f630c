package trial

import (
	"go/types"
	"regexp"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/calls"
	"github.com/errswallow/errswallow/analyzer/internal/summary"
)

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
