package trial

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
)

// Again infers what becomes of a package if some of its functions have other bodies: fns, which
// are of the same package, type-checked anew. What the other functions do is known from before.
func (p *Package) Again(fns []*ssa.Function, pkg *types.Package) *Package {
	in := newInference(fns, pkg, p.infer.calls.Catalogue, p.infer.facts)
	for fn, s := range p.infer.local {
		same := counterpart(fn, pkg)
		if same == nil {
			continue
		}
		in.learn(same, s)
		if p.infer.declared[fn] != nil {
			in.declared[same] = s
		}
	}
	in.run()
	for _, again := range in.pkg.Predicates {
		again.Applied = true // it was, or it would not have been judged
	}
	return in.pkg
}

// counterpart returns the function of the same name of a package that was type-checked anew, nil
// where there is none.
func counterpart(fn *types.Func, pkg *types.Package) *types.Func {
	recv := fn.Signature().Recv()
	if recv == nil {
		same, _ := pkg.Scope().Lookup(fn.Name()).(*types.Func)
		return same
	}
	t := recv.Type()
	if p, ok := t.(*types.Pointer); ok {
		t = p.Elem()
	}
	named, ok := t.(*types.Named)
	if !ok || named.Obj().Pkg() != fn.Pkg() {
		return nil
	}
	obj := pkg.Scope().Lookup(named.Obj().Name())
	if obj == nil {
		return nil // declared in a function
	}
	method, _, _ := types.LookupFieldOrMethod(types.NewPointer(obj.Type()), true, pkg, fn.Name())
	same, _ := method.(*types.Func)
	return same
}

// Find returns the trial of the function that is declared at one position under the query at
// another, nil if there is none.
func (p *Package) Find(fn, site token.Pos) *Trial {
	i := slices.IndexFunc(p.Trials, func(t *Trial) bool { return t.Fn.Pos() == fn && t.Pos() == site })
	if i < 0 {
		return nil
	}
	return p.Trials[i]
}

// Predicate returns the predicate that is declared at a position, nil if there is none. One that
// does not look at texts any more answers the same to all of a kind.
func (p *Package) Predicate(at token.Pos) *Predicate {
	if i := slices.IndexFunc(p.Predicates, func(q *Predicate) bool { return q.Fn.Pos() == at }); i >= 0 {
		return p.Predicates[i]
	}
	i := slices.IndexFunc(p.Fns, func(fn *ssa.Function) bool { return fn.Pos() == at })
	if i < 0 {
		return nil
	}
	fn := p.Fns[i]
	param := slices.IndexFunc(fn.Params, func(v *ssa.Parameter) bool { return absint.IsError(v.Type()) })
	given := func(v absint.Value) absint.Outcome {
		return p.infer.machine.Execute(fn, absint.Hypothesis{Params: map[int]absint.Value{param: v}})
	}
	return &Predicate{Fn: fn, ByMessage: whatever(p.infer.texts.ofAny(), given(absint.FaultParam), given(absint.AbsentParam)), Applied: true}
}

// Keeps reports whether a predicate answers to what says that something is absent what it did
// before it was changed, to most such texts, and something else to the others.
func (p *Predicate) Keeps(before *Predicate) bool {
	is := p.exits(true)
	return covers(is, before.exits(true)) && !covers(p.exits(false), is)
}

// exits returns the ways out of a predicate for the texts that say that something is absent, or
// for the others.
func (p *Predicate) exits(absent bool) (exits []absint.Exit) {
	for _, m := range p.ByMessage {
		if m.Absent == absent {
			exits = append(exits, m.Exits...)
		}
	}
	return exits
}

// Keeps reports whether a function does what it did before it was changed, where the query was
// answered: of an absent object, and of one that is there. Where it crashed it may do anything, and
// where it went by the text of an absence all may be told what some were.
func (t *Trial) Keeps(before *Trial) bool {
	for _, c := range []Case{Absent, Found} {
		was, is := before.Exits(c), t.Exits(c)
		crashed := slices.ContainsFunc(was, func(e absint.Exit) bool { return e.How == absint.Crashed })
		byText := c == Absent && before.byMessage != nil
		if before.Exhausted(c) || t.Exhausted(c) || !byText && !covers(was, is) || !crashed && !covers(is, was) {
			return false
		}
	}
	return !t.keepsAbsence()
}

// keepsAbsence reports whether something is stored under a fault as of an absent object, and not
// as of one that is there: whoever is told of the fault does not mend that.
func (t *Trial) keepsAbsence() bool {
	stored := func(told Told, c Case) bool {
		return slices.ContainsFunc(t.Exits(c), func(e absint.Exit) bool { return told.SameAs(TellsOf(t.Fn, e)) })
	}
	return slices.ContainsFunc(t.Ways(), func(w Way) bool {
		return slices.ContainsFunc(TellsOf(t.Fn, w.Exit), func(told Told) bool {
			return told.Kind >= Stored && stored(told, Absent) && !stored(told, Found)
		})
	})
}

// covers reports whether each of some ways out has one among others that tells the same, crashes
// aside.
func covers(ways, by []absint.Exit) bool {
	return !slices.ContainsFunc(ways, func(a absint.Exit) bool {
		return a.How != absint.Crashed && !slices.ContainsFunc(by, func(b absint.Exit) bool { return a.How == b.How && SameReplies(a, b) && sameKinds(a, b) })
	})
}

// sameKinds reports whether as much happened on two ways out of two versions of a function, and
// in the same order.
func sameKinds(a, b absint.Exit) bool {
	return slices.EqualFunc(a.Events, b.Events, func(x, y *absint.Event) bool {
		return x.Kind == y.Kind && x.Reach.Name == y.Reach.Name
	})
}
