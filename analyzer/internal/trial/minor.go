package trial

import (
	"go/types"
	"slices"

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
		trials = append(trials, in.trial(fn, call, q, func(c Case) []absint.Answer { return directs(common, q, false, c) }))
	}
	if len(trials) == 0 {
		return nil
	}
	losses := in.losses(fn)
	return slices.DeleteFunc(trials, func(t *Trial) bool { return !slices.ContainsFunc(losses, t.Counts) })
}

// losses are the calls in a function that cannot be undone, or those deep inside them.
func (in *inference) losses(fn *ssa.Function) (losses []absint.Reach) {
	for call := range callsOf(fn) {
		if r := in.reachOf(call.Common()); r.Name != "" && r.Kind == absint.Destroys {
			losses = append(losses, r)
		}
	}
	return losses
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
