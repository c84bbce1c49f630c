package rule

import (
	"slices"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/predicate"
	"github.com/errswallow/errswallow/analyzer/internal/summary"
)

// collapse fires when the caller is told a bool that means absence, and no
// error.
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
	Run:   checkCollapse,
}

func checkCollapse(run *summary.Run) *Finding {
	if noVerdict(run) {
		return nil
	}
	for _, w := range ways(run) {
		v, ok := w.verdict(run.Fn)
		if !ok || !w.silentTo(run.Fn) || guessed(run, w) {
			continue
		}
		truth, known := v.Truth()
		if !known || (v.From|w.Governed)&(absint.ByError|absint.ByGate) == 0 || !meansAbsence(run, truth) || toldApart(run, w) {
			continue
		}
		f := &Finding{Pos: w.Pos, Told: Told(run.Fn, w.Results), Verdict: truth, Known: true, Message: w.message}
		if w.match {
			f.Rule = overbroad.ID
		}
		return f
	}
	return nil
}

// meansAbsence reports whether a verdict is the one that an absent object gets,
// and not the one of an object that is there. The counterfactuals decide where
// they can; else false means absence, unless the function is named for it.
func meansAbsence(run *summary.Run, verdict bool) bool {
	absent, found := run.Missing(), run.Found()
	if absent.Exhausted || found.Exhausted {
		return false // nothing is concluded
	}
	absentTrue, absentFalse := verdicts(run, absent)
	if absentTrue != absentFalse && absentTrue != verdict {
		return false // an absent object gets the other answer
	}
	foundTrue, foundFalse := verdicts(run, found)
	if foundTrue != foundFalse {
		return foundTrue != verdict // an object that is there always gets the same
	}
	return verdict == predicate.NamedAbsent(run.Fn.Name())
}

// toldApart reports whether another result tells this way out from every one that
// is taken for an absent object: found, failed bool.
func toldApart(run *summary.Run, w way) bool {
	absent := 0
	for _, e := range run.Missing().Exits {
		if e.How != absint.Returned || (way{Exit: e}).fails(run.Fn) {
			continue
		}
		absent++
		if slices.EqualFunc(w.Results, e.Results, alike) {
			return false
		}
	}
	return absent > 0
}

// alike reports whether two bools may be the same.
func alike(a, b absint.Value) bool {
	x, known := a.Truth()
	y, also := b.Truth()
	return !known || !also || x == y
}

// verdicts returns which verdicts an outcome can tell. An error is no verdict,
// but what another call answered may be nil.
func verdicts(run *summary.Run, out absint.Outcome) (canTrue, canFalse bool) {
	for _, e := range out.Exits {
		w := way{Exit: e}
		if e.How != absint.Returned || w.fails(run.Fn) {
			continue
		}
		v, _ := w.verdict(run.Fn)
		truth, known := v.Truth()
		canTrue = canTrue || !known || truth
		canFalse = canFalse || !known || !truth
	}
	return canTrue, canFalse
}
