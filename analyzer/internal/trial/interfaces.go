package trial

import (
	"cmp"
	"fmt"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/summary"
)

// An implementation is a method, and the interface's that it is called by.
type implementation struct{ impl, method *types.Func }

// interfaces returns what the conversions in fns make known of interfaces, or
// nil. Interfaces of other repositories are left out: too much implements them.
func (in *inference) interfaces(fns []*ssa.Function) *summary.Interfaces {
	type known struct {
		impl    string
		summary *summary.Summary
	}
	methods := map[string][]known{}
	for _, fn := range fns {
		if in.facts.Test(fn.Pos()) {
			continue // it hands fakes around
		}
		for mk := range conversions(fn) {
			named, ok := types.Unalias(mk.Type()).(*types.Named)
			if !ok || named.Obj().Pkg() == nil || !in.calls.OwnTree(named.Obj().Pkg()) {
				continue
			}
			for m := range named.Underlying().(*types.Interface).Methods() {
				obj, _, _ := types.LookupFieldOrMethod(mk.X.Type(), true, m.Pkg(), m.Name())
				impl, ok := obj.(*types.Func)
				if !ok {
					continue
				}
				in.pkg.implements = append(in.pkg.implements, implementation{impl, m})
				if s := in.SummaryOf(impl); s != nil && !s.Empty() {
					name := m.Origin().FullName() // of a generic one, whatever it is instantiated with
					methods[name] = append(methods[name], known{impl.FullName(), s})
				}
			}
		}
	}
	if len(methods) == 0 {
		return nil
	}
	f := &summary.Interfaces{}
	for name, all := range methods {
		// Whichever is handed around first: the first one's query is told.
		slices.SortFunc(all, func(a, b known) int { return cmp.Compare(a.impl, b.impl) })
		var together *summary.Summary
		for _, k := range all {
			together = summary.Together(together, k.summary)
		}
		f.Methods = append(f.Methods, summary.InterfaceMethod{Name: name, Summary: *together})
	}
	slices.SortFunc(f.Methods, func(a, b summary.InterfaceMethod) int { return cmp.Compare(a.Name, b.Name) })
	return f
}

// conversions yields the conversions to an interface in a function and its
// func literals.
func conversions(fn *ssa.Function) func(yield func(*ssa.MakeInterface) bool) {
	return func(yield func(*ssa.MakeInterface) bool) {
		work := []*ssa.Function{fn}
		for len(work) > 0 {
			fn := work[0]
			work = append(work[1:], fn.AnonFuncs...)
			for _, b := range fn.Blocks {
				for _, instr := range b.Instrs {
					if mk, ok := instr.(*ssa.MakeInterface); ok && !yield(mk) {
						return
					}
				}
			}
		}
	}
}

// asked is a method of an interface, and whether a test file calls it.
type asked struct {
	method *types.Func
	test   bool
}

// implemented returns what the implementations of an interface method answer,
// taken together, or nil where none is known. Those of test files are fakes, and
// known to test files only. It is kept until another method of the name is known.
func (in *inference) implemented(method *types.Func) *summary.Summary {
	byMethod := in.together[method.Name()]
	if byMethod == nil {
		byMethod = map[asked]*summary.Summary{}
		in.together[method.Name()] = byMethod
	}
	s, known := byMethod[asked{method, in.test}]
	if !known {
		s = in.implementations(method)
		byMethod[asked{method, in.test}] = s
	}
	return s
}

func (in *inference) implementations(method *types.Func) *summary.Summary {
	known := in.facts.Implementations(method)
	for _, obj := range in.methods[method.Name()] {
		s := in.local[obj]
		if !s.Empty() && (in.test || !in.facts.Test(obj.Pos())) && summary.Implements(obj, method) {
			known = append(known, s)
		}
	}
	slices.SortFunc(known, func(a, b *summary.Summary) int {
		if c := cmp.Compare(a.String(), b.String()); c != 0 {
			return c
		}
		return cmp.Compare(fmt.Sprintf("%#v", a), fmt.Sprintf("%#v", b))
	})
	var all *summary.Summary
	for _, s := range known {
		all = summary.Together(all, s)
	}
	return all
}
