package rule

import (
	"fmt"
	"go/token"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/calls"
	"github.com/errswallow/errswallow/analyzer/internal/trial"
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
	Sentence: func(f *Finding, fault string) string {
		if f.Trial == nil {
			return fmt.Sprintf("answers %s, as for absence, to the fault %q", f.Answered(), f.Message().Text)
		}
		return fmt.Sprintf("takes a fault for the absence of %s: its match is true when %s", f.object(), fault)
	},
}

func checkOverbroad(p *trial.Predicate) *Finding {
	results := p.Fn.Signature.Results()
	if results.Len() != 1 || !absint.IsBool(results.At(0).Type()) || !p.Applied && !token.IsExported(p.Fn.Name()) {
		return nil // it is about other errors: of files, of a registry
	}
	var absent, matched, faults int
	var first *Finding
	for i := range p.ByMessage {
		m := &p.ByMessage[i]
		e, yes := says(m.Outcome)
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
				first = &Finding{Pos: e.Pos, Witness: trial.Witness{Fault: trial.Way{Exit: e, Message: &m.Message}}, Evidence: Likely}
			}
		}
	}
	if calls.NamedGate(p.Fn.Name()) && !calls.NamedEither(p.Fn.Name()) && matched == faults {
		return first // it says what it asks, and tells nothing apart
	}
	// A predicate that is true for most faults asks something else.
	if absent == 0 || matched*2 > faults {
		return nil
	}
	return first
}

// says returns a way out on which a predicate certainly answers true, because of the
// error.
func says(out absint.Outcome) (absint.Exit, bool) {
	for _, e := range out.Exits {
		if e.How != absint.Returned {
			continue
		}
		if truth, known := e.Results[0].Truth(); known && truth {
			return e, true
		}
	}
	return absint.Exit{}, false
}
