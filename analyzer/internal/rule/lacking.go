package rule

import (
	"slices"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/trial"
)

// lacking finds a call on a way out under a fault that makes something of what is known without the
// query, as for an absence, and of what it answers for an object that is there.
func lacking(t *trial.Trial, w trial.Way) *Finding {
	for _, event := range w.Events {
		if event.Kind != absint.Created && event.Kind != absint.Ensured || event.Hangs || event.Sometimes {
			continue
		}
		found := t.Lacking(w, func(e absint.Exit) bool { return !slices.ContainsFunc(e.Events, more(event)) })
		absent := t.Agreeing(trial.Absent, w, func(e absint.Exit) bool {
			return slices.ContainsFunc(e.Events, func(e *absint.Event) bool { return e.At == event.At && !e.Hangs })
		})
		if found != nil && (absent != nil || t.Blank()) {
			return &Finding{Pos: t.Pos(), Evidence: Likely, Witness: trial.Witness{Fault: w, Absent: absent, Found: found}, Event: event}
		}
	}
	return nil
}

// more reports of events whether they are the same call as one, handed something of what was asked
// for, as that was not.
func more(less *absint.Event) func(*absint.Event) bool {
	return func(e *absint.Event) bool { return e.At == less.At && e.Hangs && !less.Hangs }
}

// lacks reports whether a finding is that of a call which is made of less.
func (f *Finding) lacks() bool {
	return f.Verdict == nil && f.Event != nil && f.Witness.Found != nil && slices.ContainsFunc(f.Witness.Found.Events, more(f.Event))
}
