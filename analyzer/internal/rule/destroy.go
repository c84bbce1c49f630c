package rule

import (
	"fmt"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/flow"
	"github.com/errswallow/errswallow/analyzer/internal/trial"
)

// destroy fires when a call that cannot be undone is made under a fault that is not made
// when the object is found: the object was there, and is lost; or it is made a second
// time.
//
// Bad:
//
//	if _, err := cli.ContainerInspect(ctx, id); err != nil {
//		cli.ContainerRemove(ctx, id, container.RemoveOptions{Force: true})
//		return recreate(ctx, id)
//	}
//
// Good:
//
//	_, err := cli.ContainerInspect(ctx, id)
//	if errdefs.IsNotFound(err) {
//		return recreate(ctx, id)
//	}
//	if err != nil {
//		return err
//	}
var destroy = Rule{
	ID:       "destroy",
	Title:    "a fault leads to a call that cannot be undone",
	Run:      checkDestroy,
	Sentence: destroys,
}

func destroys(f *Finding, fault string) string {
	name := f.Event.Reach.Name
	if via := f.Event.Reach.Via; via != "" {
		name = fmt.Sprintf("%s, by %s", name, via)
	}
	return fmt.Sprintf("calls %s, as for %s that does not exist, when %s", name, f.object(), fault)
}

func checkDestroy(t *trial.Trial) []*Finding {
	var destroying, creating []*Finding
	for _, w := range slices.Concat(t.Ways(), t.Refusals()) {
		if w.Told() {
			continue
		}
		for i, event := range w.Events {
			if t.Query.Sink && (!event.Reach.Forgets || w.Match) { // the words of that library are not known
				continue
			}
			if t.Query.Minor && event.Kind != absint.Destroyed || !t.Counts(event.Reach) {
				continue
			}
			if event.Sometimes && !w.Joined { // before the query, perhaps
				continue
			}
			if event.Kind > absint.Created || event.Kind == absint.Destroyed && madeHere(w.Events[:i]) {
				continue
			}
			made := func(e absint.Exit) bool {
				return slices.ContainsFunc(e.Events, func(o *absint.Event) bool { return o.Kind == event.Kind && o.Reach.Name == event.Reach.Name })
			}
			found := t.Lacking(w, made)
			if found == nil {
				found = t.Refusing(w, made)
			}
			if found == nil || t.Confirmed(w.Exit, *found) {
				continue
			}
			f := &Finding{Pos: event.At.Pos(), Witness: trial.Witness{Fault: w, Found: found}, Event: event, Evidence: Certain}
			if w.Match {
				f.Rule = overbroad.ID
			}
			if w.Refused {
				f.Evidence = Possible
			}
			switch {
			case event.Kind == absint.Destroyed:
				destroying = append(destroying, f)
			case !t.Test() && !t.Ignored(): // else see discard
				f.Witness.Absent = t.Agreeing(trial.Absent, w, made)
				creating = append(creating, f)
			}
		}
	}
	return slices.Concat(destroying, abandoned(t), creating)
}

// abandoned finds the ways out under a fault on which an object is forgotten for good, as by
// the removal of its finalizer, without what is done before for one that is there: the
// clean-up is left out, and nobody comes back to it.
func abandoned(t *trial.Trial) (found []*Finding) {
	forgets := func(e *absint.Event) bool { return e.Reach.Forgets && after(t, e.At) }
	for _, w := range t.Ways() {
		i := len(w.Events) - 1
		for i >= 0 && !forgets(w.Events[i]) {
			i--
		}
		if i < 0 || w.Told() || w.Match || w.How != absint.Returned {
			continue
		}
		left := func(e absint.Exit) *absint.Event {
			return firstOf(e.Events, w.Events, func(e *absint.Event) bool { return !forgets(e) && e.Kind <= absint.Changed })
		}
		other := t.Lacking(w, func(e absint.Exit) bool { return left(e) == nil || !slices.ContainsFunc(e.Events, forgets) })
		absent := t.Agreeing(trial.Absent, w, func(e absint.Exit) bool { return trial.SameEvents(w.Exit, e) })
		if other != nil && absent != nil {
			found = append(found, &Finding{Pos: w.Events[i].At.Pos(), Witness: trial.Witness{Fault: w, Absent: absent, Found: other}, Event: w.Events[i], Evidence: Likely})
		}
	}
	return found
}

// after reports whether an instruction can be executed once the query was made.
func after(t *trial.Trial, at ssa.Instruction) bool {
	asked := t.Site.Block()
	return at.Parent() != asked.Parent() || at.Block() == asked || flow.Reaches(asked, at.Block(), nil)
}

// madeHere reports whether an object was made before: what is destroyed is the
// function's own.
func madeHere(before []*absint.Event) bool {
	return slices.ContainsFunc(before, func(e *absint.Event) bool { return e.Kind == absint.Created || e.Kind == absint.Ensured })
}
