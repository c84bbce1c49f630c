package rule

import (
	"fmt"
	"slices"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/calls"
	"github.com/errswallow/errswallow/analyzer/internal/trial"
)

// collapse fires when a fault is told as an absence is, and as no object is that is
// there, and what is told is a verdict.
//
// Bad:
//
//	info, err := cli.ContainerInspect(ctx, id)
//	if err != nil {
//		return false, nil
//	}
//	return info.State.Running, nil
//
// Good:
//
//	info, err := cli.ContainerInspect(ctx, id)
//	if errdefs.IsNotFound(err) {
//		return false, nil
//	}
//	if err != nil {
//		return true, err
//	}
//	return info.State.Running, nil
var collapse = Rule{
	ID:    "collapse",
	Title: "a fault is answered as absence",
	Run: func(t *trial.Trial) []*Finding {
		found := mistaken(t, func(c class) bool {
			return c == verdict || c == nothing && !answersError(t)
		})
		found = append(found, unrefused(t)...)
		found = append(found, incomplete(t)...)
		if len(found) == 0 || t.Ignored() {
			return nil // see discard
		}
		return found
	},
	Sentence: answers,
}

// answers is the sentence of what is told as of an object that does not exist.
func answers(f *Finding, fault string) string {
	if f.lacks() {
		return fmt.Sprintf("calls %s without what %s answers, as for %s that does not exist, when %s", callee(f.Event), QueryName(f.Query()), f.object(), fault)
	}
	return fmt.Sprintf("%s, as for %s that does not exist, when %s", f.Answered(), f.object(), fault)
}

// mistaken finds the ways out under a fault that are told as an absence is, and as no
// object that is there, by an answer of a class that counts.
func mistaken(t *trial.Trial, counts func(class) bool) (found []*Finding) {
	if t.NoVerdict() || doubts(t) {
		return nil
	}
	for _, w := range t.Ways() {
		silent := t.Silent(w.Exit) || lies(t, w)
		tells := trial.TellsOf(t.Fn, w.Exit)
		if trial.Doubted(tells) {
			continue
		}
		for _, told := range tells {
			c, evidence := judge(t, w, told)
			if !counts(c) || !silent && !(told.Kind == trial.Replied && absent(t, told)) { // who is answered 404 hears of no error
				continue
			}
			other := func(e absint.Exit) bool {
				tells := trial.TellsOf(t.Fn, e)
				return !told.SameAs(tells) && !(e.Joined && told.MayBe(tells))
			}
			witness := t.Witness(w,
				func(e absint.Exit) bool {
					tells := trial.TellsOf(t.Fn, e)
					return (told.MayBe(tells) || c == nothing && t.Query.Lists && told.Less(tells)) && trial.SameReplies(w.Exit, e)
				}, other)
			if witness == nil && saysAbsent(t, told) { // in so many words, whatever is told of an absence
				witness = t.Saying(w, other)
			}
			truth, known := told.Value.Truth()
			if witness == nil || known && truth && (witness.Absent == nil || told.Kind == trial.Returned && affirms(t.Fn.Name())) || t.Confirmed(w.Exit, *witness.Found) {
				continue
			}
			f := &Finding{Pos: w.Pos, Witness: *witness, Verdict: &told, Evidence: evidence}
			if perhaps(t, f, c) {
				f.Evidence = Possible
			}
			if told.Kind != trial.Returned {
				f.Pos = told.At()
			}
			if w.Match {
				f.Rule = overbroad.ID
			}
			found = append(found, f)
		}
	}
	return found
}

// perhaps reports whether what is told of a fault need not be the answer of who asked.
func perhaps(t *trial.Trial, f *Finding, c class) bool {
	told := f.Verdict
	truth, _ := told.Value.Truth()
	unsaid := c == nothing || told.Type != nil && absint.IsError(told.Type)
	switch {
	case unsaid && answersOtherwise(t, *told),
		t.Waits() && t.Blank(),
		undecided(t, f),
		undone(f),
		toldByDeed(f) && !saysAbsent(t, *told),
		oneOfSeveral(t, f) && (c == nothing || truth):
		return true
	}
	return false
}

// unrefused finds the ways out under a fault that answer nil, and no more, where an error is
// answered of an object that is there: a name is free, a machine is gone at last. Where that
// is answered of some objects only, it is a check that is left out.
func unrefused(t *trial.Trial) (found []*Finding) {
	if t.NoVerdict() || !answersError(t) {
		return nil
	}
	for _, w := range t.Ways() {
		if !t.Silent(w.Exit) {
			continue
		}
		refused := t.Barring(w)
		if refused == nil && succeeds(w.Exit) {
			refused = t.Refusing(w, func(absint.Exit) bool { return false })
		}
		absent := t.Agreeing(trial.Absent, w, t.Silent)
		if refused == nil || absent == nil && slices.ContainsFunc(t.Exits(trial.Absent), t.Normal) {
			continue
		}
		f := &Finding{Pos: w.Pos, Evidence: Likely, Witness: trial.Witness{Fault: w, Absent: absent, Found: refused}, Verdict: &trial.TellsOf(t.Fn, w.Exit)[0]}
		if t.Agreeing(trial.Found, w, func(absint.Exit) bool { return true }) != nil {
			f.Evidence = Possible
		}
		found = append(found, f)
	}
	return found
}

// incomplete finds what is made under a fault of less than for an object that is there, and of as
// much as for none.
func incomplete(t *trial.Trial) (found []*Finding) {
	if t.NoVerdict() || t.Test() {
		return nil
	}
	for _, w := range t.Ways() {
		if !t.Normal(w.Exit) || w.Told() || w.Match || w.Status != "" {
			continue
		}
		if f := lacking(t, w); f != nil {
			f.Pos = f.Event.At.Pos()
			found = append(found, f)
		}
	}
	return found
}

// doubts reports whether a result of the function says if it knows the others.
func doubts(t *trial.Trial) bool {
	for result := range t.Fn.Signature.Results().Variables() {
		if calls.NamedDoubt(result.Name()) && !absint.IsError(result.Type()) {
			return true
		}
	}
	return false
}

// answersOtherwise reports whether a fault is answered with something on another way
// out: the query is not all that the answer is made of.
func answersOtherwise(t *trial.Trial, told trial.Told) bool {
	return slices.ContainsFunc(t.Ways(), func(w trial.Way) bool {
		return t.Silent(w.Exit) && !told.SameAs(trial.TellsOf(t.Fn, w.Exit))
	})
}

// undecided reports whether true is answered, of which only the name would say what it means: an
// object that is there may get either.
func undecided(t *trial.Trial, f *Finding) bool {
	if truth, known := f.Truth(); !known || !truth {
		return false
	}
	for _, o := range trial.TellsOf(t.Fn, *f.Witness.Found) {
		if o.Kind == f.Verdict.Kind && o.Place == f.Verdict.Place {
			_, known := o.Value.Truth()
			return !known
		}
	}
	return false
}

// oneOfSeveral reports whether another result says something under the fault: one that does not
// is a part of an answer.
func oneOfSeveral(t *trial.Trial, f *Finding) bool {
	for i, v := range f.Witness.Fault.Results {
		if i != f.Verdict.Result && !trial.Nothing(v) && !absint.IsError(t.Fn.Signature.Results().At(i).Type()) {
			return true
		}
	}
	return false
}

// undone reports whether false is answered where something is done with an object that is
// there: it says that this was not done, which is so.
func undone(f *Finding) bool {
	truth, known := f.Truth()
	return known && !truth && firstOf(f.Witness.Found.Events, f.Witness.Fault.Events, func(e *absint.Event) bool { return e.Kind <= absint.Changed }) != nil
}

// toldByDeed reports whether something is done of an absent object, and not under the fault: the two
// were told apart, by what is done.
func toldByDeed(f *Finding) bool {
	absent := f.Witness.Absent
	return absent != nil && firstOf(absent.Events, f.Witness.Fault.Events, func(e *absint.Event) bool { return e.Kind <= absint.Changed }) != nil
}

// lies reports whether a way out answers an error that says that something is absent,
// although it was a fault.
func lies(t *trial.Trial, w trial.Way) bool {
	if w.How != absint.Returned || w.Fate&absint.Kept != 0 || t.Query.Lies {
		return false // or the callee is reported itself
	}
	says := false
	for i, v := range w.Results {
		if absint.IsError(t.Fn.Signature.Results().At(i).Type()) {
			if says = t.AbsenceError(v); !says {
				return false
			}
		}
	}
	return says
}

// answersError reports whether the function has an error to answer.
func answersError(t *trial.Trial) bool {
	results := t.Fn.Signature.Results()
	return results.Len() > 0 && absint.IsError(results.At(results.Len()-1).Type())
}
