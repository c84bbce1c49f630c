package trial

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/catalogue"
	"github.com/errswallow/errswallow/analyzer/internal/summary"
)

// A MessageOutcome is what a fault, or an absence, of one text leads to.
type MessageOutcome struct {
	catalogue.Message
	absint.Outcome
}

// texts are what errors may say in a package, by the library that they come from.
type texts struct {
	catalogue *catalogue.Catalogue
	pkg       *types.Package
	known     map[string][]catalogue.Message
	handed    []catalogue.Message
}

// of returns the texts that errors of a library may have.
func (t *texts) of(library string) []catalogue.Message {
	known, ok := t.known[library]
	if !ok {
		known = t.catalogue.Messages([]string{library})
		t.known[library] = known
	}
	return known
}

// ofAny returns those that an error may have which a function is handed.
func (t *texts) ofAny() []catalogue.Message {
	if t.handed == nil {
		t.handed = t.catalogue.MessagesHanded(t.pkg)
	}
	return t.handed
}

// execute runs a hypothesis, and once a message where the text matters.
func (in *inference) execute(fn *ssa.Function, h absint.Hypothesis, messages []catalogue.Message, of func(absent bool) absint.Hypothesis) (absint.Outcome, []MessageOutcome) {
	out := in.machine.Execute(fn, h)
	if in.note(fn, out); out.Exhausted {
		return absint.Outcome{Exhausted: true}, nil
	}
	if !out.ReadsText {
		return out, nil
	}
	var byMessage []MessageOutcome
	for _, m := range messages {
		h := of(m.Absent)
		h.Message = m.Text
		byMessage = append(byMessage, MessageOutcome{m, in.machine.Execute(fn, h)})
	}
	return absint.Outcome{}, byMessage
}

// whatever returns the outcomes of a predicate that does not look at the text.
func whatever(messages []catalogue.Message, fault, absent absint.Outcome) (out []MessageOutcome) {
	for _, m := range messages {
		if m.Absent {
			out = append(out, MessageOutcome{m, absent})
		} else {
			out = append(out, MessageOutcome{m, fault})
		}
	}
	return out
}

// usual returns what most faults lead to. A hand-written predicate that takes
// one message too many for absence is reported itself; its callers are judged
// by what it means.
func usual(byMessage []MessageOutcome) absint.Outcome {
	count := map[string]int{}
	best := absint.Outcome{}
	most := 0
	for _, m := range byMessage {
		if m.Absent {
			continue
		}
		k := summary.Render(told(m.Outcome))
		if count[k]++; count[k] > most {
			most, best = count[k], m.Outcome
		}
	}
	return best
}
