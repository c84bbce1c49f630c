package trial

import (
	"cmp"
	"go/constant"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/calls"
	"github.com/errswallow/errswallow/analyzer/internal/catalogue"
)

// A sink is a call that says for good that something is not there, as Terraform's SetId("")
// does, or a reply that says 404: it says what the question was, so that every call beside it that
// can fail for a reason that passes is a query, of whatever library.

// sinks reports whether a function has a sink in it.
func (in *inference) sinks(fn *ssa.Function) bool {
	for call := range callsOf(fn) {
		if r := in.reachOf(call.Common()); r.Forgets && (r.Only == "" || r.Via == "" && in.calls.Only(call.Common(), r.Only)) {
			return true
		}
	}
	return in.deletes(fn) || in.observes(fn)
}

// denials reports whether a function has a reply in it that says that something is absent.
func (in *inference) denials(fn *ssa.Function) bool {
	for call := range callsOf(fn) {
		if in.denies(call.Common()) {
			return true
		}
	}
	return false
}

// denies reports whether a call answers a remote caller, or makes an error for one, that something is
// absent: its status says so. What is asked beside it is told by names and shapes.
func (in *inference) denies(call *ssa.CallCommon) bool {
	if !in.calls.Catalogue.Shapes() {
		return false
	}
	status := cmp.Or(in.statusOf(call, absint.Reply), in.statusOf(call, absint.Keep))
	return status != "" && in.calls.AbsenceIs("code "+status)
}

// Denies reports whether a remote caller is answered on a way out that something is absent.
func (t *Trial) Denies(e absint.Exit) bool {
	status, ok := e.Reply()
	return ok && t.AbsenceCode(constant.MakeInt64(status)) || t.saysAbsent(e)
}

// observes reports whether a function says that something is gone by what it answers, as the
// Observe of a Crossplane provider does.
func (in *inference) observes(fn *ssa.Function) bool {
	_, ok := in.mentioned(fn.Signature.Results(), catalogue.Observer)
	return ok && calls.AnswersError(fn.Signature)
}

// deletes reports whether a function says that something is gone by answering no error, as
// a provider's Delete does.
func (in *inference) deletes(fn *ssa.Function) bool {
	sym, ok := in.mentioned(fn.Signature.Params(), catalogue.Remover)
	return ok && slices.ContainsFunc(strings.Split(sym.Object, ","), func(word string) bool {
		return strings.Contains(strings.ToLower(fn.Name()), word)
	})
}

// Acts reports whether an event is a call that can fail for a reason that passes, or changes
// something: in a function that deletes, it is what deletes.
func (t *Trial) Acts(e *absint.Event) bool {
	call, ok := e.At.(ssa.CallInstruction)
	return ok && (t.infer.acts(call.Common()) || t.infer.remote(call.Common()))
}

// Deletes reports whether the function says that something is gone by answering no error.
func (t *Trial) Deletes() bool { return t.infer.deletes(t.Fn) }

// Observes reports whether the function says that something is gone by what it answers.
func (t *Trial) Observes() bool { return t.infer.observes(t.Fn) }

// resource is what a provider asks about, where nothing says more.
const resource = "resource"

// supposed returns what a call asks beside a sink, and what it can answer in each case.
func (in *inference) supposed(call ssa.CallInstruction) (Query, func(Case) []absint.Answer, bool) {
	common := call.Common()
	if !in.remote(common) {
		return Query{}, nil, false
	}
	name, _, _ := strings.Cut(calls.Callee(common).Name(), " ") // of a stand-in, too: see package partial
	q := Query{Name: name, Object: resource, Sink: true}
	q.Changes = in.calls.Catalogue.Changing(q.Name)
	return q, func(c Case) []absint.Answer {
		answer := direct(common, q, false, c)
		if c == Fault {
			for i, v := range answer.Results {
				if b, ok := common.Signature().Results().At(i).Type().Underlying().(*types.Basic); ok && b.Info()&types.IsNumeric != 0 {
					v.Kind = absint.Unknown // a count beside an error may be -1
					answer.Results[i] = v
				}
			}
		}
		return []absint.Answer{answer}
	}, true
}

// inMemory reports whether a call is of a port of the program's own that may keep all it answers in memory:
// it waits for nobody by its shape.
func (in *inference) inMemory(call *ssa.CallCommon) bool {
	return call.IsInvoke() && call.Method.Pkg() != nil && in.calls.OwnTree(call.Method.Pkg()) && in.SummaryOf(call.Method) == nil && !in.calls.Catalogue.Waits(call.Method)
}

// online reports whether a call is known to ask another than the machine that it runs on, or a program,
// and can fail.
func (in *inference) online(call *ssa.CallCommon) bool {
	obj := calls.Callee(call)
	if obj == nil || obj.Pkg() == nil {
		return false
	}
	if sym, _, ok := in.calls.Lookup(call); ok && sym.Kind != catalogue.Action {
		return sym.Kind == catalogue.Query || sym.Kind == catalogue.Probe
	}
	if !calls.AnswersError(call.Signature()) {
		return false
	}
	if fn, ok := obj.(*types.Func); ok {
		if s := in.SummaryOf(fn); s != nil {
			return s.Online
		}
	}
	return in.calls.Catalogue.Remote(obj.Pkg().Path())
}

// remote reports whether a call can fail for a reason that passes.
func (in *inference) remote(call *ssa.CallCommon) bool {
	obj := calls.Callee(call)
	if obj == nil || obj.Pkg() == nil {
		return false
	}
	if sym, _, ok := in.calls.Lookup(call); ok {
		return sym.Kind == catalogue.Query || sym.Kind == catalogue.Probe
	}
	if !calls.AnswersError(call.Signature()) {
		return false
	}
	if fn, ok := obj.(*types.Func); ok {
		if s := in.SummaryOf(fn); s != nil {
			return s.Remote
		}
		if !call.IsInvoke() && in.calls.OwnTree(fn.Pkg()) && in.facts.Alone(fn.Pkg()) {
			return false // it keeps what it answers in memory
		}
	}
	if host, _, _ := strings.Cut(obj.Pkg().Path(), "/"); !strings.Contains(host, ".") && !in.calls.OwnTree(obj.Pkg()) {
		return in.calls.Catalogue.Remote(obj.Pkg().Path())
	}
	return !calls.NamedLocal(obj.Name())
}
