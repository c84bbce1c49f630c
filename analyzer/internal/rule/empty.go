package rule

import (
	"fmt"
	"slices"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/calls"
	"github.com/errswallow/errswallow/analyzer/internal/trial"
)

// empty fires when a fault is told as an absence is, by nothing: there is an error
// result, it is nil, and the other results are zero.
//
// Bad:
//
//	list, err := cli.ContainerList(ctx, opts)
//	if err != nil {
//		log.Print(err)
//		return nil, nil
//	}
//	return list, nil
//
// Good:
//
//	list, err := cli.ContainerList(ctx, opts)
//	if err != nil {
//		return nil, fmt.Errorf("list containers: %w", err)
//	}
//	return list, nil
var empty = Rule{
	ID:    "empty",
	Title: "a fault is answered with nothing, and no error",
	Run: func(t *trial.Trial) []*Finding {
		if !answersError(t) && !t.Deletes() && !(t.Removes() && t.Fn.Signature.Results().Len() == 0) {
			return nil
		}
		var found []*Finding
		if !t.Query.Sink || t.Observes() {
			found = mistaken(t, func(c class) bool { return c == nothing })
		}
		if len(found) == 0 && (!t.Query.Sink || t.Deletes()) {
			found = skipped(t)
		}
		return found
	},
	Sentence: func(f *Finding, fault string) string {
		if f.Verdict == nil && f.Fn.Signature.Results().Len() == 0 {
			return fmt.Sprintf("returns and does nothing, as for %s that does not exist, when %s", f.object(), fault)
		}
		if f.Verdict == nil {
			return fmt.Sprintf("answers %s and does nothing, as for %s that does not exist, when %s", f.Answered(), f.object(), fault)
		}
		return answers(f, fault)
	},
}

// skipped finds the ways out under a fault that answer what is answered of an object that
// is there, without what is done to that: "nothing to remove" is said, and nothing is
// removed.
func skipped(t *trial.Trial) (found []*Finding) {
	if t.NoVerdict() || t.Test() || t.Query.Sink && t.Repeated() {
		return nil
	}
	counts := func(e *absint.Event) bool { return done(e) && (!t.Query.Sink || t.Acts(e)) }
	for _, w := range t.Ways() {
		if !t.Silent(w.Exit) || slices.ContainsFunc(w.Events, counts) || t.Query.Sink && (w.Match || !succeeds(w.Exit)) {
			continue
		}
		if t.Ignored() { // see discard
			return nil
		}
		missing := func(e absint.Exit) *absint.Event {
			return firstOf(e.Events, w.Events, func(e *absint.Event) bool { return !each(t, e.At) && counts(e) })
		}
		other := t.Lacking(w, func(e absint.Exit) bool { return missing(e) == nil || !trial.SameReplies(w.Exit, e) })
		absent := t.Agreeing(trial.Absent, w, func(e absint.Exit) bool { return trial.SameReplies(w.Exit, e) && trial.SameEvents(w.Exit, e) })
		if other == nil || absent == nil {
			continue
		}
		event := missing(*other)
		bare := len(w.Results) > 0 && !slices.ContainsFunc(w.Results, func(v absint.Value) bool { return !trial.Nothing(v) })
		f := &Finding{Pos: w.Pos, Witness: trial.Witness{Fault: w, Absent: absent, Found: other}, Event: event, Evidence: Possible}
		if !f.Pos.IsValid() { // it falls off the end
			f.Pos = t.Pos()
		}
		verdicts := slices.ContainsFunc(trial.TellsOf(t.Fn, w.Exit), func(told trial.Told) bool {
			c, _ := judge(t, w, told)
			truth, isBool := told.Value.Truth()
			return c == verdict && (truth || !isBool || told.Type == nil || !absint.IsBool(told.Type)) // false: it was not done
		})
		// nil, and a reply with nothing in it, say that it was done.
		did := event.Kind <= absint.Changed && bare && !t.Repeated()
		if verdicts || did || event.Kind == absint.Destroyed && t.Removes() && bare && !complains(w) || t.Deletes() {
			f.Evidence = Likely
		}
		found = append(found, f)
	}
	return found
}

// complains reports whether something is written on a way out that says that it failed.
func complains(w trial.Way) bool {
	return slices.ContainsFunc(w.Events, func(e *absint.Event) bool {
		text, ok := e.Value.Text()
		return e.Kind == absint.Wrote && ok && calls.NamedDoubt(text)
	})
}

// succeeds reports whether nothing is answered on a way out, and so nothing of a failure: an
// error, or a list of diagnostics, would be something.
func succeeds(e absint.Exit) bool {
	return !slices.ContainsFunc(e.Results, func(v absint.Value) bool { return v.Kind != absint.Zero })
}
