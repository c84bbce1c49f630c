package rule

import (
	"go/token"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/predicate"
	"github.com/errswallow/errswallow/analyzer/internal/summary"
)

// overbroad fires when a not-found predicate, or a match on an error's text,
// is true for a known fault: it is executed on every message of a table of real
// ones.
//
// Bad:
//
//	return strings.Contains(err.Error(), "no such")
//
// also matches "dial unix /var/run/docker.sock: connect: no such file or
// directory". Good:
//
//	return errdefs.IsNotFound(err)
var overbroad = Rule{
	ID:        "overbroad",
	Title:     "a fault's message is taken for absence",
	Predicate: checkOverbroad,
}

func checkOverbroad(p *summary.Predicate) *Finding {
	if verdictIndex(p.Fn) < 0 || p.Fn.Signature.Results().Len() != 1 {
		return nil
	}
	if !p.Applied && !token.IsExported(p.Fn.Name()) {
		return nil // it is about other errors: of files, of a registry
	}
	var absent, matched, faults int
	var first *Finding
	for _, m := range p.ByMessage {
		w, yes := says(p, m, true)
		switch {
		case m.Absent && yes:
			absent++
		case !m.Absent:
			faults++
			if !yes {
				continue
			}
			matched++
			if first == nil {
				first = &Finding{Pos: w.Pos, Told: "true", Message: &predicate.Message{}}
				*first.Message = m.Message
			}
		}
	}
	if predicate.NamedGate(p.Fn.Name()) && matched == faults {
		return first // it says what it asks, and tells nothing apart
	}
	// A predicate that is true for most faults asks something else.
	if absent == 0 || matched*2 > faults {
		return nil
	}
	return first
}

// says reports whether the predicate certainly answers with a verdict, because
// of the text, or of the error as such.
func says(p *summary.Predicate, m summary.MessageOutcome, verdict bool) (way, bool) {
	for _, e := range m.Exits {
		w := way{Exit: e}
		v, _ := w.verdict(p.Fn)
		if truth, known := v.Truth(); known && truth == verdict && (v.From|e.Governed)&(absint.ByGate|absint.ByError) != 0 {
			return w, true
		}
	}
	return way{}, false
}
