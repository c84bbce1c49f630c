package trial

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/calls"
	"github.com/errswallow/errswallow/analyzer/internal/catalogue"
)

// minors returns the executions of a function under what it asks that counts only where something
// else is lost: a file, beside a row. Its callers are told nothing of them, as of a query.
func (in *inference) minors(fn *ssa.Function) (trials []*Trial) {
	for call := range callsOf(fn) {
		common := call.Common()
		sym, _, ok := in.calls.Lookup(common)
		if !ok || sym.Kind != catalogue.Minor {
			continue
		}
		q := Query{Name: sym.Name, Object: sym.Object, Library: sym.Library, Fails: in.calls.Catalogue.Fails(sym.Library), Minor: true}
		if t := in.trial(fn, call, q, func(c Case) []absint.Answer { return directs(common, q, false, c) }); in.loses(fn, t) {
			trials = append(trials, t)
		}
	}
	return trials
}

// loses reports whether a function loses something that a trial counts.
func (in *inference) loses(fn *ssa.Function, t *Trial) bool {
	for call := range callsOf(fn) {
		if r := in.reachOf(call.Common()); r.Name != "" && r.Kind == absint.Destroys && t.Counts(r) {
			return true
		}
	}
	return false
}

// Counts reports whether a loss is of interest under the query: of a minor one what a function of its
// own package does is not, os.RemoveAll for os.Stat.
func (t *Trial) Counts(loss absint.Reach) bool {
	if !t.Query.Minor {
		return true
	}
	_, own := calls.Callee(t.Site.Common()).Pkg().Scope().Lookup(loss.Name).(*types.Func)
	return !own
}
