package trial

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/calls"
	"github.com/errswallow/errswallow/analyzer/internal/catalogue"
)

// A Case is a way in which a query can end.
type Case uint8

const (
	// Fault: a transient error.
	Fault Case = iota
	// Absent: what the library says of an object that is not there.
	Absent
	// Found: the object is there, and runs, and is well.
	Found
	// Stopped: the object is there, and does not run.
	Stopped
	// Zero: a nil error, and the zero value.
	Zero
	// Unheard: an error, and beside it what an object has that is there: what a function
	// tells then that ignores the error is what it tells when the object is found.
	Unheard

	cases
)

// A Trial holds the executions of one function under one query. Those that nobody has
// asked for are made when somebody does.
type Trial struct {
	Fn *ssa.Function
	// Site is the call that asks.
	Site ssa.CallInstruction
	// Query is the client library's call that is made, there or deep inside.
	Query Query

	infer    *inference
	answers  func(Case) []absint.Answer
	outcomes [cases]*absint.Outcome
	// statuses is what statuses that say of a fault lead to, beside no error, and byMessage
	// what each text of the error leads to, where it matters: see fail.
	statuses  []statusOutcome
	byMessage []MessageOutcome
	ignored   *bool // see Ignored
	use       *use  // see Package.Use
}

// A statusOutcome is what a status leads to.
type statusOutcome struct {
	status string
	absint.Outcome
}

// A Way is one way out under a fault, and the text of the fault that takes it where
// others do not.
type Way struct {
	absint.Exit
	Message *catalogue.Message
	// Status is the status of the answer, where the fault is no error: "503".
	Status string
	// Match: the text is taken for absence: a not-found message leads there, too.
	Match bool
	// Refused: it is taken when a call that changes something says "not found".
	Refused bool
}

// Outcome returns what the function does when its query ends in a case, whatever the
// text of the error.
func (t *Trial) Outcome(c Case) absint.Outcome {
	if c == Fault {
		t.fail()
	}
	if t.outcomes[c] == nil {
		t.infer.test = t.Test()
		h := t.hypothesis(c)
		if c == Unheard { // a match on its text is not true of most faults
			h.Message = t.infer.texts.of(t.Query.Gates())[0].Text
		}
		out := t.infer.machine.Execute(t.Fn, h)
		t.outcomes[c] = &out
		t.infer.note(t.Fn, out)
	}
	return *t.outcomes[c]
}

// hypothesis is that the query ends in a case.
func (t *Trial) hypothesis(c Case) absint.Hypothesis {
	return t.supposing(c, slices.DeleteFunc(t.answers(c), func(a absint.Answer) bool { return c == Fault && a.Status != "" }))
}

// supposing is that the query ends in a case, in one of these ways.
func (t *Trial) supposing(c Case, answers []absint.Answer) absint.Hypothesis {
	h := absint.Hypothesis{Site: t.Site, Answers: answers, Process: calls.Process(t.Site.Common()), Statuses: t.Query.Answer.Exit}
	if c == Found || c == Stopped || c == Unheard {
		h.Fields = t.infer.calls.Fields(t.Query.Gates(), c != Stopped)
	}
	return h
}

// Exits returns the ways out in a case, of every text of the error.
func (t *Trial) Exits(c Case) []absint.Exit {
	t.fail()
	if c > Absent || t.byMessage == nil {
		exits := t.Outcome(c).Exits
		if c == Fault {
			exits = append(slices.Clip(exits), t.statusExits()...)
		}
		return exits
	}
	var exits []absint.Exit
	if c == Fault {
		exits = t.statusExits()
	}
	for _, m := range t.byMessage {
		if m.Absent == (c == Absent) {
			exits = append(exits, m.Exits...)
		}
	}
	if c == Absent && t.Query.Lists {
		exits = append(exits, t.Outcome(Absent).Exits...)
	}
	return exits
}

// statusExits returns the ways out when a status says of a fault, of all such.
func (t *Trial) statusExits() (exits []absint.Exit) {
	for _, s := range t.statuses {
		exits = append(exits, s.Exits...)
	}
	return exits
}

// Exhausted reports whether the budget ran out in a case: nothing may be concluded.
func (t *Trial) Exhausted(c Case) bool { return t.Outcome(c).Exhausted }

// Ways returns the ways out under a fault. Where the text of the error matters a way is
// listed once, with the first text that takes it.
func (t *Trial) Ways() []Way {
	t.fail()
	var out []Way
	if t.byMessage == nil {
		for _, e := range t.Outcome(Fault).Exits {
			out = append(out, Way{Exit: e})
		}
		return t.answered(out)
	}
	faults, taken, absent := 0, map[*ssa.BasicBlock]int{}, map[*ssa.BasicBlock]bool{}
	for _, m := range t.byMessage {
		if !m.Absent {
			faults++
		}
		seen := map[*ssa.BasicBlock]bool{}
		for _, e := range m.Exits {
			switch {
			case m.Absent:
				absent[e.Block] = true
			case !seen[e.Block]:
				seen[e.Block] = true
				taken[e.Block]++
			}
		}
	}
	listed := map[*ssa.BasicBlock]bool{}
	for i := range t.byMessage {
		m := &t.byMessage[i]
		for _, e := range m.Exits {
			if m.Absent || listed[e.Block] {
				continue
			}
			w := Way{Exit: e}
			if taken[e.Block] < faults {
				w.Message, w.Match = &m.Message, absent[e.Block]
			} else {
				listed[e.Block] = true
			}
			out = append(out, w)
		}
	}
	return t.answered(out)
}

// answered adds the ways out when a status says of a fault to those when an error does.
func (t *Trial) answered(out []Way) []Way {
	for _, s := range t.statuses {
		for _, e := range s.Exits {
			out = append(out, Way{Exit: e, Status: s.status})
		}
	}
	return out
}

// Refusals returns the ways out when a call that changes something answers "not found": the
// object is gone, or what it takes to change it is.
func (t *Trial) Refusals() []Way {
	if !t.Query.Changes {
		return nil
	}
	var out []Way
	for _, e := range t.Outcome(Absent).Exits {
		out = append(out, Way{Exit: e, Refused: true})
	}
	return out
}

// Pos is where the query is made.
func (t *Trial) Pos() token.Pos { return t.Site.Pos() }

// Test reports whether the function stands in a test file.
func (t *Trial) Test() bool { return t.infer.facts.Test(t.Fn.Pos()) }

// Constants returns the names of the constants that a value of a type has.
func Constants(t types.Type, v absint.Value) []string {
	named, ok := types.Unalias(t).(*types.Named)
	if !ok {
		return nil
	}
	c, ok := v.AsConst(t)
	if !ok {
		return nil
	}
	return calls.Constants(named, c)
}
