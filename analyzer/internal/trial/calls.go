package trial

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/calls"
	"github.com/errswallow/errswallow/analyzer/internal/catalogue"
)

// A Call is one that asks, destroys or makes something.
type Call struct {
	// At is the opening parenthesis of its arguments.
	At   token.Pos
	Kind catalogue.Kind
	// Query is what it asks, where it does; of others only the name and the library.
	Query Query
	// Command: it runs a command line.
	Command bool
	// Through: the catalogue knows nothing of it, and what it calls asks.
	Through bool
	Symbol  catalogue.Symbol
}

// Calls returns the calls of a package that ask, destroy or make something, each once: those
// in the catalogue, command lines, queries beside a sink; and, of what the catalogue does not
// know, methods of interfaces whose implementations ask, and functions that are declared to.
func (p *Package) Calls() []Call {
	in := p.infer
	if in == nil {
		return nil
	}
	var out []Call
	seen := map[token.Pos]bool{}
	for _, fn := range p.Fns {
		in.test = in.facts.Test(fn.Pos())
		sinks := in.sinks(fn)
		for call := range callsOf(fn) {
			at := call.Common().Pos()
			if c, ok := in.call(call, sinks); ok && at.IsValid() && !seen[at] {
				seen[at] = true
				c.At = at
				out = append(out, c)
			}
		}
	}
	return out
}

// call says what a call does, if it is one of those.
func (in *inference) call(call ssa.CallInstruction, sinks bool) (Call, bool) {
	common := call.Common()
	sym, command, known := in.calls.Lookup(common)
	if known && sym.Kind != catalogue.Query {
		if sym.Only != "" && !in.calls.Only(common, sym.Only) {
			return Call{}, false
		}
		return Call{Kind: sym.Kind, Query: Query{Name: sym.Name, Library: sym.Library}, Command: command, Symbol: sym}, lasting(sym.Kind)
	}
	q, _, asks := in.query(call)
	asks = asks && len(q.With) == 0
	switch {
	case asks && known:
		return Call{Kind: catalogue.Query, Query: q, Command: command, Symbol: sym}, true
	case asks && in.apart(common, q):
		return Call{Kind: catalogue.Query, Query: q, Through: true}, true
	case sinks && !asks:
		if q, _, ok := in.supposed(call); ok {
			return Call{Kind: catalogue.Query, Query: q, Through: true}, true
		}
	}
	if fn, ok := calls.Callee(common).(*types.Func); ok && in.declared[fn.Origin()] != nil && in.declared[fn.Origin()].Reach.Name == fn.Name() {
		return Call{Kind: catalogue.Destructive, Query: Query{Name: fn.Name()}}, true
	}
	return Call{}, false
}

// lasting reports whether something is lost, or made, by a call of a kind.
func lasting(kind catalogue.Kind) bool {
	return slices.Contains([]catalogue.Kind{catalogue.Destructive, catalogue.Creating, catalogue.Ensuring, catalogue.Forgetting}, kind)
}

// apart reports whether a call that asks deep inside is one of its own: nobody knows what
// stands behind an interface, and what a function is declared to be its body does not say.
// Any other asks where the query stands that it makes.
func (in *inference) apart(call *ssa.CallCommon, q Query) bool {
	return call.IsInvoke() || q.Via == ""
}

// Lists reports whether a query lists objects: it says of what is absent that it
// is, without an error.
func Lists(s catalogue.Symbol) bool {
	return s.Answer.Empty || calls.NamedList(s.Name) && !s.Answer.Missing
}
