package trial

import (
	"maps"
	"slices"
	"strconv"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/summary"
)

// fail executes the function with a fault at the query, unless it was: once for each text of
// the error, where it looks at that.
func (t *Trial) fail() {
	if t.outcomes[Fault] != nil {
		return
	}
	t.infer.test = t.Test()
	fault, byMessage := t.infer.execute(t.Fn, t.hypothesis(Fault), t.infer.texts.of(t.Query.Gates()), func(absent bool) absint.Hypothesis {
		if absent {
			h := t.hypothesis(Absent)
			if q := t.Query; q.Lists && q.Via == "" && q.Answer.Error == "" {
				h.Answers = []absint.Answer{absint.AbsentAnswer(t.Site.Common().Signature().Results().Len())}
			}
			return h
		}
		return t.hypothesis(Fault)
	})
	t.outcomes[Fault], t.byMessage = &fault, byMessage
	t.answersStatus()
}

// answersStatus executes the function with statuses that say of a fault, where the query has
// any. Who looks at the text of an error that was made of one is not understood.
func (t *Trial) answersStatus() {
	if !t.Query.Status {
		return
	}
	by := map[string][]absint.Answer{}
	for _, a := range t.answers(Fault) {
		if a.Status != "" {
			by[a.Status] = append(by[a.Status], a)
		}
	}
	for _, status := range slices.Sorted(maps.Keys(by)) {
		out := t.infer.machine.Execute(t.Fn, t.supposing(Fault, by[status]))
		if t.infer.note(t.Fn, out); !out.Exhausted && !out.ReadsText {
			out.Exits = t.lookedAt(out.Exits)
			t.statuses = append(t.statuses, statusOutcome{status, out})
		}
	}
}

// lookedAt returns the ways out of those under a status on which somebody has looked at it: on
// others a condition on what came with it is needed, and the same is told of an object that is
// there.
func (t *Trial) lookedAt(exits []absint.Exit) (looked []absint.Exit) {
	found := t.Outcome(Found).Exits
	for _, e := range exits {
		if e.Free && slices.ContainsFunc(found, func(o absint.Exit) bool {
			return o.How == e.How && o.Block == e.Block && e.Agrees(o) && t.congruent(e, o)
		}) {
			continue
		}
		looked = append(looked, e)
	}
	return looked
}

// faults returns what callers are told of a fault. A status of which they are not told on every way
// is none: nobody looks at it, or it went where it is not seen.
func (t *Trial) faults() []summary.Answer {
	out := t.Outcome(Fault)
	if t.byMessage != nil {
		out = absint.Outcome{}
		for _, m := range t.byMessage {
			if !m.Absent {
				out.Exits = append(out.Exits, m.Exits...)
			}
		}
	}
	answers := told(out)
	for _, s := range t.statuses {
		of := labelled(told(s.Outcome), s.status)
		if !slices.ContainsFunc(of, func(a summary.Answer) bool { return !failing(a, t.Fn.Signature) && !says(a) }) {
			answers = summary.AddAll(answers, of)
		}
	}
	return answers
}

// labelled returns answers as those that are told of a status.
func labelled(answers []summary.Answer, status string) []summary.Answer {
	for i := range answers {
		answers[i].Status = status
	}
	return answers
}

// answersIn returns what a function that is a query itself answers when each of its
// queries ends in a case: nobody else is asked. What says nothing of an object that is there is no
// answer of one that is found, if there is another.
func (in *inference) answersIn(fn *ssa.Function, c Case) (answers []summary.Answer) {
	var others []summary.Answer
	for _, t := range in.heard(fn) {
		out := t.Outcome(c)
		if c == Found || c == Stopped {
			others = summary.AddAll(others, told(out))
			out.Exits = slices.DeleteFunc(slices.Clone(out.Exits), t.elsewhere)
		}
		of := told(out)
		if c == Absent && t.Query.Status {
			of = labelled(of, strconv.Itoa(gone))
		}
		answers = summary.AddAll(answers, of)
	}
	if len(answers) == 0 {
		return others
	}
	return answers
}

// elsewhere reports whether a way out says nothing of an object that is there: it is said to be
// absent, or somebody else failed, or may have.
func (t *Trial) elsewhere(e absint.Exit) bool {
	n := len(e.Results) - 1
	if n < 0 || !absint.IsError(t.Fn.Signature.Results().At(n).Type()) {
		return t.saysAbsent(e)
	}
	last := e.Results[n]
	return t.saysAbsent(e) || (last.Kind == absint.NonZero || last.Kind == absint.Unknown) && last.Is == ""
}

// note notes that the budget of an execution ran out.
func (in *inference) note(fn *ssa.Function, out absint.Outcome) {
	if out.Exhausted && !slices.Contains(in.pkg.Exhausted, fn) {
		in.pkg.Exhausted = append(in.pkg.Exhausted, fn)
	}
}

// told returns what callers are told in an outcome.
func told(out absint.Outcome) (answers []summary.Answer) {
	for _, e := range out.Exits {
		if e.How == absint.Returned {
			answers = summary.Add(answers, summary.OfExit(e))
		}
	}
	return answers
}
