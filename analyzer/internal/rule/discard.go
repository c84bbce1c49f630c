package rule

import (
	"cmp"
	"fmt"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/calls"
	"github.com/errswallow/errswallow/analyzer/internal/flow"
	"github.com/errswallow/errswallow/analyzer/internal/trial"
)

// discard fires when nobody listens to a query's error, or it is only logged, and the
// value that came beside it decides what is done, or is what is answered.
//
// Bad:
//
//	running, _ := p.IsRunning(ctx, id)
//	if !running {
//		p.Restart(ctx, id)
//	}
//
// Good:
//
//	running, err := p.IsRunning(ctx, id)
//	if err != nil {
//		return err
//	}
//	if !running {
//		p.Restart(ctx, id)
//	}
var discard = Rule{
	ID:       "discard",
	Title:    "the error is dropped, and the zero value beside it decides",
	Run:      checkDiscard,
	Sentence: discards,
}

func discards(f *Finding, fault string) string {
	verb := "drops"
	if f.Logged() {
		verb = "goes on after"
	}
	query := QueryName(f.Query())
	switch {
	case f.Crash():
		return fmt.Sprintf("%s the error of %s and dereferences the nil beside it, when %s", verb, query, fault)
	case f.Verdict == nil && f.Event != nil && zeroed(f.Event):
		return fmt.Sprintf("%s the error of %s and hands what came beside it to %s, as for %s that does not exist, when %s", verb, query, callee(f.Event), f.object(), fault)
	case f.lacks():
		return fmt.Sprintf("%s the error of %s and calls %s without what that answers, as for %s that does not exist, when %s", verb, query, callee(f.Event), f.object(), fault)
	case f.Verdict != nil:
		return fmt.Sprintf("%s the error of %s and %s, as for %s that does not exist, when %s", verb, query, f.Answered(), f.object(), fault)
	}
	return fmt.Sprintf("%s the error of %s and decides by the value beside it, as for %s that does not exist, when %s", verb, query, f.object(), fault)
}

// Logged reports whether the error is looked at, or shown, and the program goes on.
func (f *Finding) Logged() bool { return f.Trial != nil && !f.Trial.Blank() }

// Crash reports whether the value that came beside the error is dereferenced.
func (f *Finding) Crash() bool { return f.Witness.Fault.How == absint.Crashed }

func checkDiscard(t *trial.Trial) (found []*Finding) {
	if t.NoVerdict() {
		return nil
	}
	for _, w := range t.Ways() {
		fails := w.How == absint.Returned && t.Fails(w.Exit)
		if w.Status != "" || w.How == absint.Stopped || w.Told() || fails && !(t.Blank() && t.Unaware(w.Exit)) {
			continue
		}
		if t.Exhausted(trial.Found) || !t.Ignored() { // not before it matters: both execute the function
			return nil
		}
		evidence := Likely
		if fails && !(t.Blank() && calls.NamedState(t.Query.Via)) {
			evidence = Possible // it may say that nothing could be asked, in its own words
		}
		if !t.Test() { // a test that goes wrong is seen
			if other, event := decides(t, w); other != nil {
				found = append(found, &Finding{Pos: t.Pos(), Evidence: evidence, Witness: trial.Witness{Fault: w, Found: other}, Event: event})
			}
			if f := lacking(t, w); f != nil && !fails {
				found = append(found, f)
			}
			if f := writesBeside(t, w); f != nil && !fails {
				found = append(found, f)
			}
		}
		// Where the error is dropped, another that is answered may be nil.
		if (t.Silent(w.Exit) || lies(t, w) || t.Blank() && w.How == absint.Returned && !fails) && !t.Waits() {
			found = append(found, answersBeside(t, w)...)
		}
	}
	if t.Blank() { // what an object that is there is refused for is not asked
		for _, f := range unrefused(t) {
			f.Pos = t.Pos()
			found = append(found, f)
		}
	}
	return found
}

// zeroed reports whether a call changes something to the zero value that came beside the
// error.
func zeroed(e *absint.Event) bool {
	return e.Kind == absint.Changed && e.Value.Kind == absint.Zero && e.Value.From&absint.Beside != 0
}

// callee is the name of what an event calls.
func callee(e *absint.Event) string {
	if name := cmp.Or(e.Reach.Via, e.Reach.Name); name != "" {
		return name
	}
	if call, ok := e.At.(ssa.CallInstruction); ok {
		if obj := calls.Callee(call.Common()); obj != nil {
			return obj.Name()
		}
	}
	return "a function"
}

// writesBeside finds a call on a way out under a fault that changes something to the zero value
// beside the error, and to something else for an object that is there: a count, a list.
func writesBeside(t *trial.Trial, w trial.Way) *Finding {
	for _, event := range w.Events {
		if !zeroed(event) || event.Sometimes {
			continue
		}
		kept := func(e *absint.Event) bool { return e.At == event.At && !zeroed(e) }
		if other := t.Lacking(w, func(e absint.Exit) bool { return !slices.ContainsFunc(e.Events, kept) }); other != nil {
			return &Finding{Pos: t.Pos(), Evidence: Likely, Witness: trial.Witness{Fault: w, Found: other}, Event: event}
		}
	}
	return nil
}

// answersBeside finds what is answered on a way out under a fault, and not for an object
// that is there, though nobody has listened to the error.
func answersBeside(t *trial.Trial, w trial.Way) (found []*Finding) {
	for _, told := range trial.TellsOf(t.Fn, w.Exit) {
		f := &Finding{Pos: t.Pos(), Verdict: &told}
		var c class
		switch c, f.Evidence = judge(t, w, told); {
		case unforeseen(told) && t.Blank():
			if other := t.Lacking(w, func(e absint.Exit) bool { return !told.KnownIn(trial.TellsOf(t.Fn, e)) }); other != nil {
				found = append(found, &Finding{Pos: t.Pos(), Evidence: Likely, Witness: trial.Witness{Fault: w, Found: other}})
			}
			continue
		case refuses(told.Value):
			continue
		case told.Kind == trial.Returned && (told.Value.Identified() || told.Value.Kind == absint.Const && answersError(t)):
			f.Evidence = Likely // whatever it is, it is another's answer
		case told.Kind == trial.Stored && c != other && told.Value.Kind == absint.Zero && !t.Blank() && w.Fate&absint.Shown == 0:
			f.Evidence = Likely // of all errors one was thought of
		case c == other, c == nothing && told.Kind != trial.Returned, c == nothing && answersError(t) && !t.Blank():
			continue // see empty
		case c == nothing && (t.Blank() && told.Field == "" || (list(told.Type) || t.Query.Lists && succeeds(w.Exit)) && (t.Blank() || !answersError(t))):
			f.Evidence = Likely // nobody could have known
		case c == nothing:
			f.Evidence = Possible
		}
		if other := t.Lacking(w, func(e absint.Exit) bool { return told.SameAs(trial.TellsOf(t.Fn, e)) }); other != nil {
			f.Witness = trial.Witness{Fault: w, Found: other}
			if truth, _ := f.Truth(); truth && undecided(t, f) && affirms(t.Fn.Name()) {
				f.Evidence = Possible
			}
			found = append(found, f)
		}
	}
	return found
}

// affirms reports whether a function of this name says by true that something is there:
// ServiceExists, and not IsMissing.
func affirms(name string) bool { return calls.NamedState(name) && !calls.NamedAbsence(name) }

// list reports whether a type is one of lists, of which an empty one says that there is
// nothing; another field with nothing in it is one of several that are shown.
func list(t types.Type) bool {
	if t == nil {
		return false
	}
	switch t.Underlying().(type) {
	case *types.Slice, *types.Map:
		return true
	}
	return false
}

// decides returns a way out for an object that is found on which something else is done
// than on one under a fault: nil if there is none. What is not done for each of no
// elements decides nothing, nor what is not done yet where the query is made again.
func decides(t *trial.Trial, w trial.Way) (found *absint.Exit, event *absint.Event) {
	differs := func(found absint.Exit) *absint.Event {
		if event := firstOf(w.Events, found.Events, func(*absint.Event) bool { return true }); event != nil || t.Waits() {
			return event
		}
		// What is kept of each stays as empty as if there were none, and what a function
		// removes by its name stays.
		counts := func(e *absint.Event) bool {
			return t.Blank() && t.Query.Lists && (e.Kind == absint.Stored || e.Kind == absint.Destroyed && t.Removes())
		}
		return firstOf(found.Events, w.Events, func(e *absint.Event) bool { return counts(e) || !each(t, e.At) })
	}
	if w.How == absint.Crashed {
		return t.Returning(w), nil
	}
	if found = t.Lacking(w, func(found absint.Exit) bool { return differs(found) == nil }); found != nil {
		return found, differs(*found)
	}
	// What is refused for an object that is there, a second one of a name, is done.
	only := func(found absint.Exit) *absint.Event {
		return firstOf(w.Events, found.Events, func(e *absint.Event) bool { return e.Kind <= absint.Changed })
	}
	if found = t.Refusing(w, func(found absint.Exit) bool { return only(found) == nil }); found != nil {
		event = only(*found)
	}
	return found, event
}

// firstOf returns the first of some events, of those that count, that others lack, one that
// cannot be undone before any other; nil if there is none.
func firstOf(events, others []*absint.Event, counts func(*absint.Event) bool) (first *absint.Event) {
	for _, e := range events {
		if !done(e) || e.Sometimes || !counts(e) || slices.ContainsFunc(others, func(o *absint.Event) bool { return o.Kind == e.Kind && o.At == e.At }) {
			continue
		}
		if first == nil || first.Kind > e.Kind {
			first = e
		}
	}
	return first
}

// unforeseen reports whether a bool is answered that has nothing to do with the query.
func unforeseen(told trial.Told) bool {
	return told.Kind == trial.Returned && told.Type != nil && absint.IsBool(told.Type) && told.Value.Kind == absint.Unknown && told.Value.From&absint.Hangs == 0
}

// done reports whether an event is something done, and not only said.
func done(e *absint.Event) bool {
	return e.Kind <= absint.Changed || e.Kind >= absint.Stored
}

// each reports whether an instruction stands in a loop that the query does not stand
// in: it is made for each of what was found.
func each(t *trial.Trial, at ssa.Instruction) bool {
	if at.Parent() != t.Site.Parent() {
		return false
	}
	loop := flow.Loop(at.Block())
	return len(loop) > 0 && !slices.Contains(loop, t.Site.Block())
}
