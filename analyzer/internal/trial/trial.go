package trial

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/calls"
	"github.com/errswallow/errswallow/analyzer/internal/catalogue"
	"github.com/errswallow/errswallow/analyzer/internal/flow"
	"github.com/errswallow/errswallow/analyzer/internal/predicate"
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

// A MessageOutcome is what a fault, or an absence, of one text leads to.
type MessageOutcome struct {
	predicate.Message
	absint.Outcome
}

// A Way is one way out under a fault, and the text of the fault that takes it where
// others do not.
type Way struct {
	absint.Exit
	Message *predicate.Message
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
			h.Message = predicate.Messages()[0].Text
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

// Ignored reports whether nobody listens to the error: whatever came beside it, the
// function tells with an error what it tells without.
func (t *Trial) Ignored() bool {
	if t.ignored == nil {
		ignored := t.Blank() || t.unheard()
		t.ignored = &ignored
	}
	return *t.ignored
}

// unheard is Ignored of an error that something reads.
func (t *Trial) unheard() bool {
	unheard, found := t.Exits(Unheard), t.Exits(Found)
	like := func(a absint.Exit, others []absint.Exit) bool {
		return slices.ContainsFunc(others, func(b absint.Exit) bool {
			return a.How == b.How && a.Block == b.Block && a.Agrees(b) && t.congruent(a, b)
		})
	}
	return len(unheard) > 0 && !slices.ContainsFunc(unheard, func(e absint.Exit) bool { return !like(e, found) }) &&
		!slices.ContainsFunc(found, func(e absint.Exit) bool { return !like(e, unheard) })
}

// Chooses reports whether a comparison of the error with nil chooses a value: a variable
// is one thing with an error, and another without, so that somebody has listened.
func (t *Trial) Chooses() bool {
	call, ok := t.Site.(*ssa.Call)
	if !ok {
		return false
	}
	for _, ref := range *call.Referrers() {
		err, ok := ref.(*ssa.Extract)
		if !ok || !absint.IsError(err.Type()) {
			continue
		}
		for _, use := range *err.Referrers() {
			cmp, ok := use.(*ssa.BinOp)
			if !ok {
				continue
			}
			for _, branch := range *cmp.Referrers() {
				if _, ok := branch.(*ssa.If); ok && slices.ContainsFunc(branch.Block().Succs, chosenBehind) {
					return true
				}
			}
		}
	}
	return false
}

// chosenBehind reports whether what follows on one side of a branch comes to where the
// other does with another value of a variable.
func chosenBehind(side *ssa.BasicBlock) bool {
	if len(side.Preds) != 1 {
		return false // it is where both sides meet
	}
	for _, b := range side.Parent().Blocks {
		if side.Dominates(b) {
			continue
		}
		for _, instr := range b.Instrs {
			phi, ok := instr.(*ssa.Phi)
			if !ok {
				break
			}
			var inside, outside []ssa.Value
			for i, edge := range phi.Edges {
				if side.Dominates(b.Preds[i]) {
					inside = append(inside, edge)
				} else {
					outside = append(outside, edge)
				}
			}
			if len(outside) > 0 && slices.ContainsFunc(inside, func(v ssa.Value) bool { return !slices.Contains(outside, v) }) {
				return true
			}
		}
	}
	return false
}

// Blank reports whether the error of Site is dropped where it is answered:
// nothing reads it. What is deferred, or started, decides nothing anyway.
func (t *Trial) Blank() bool {
	call, ok := t.Site.(*ssa.Call)
	switch field := t.Query.Answer.Error; {
	case !ok:
		return false
	case field == catalogue.Dropped:
		return true
	case field != "":
		return blankField(call, field)
	}
	return blank(call)
}

// blankField reports whether nothing reads a field of what a call answers, nor hands the
// whole to anybody.
func blankField(call *ssa.Call, field string) bool {
	return !slices.ContainsFunc(*call.Referrers(), func(ref ssa.Instruction) bool {
		switch ref := ref.(type) {
		case *ssa.FieldAddr:
			p, ok := ref.X.Type().Underlying().(*types.Pointer)
			if !ok {
				return true
			}
			structure, ok := p.Elem().Underlying().(*types.Struct)
			return !ok || structure.Field(ref.Field).Name() == field
		case *ssa.DebugRef:
			return false
		}
		return true
	})
}

func blank(call *ssa.Call) bool {
	n := call.Call.Signature().Results().Len()
	if n == 1 {
		return len(*call.Referrers()) == 0
	}
	for _, ref := range *call.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Extract:
			if ref.Index == n-1 && read(ref) {
				return false
			}
		case *ssa.DebugRef:
		default:
			return false // returned whole
		}
	}
	return true
}

// read reports whether anything but a dead store reads v.
func read(v ssa.Value) bool {
	return slices.ContainsFunc(*v.Referrers(), func(ref ssa.Instruction) bool {
		_, debug := ref.(*ssa.DebugRef)
		return !debug
	})
}

// Pos is where the query is made.
func (t *Trial) Pos() token.Pos { return t.Site.Pos() }

// Test reports whether the function stands in a test file.
func (t *Trial) Test() bool { return t.infer.facts.Test(t.Fn.Pos()) }

// Repeated reports whether the query is made in turns of a loop, or in a func literal
// that others may call again.
func (t *Trial) Repeated() bool {
	return t.Site.Parent() != t.Fn || flow.LoopHeader(t.Site.Block()) != nil
}

// Waits reports whether the query is made in turns of a loop that pauses between them: a
// fault passes, and it is asked again.
func (t *Trial) Waits() bool { return waits(t.Site) }

func waits(call ssa.CallInstruction) bool {
	for _, b := range flow.Loop(call.Block()) {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.Select:
				return true
			case *ssa.UnOp:
				if instr.Op == token.ARROW {
					return true
				}
			case *ssa.Call:
				if fn := instr.Call.StaticCallee(); fn != nil && fn.String() == "time.Sleep" {
					return true
				}
			}
		}
	}
	return false
}

// NoVerdict reports whether what the function answers says nothing of an object: it is
// the condition of a poll, or polls itself, and false is "not yet"; or it completes words of a
// command line, as functions do that cobra calls.
func (t *Trial) NoVerdict() bool {
	completes := slices.ContainsFunc(t.Fn.Params, func(p *ssa.Parameter) bool { return p.Name() == "toComplete" })
	return completes || t.condition(t.Fn) || calls.NamedPoll(t.Fn.Name()) && t.Repeated() || t.infer.handles(t.Fn)
}

// handles reports whether a function is called for an event, and answers what to do about
// it, or puts that into a queue: for one that is dropped, another comes.
func (in *inference) handles(fn *ssa.Function) bool {
	_, answers := in.mentioned(fn.Signature.Results(), catalogue.Handler)
	_, takes := in.mentioned(fn.Signature.Params(), catalogue.Handler)
	return answers || takes
}

// mentioned returns the entry of a kind that one of some parameters or results is of the type
// of, points to, or is a list of.
func (in *inference) mentioned(vars *types.Tuple, kind catalogue.Kind) (catalogue.Symbol, bool) {
	for v := range vars.Variables() {
		typ := v.Type()
		switch t := typ.Underlying().(type) {
		case *types.Slice:
			typ = t.Elem()
		case *types.Pointer:
			typ = t.Elem()
		}
		if named, ok := types.Unalias(typ).(*types.Named); ok {
			if sym, ok := in.calls.Catalogue.Lookup(named.Obj()); ok && sym.Kind == kind {
				return sym, true
			}
		}
	}
	return catalogue.Symbol{}, false
}

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
