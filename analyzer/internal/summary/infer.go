package summary

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/catalogue"
	"github.com/errswallow/errswallow/analyzer/internal/predicate"
)

// Facts is what inference knows of other packages.
type Facts interface {
	// Imported returns the summary of a function of another package, or nil.
	Imported(fn *types.Func) *Summary
	// Implementations returns the summaries of methods known by facts that
	// implement a method of an interface.
	Implementations(method *types.Func) []*Summary
	// Test reports whether a position is in a test file.
	Test(pos token.Pos) bool
	// Where renders a position for people: file:line.
	Where(pos token.Pos) string
}

// A Package is what was inferred of one package.
type Package struct {
	// Summaries are the facts to export; functions that answer nothing of
	// interest are not in it, nor those of test files, which nobody imports.
	Summaries map[*types.Func]*Summary
	// Interfaces is the fact of the package: what methods of interfaces answer.
	Interfaces *Interfaces
	// Runs are the executions that the rules judge, in source order.
	Runs []*Run
	// Predicates are the executions of functions handed an error, in source
	// order.
	Predicates []*Predicate
	// Exhausted are the functions whose execution ran out of budget.
	Exhausted []*ssa.Function
	// Fns are the functions that were looked at, in source order.
	Fns []*ssa.Function

	infer      *inference
	implements []implementation
}

// A Predicate is a function that takes an error and answers a bool, executed
// for every message.
type Predicate struct {
	Fn        *ssa.Function
	ByMessage []MessageOutcome
	// Applied reports that it is handed the error of a query, as far as this package
	// shows.
	Applied bool
}

// Infer computes the summaries of the functions of one package, each after
// those it calls. Functions that call each other are done twice, so that each
// knows the others. What is declared, of functions and of interface methods, is
// believed.
func Infer(fns []*ssa.Function, declared map[*types.Func]catalogue.Kind, cat *catalogue.Catalogue, facts Facts) *Package {
	in := &inference{
		cat: cat, facts: facts,
		declared: map[*types.Func]*Summary{},
		local:    map[*types.Func]*Summary{},
		methods:  map[string][]*types.Func{},
		bodies:   map[*types.Func]*ssa.Function{},
		runs:     map[*ssa.Function][]*Run{},
		effects:  map[*ssa.CallCommon]absint.Effect{},
		applied:  map[*types.Func]bool{},
		pkg:      &Package{Summaries: map[*types.Func]*Summary{}},
	}
	in.machine = absint.New(in)
	for _, fn := range fns {
		if obj, ok := fn.Object().(*types.Func); ok {
			in.bodies[obj] = fn
		}
	}
	for fn, kind := range declared {
		in.declared[fn] = declaration(fn, kind)
		in.learn(fn, in.declared[fn])
	}
	order, cyclic := bottomUp(fns, in)
	for _, fn := range order {
		in.summarise(fn)
	}
	for _, fn := range cyclic {
		clear(in.effects)
		in.summarise(fn)
	}
	for _, fn := range fns {
		in.collect(fn)
	}
	for fn, s := range in.local {
		if !s.empty() && !in.facts.Test(fn.Pos()) {
			in.pkg.Summaries[fn] = s
		}
	}
	in.pkg.Interfaces = in.interfaces(fns)
	in.pkg.Fns, in.pkg.infer = fns, in
	return in.pkg
}

// declaration returns the summary of a function that is declared to be of a kind.
func declaration(fn *types.Func, kind catalogue.Kind) *Summary {
	n := fn.Signature().Results().Len()
	switch kind {
	case catalogue.Query:
		return &Summary{
			Query: fn.Name(), Asks: true,
			Faults:  []Answer{ofExit(absint.Exit{Results: absint.FaultAnswer(n).Results})},
			Absents: []Answer{ofExit(absint.Exit{Results: absint.AbsentAnswer(n).Results})},
		}
	case catalogue.NotFound:
		return &Summary{NotFound: true}
	}
	return &Summary{Acts: true, Reach: absint.Reach{Name: fn.Name()}}
}

// inference is the state of Infer. It is the executor's Oracle.
type inference struct {
	machine    *absint.Machine
	cat        *catalogue.Catalogue
	facts      Facts
	declared   map[*types.Func]*Summary
	local      map[*types.Func]*Summary
	methods    map[string][]*types.Func // those with a local summary, by name
	bodies     map[*types.Func]*ssa.Function
	runs       map[*ssa.Function][]*Run
	predicates []*Predicate
	effects    map[*ssa.CallCommon]absint.Effect
	applied    map[*types.Func]bool // functions that are handed the error of a query
	handed     bool                 // the error that is executed with is a parameter
	pkg        *Package
	test       bool // the function that is summarised stands in a test file
}

// summarise executes a function under each hypothesis and records what it
// answers.
func (in *inference) summarise(fn *ssa.Function) {
	s := &Summary{}
	in.test = in.facts.Test(fn.Pos())
	if obj, ok := fn.Object().(*types.Func); ok {
		defer func() {
			if in.declared[obj] == nil {
				in.learn(obj, s)
			}
		}()
	}
	in.runs[fn] = nil
	for call := range calls(fn) {
		if q, answers, ok := in.query(call); ok {
			in.inject(fn, call, q, answers, s)
		}
		s.Acts = s.Acts || in.acts(call.Common())
		in.reach(fn, call, s)
	}
	if s.Asks = !s.Acts && in.asks(fn); s.Asks {
		in.absents(fn, s)
	}
	for i, p := range fn.Params {
		if absint.IsError(p.Type()) {
			in.hand(fn, i, s)
		}
	}
	s.Again = again(fn)
}

// learn records the summary of a function of this package.
func (in *inference) learn(fn *types.Func, s *Summary) {
	if fn.Signature().Recv() != nil && in.local[fn] == nil {
		in.methods[fn.Name()] = append(in.methods[fn.Name()], fn)
	}
	in.local[fn] = s
}

// inject executes fn with a fault at one query.
func (in *inference) inject(fn *ssa.Function, site ssa.CallInstruction, q Query, answers func(absint.Kind) []absint.Answer, s *Summary) {
	run := &Run{Fn: fn, Site: site, Query: q, infer: in, answers: answers}
	h := absint.Hypothesis{Site: site, Answers: answers(absint.Fault)}
	of := func(absent bool) absint.Hypothesis {
		if absent {
			return absint.Hypothesis{Site: site, Answers: answers(absint.Absent)}
		}
		return h
	}
	run.Fault, run.ByMessage = in.execute(fn, h, of)
	in.runs[fn] = append(in.runs[fn], run)
	// A func literal is executed where it is called, and once on its own: it may
	// be called where nobody can see.
	for lit := site.Parent(); lit != fn; lit = lit.Parent() {
		own := &Run{Fn: lit, Site: site, Query: q, infer: in, answers: answers}
		own.Fault, own.ByMessage = in.execute(lit, h, of)
		in.runs[fn] = append(in.runs[fn], own)
	}
	for _, e := range run.Faults() {
		if e.How == absint.Returned {
			s.Faults = add(s.Faults, ofExit(e))
		}
	}
	if s.Query == "" {
		s.Query, s.Object, s.Library = q.Name, q.Object, q.Library
	}
}

// absents executes a function that is a query itself with an absence at each of
// its queries: nobody else is asked what it answers then.
func (in *inference) absents(fn *ssa.Function, s *Summary) {
	for _, run := range in.runs[fn] {
		if run.Fn != fn {
			continue
		}
		for _, e := range run.Absent().Exits {
			if e.How == absint.Returned {
				s.Absents = add(s.Absents, ofExit(e))
			}
		}
	}
}

// Faults returns the ways out under a fault, whatever its text.
func (r *Run) Faults() []absint.Exit {
	exits := r.Fault.Exits
	for _, m := range r.ByMessage {
		if !m.Absent {
			exits = append(exits, m.Exits...)
		}
	}
	return exits
}

// execute runs a hypothesis, and once a message where the text matters.
func (in *inference) execute(fn *ssa.Function, h absint.Hypothesis, of func(absent bool) absint.Hypothesis) (absint.Outcome, []MessageOutcome) {
	out := in.machine.Execute(fn, h)
	if out.Exhausted {
		if !slices.Contains(in.pkg.Exhausted, fn) {
			in.pkg.Exhausted = append(in.pkg.Exhausted, fn)
		}
		return absint.Outcome{Exhausted: true}, nil
	}
	if !out.ReadsText {
		return out, nil
	}
	var byMessage []MessageOutcome
	for _, m := range predicate.Messages() {
		h := of(m.Absent)
		h.Message = m.Text
		byMessage = append(byMessage, MessageOutcome{m, in.machine.Execute(fn, h)})
	}
	return absint.Outcome{}, byMessage
}

// hand executes fn with an error as one of its parameters.
func (in *inference) hand(fn *ssa.Function, i int, s *Summary) {
	in.handed = true
	defer func() { in.handed = false }()
	of := func(absent bool) absint.Hypothesis {
		if absent {
			return absint.Hypothesis{Params: map[int]absint.Value{i: absint.AbsentParam}}
		}
		return absint.Hypothesis{Params: map[int]absint.Value{i: absint.FaultParam}}
	}
	p := Param{Index: i}
	fault, byMessage := in.execute(fn, of(false), of)
	if fault.Exhausted {
		return
	}
	switch {
	case byMessage != nil:
		in.predicates = append(in.predicates, &Predicate{Fn: fn, ByMessage: byMessage})
		fault = usual(byMessage)
	case predicate.NamedGate(fn.Name()) && answersBool(fn.Signature):
		in.predicates = append(in.predicates, &Predicate{Fn: fn, ByMessage: in.whatever(fn, fault, of(true))})
	}
	for _, e := range fault.Exits {
		if e.How == absint.Returned {
			p.Faults = add(p.Faults, ofExit(e))
		}
	}
	for _, e := range in.machine.Execute(fn, of(true)).Exits {
		if e.How == absint.Returned {
			p.Absent = add(p.Absent, ofExit(e))
		}
	}
	for _, e := range in.machine.Execute(fn, absint.Hypothesis{Params: map[int]absint.Value{i: absint.NilParam}}).Exits {
		if e.How == absint.Returned {
			p.Nil = add(p.Nil, ofExit(e))
		}
	}
	s.Params = append(s.Params, p)
}

// whatever returns the outcomes of a predicate that does not look at the text.
func (in *inference) whatever(fn *ssa.Function, fault absint.Outcome, absence absint.Hypothesis) []MessageOutcome {
	absent := in.machine.Execute(fn, absence)
	var out []MessageOutcome
	for _, m := range predicate.Messages() {
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
		var answers []Answer
		for _, e := range m.Exits {
			answers = add(answers, ofExit(e))
		}
		k := render(answers)
		if count[k]++; count[k] > most {
			most, best = count[k], m.Outcome
		}
	}
	return best
}

// collect puts a function's runs into the package's, in source order.
func (in *inference) collect(fn *ssa.Function) {
	in.pkg.Runs = append(in.pkg.Runs, in.runs[fn]...)
	for _, p := range in.predicates {
		if p.Fn == fn && !slices.ContainsFunc(in.pkg.Predicates, func(q *Predicate) bool { return q.Fn == fn }) {
			obj, _ := fn.Object().(*types.Func)
			p.Applied = in.applied[obj]
			in.pkg.Predicates = append(in.pkg.Predicates, p)
		}
	}
}

// summaryOf returns what is known of a function, or nil.
func (in *inference) summaryOf(fn *types.Func) *Summary {
	fn = fn.Origin()
	if s, ok := in.local[fn]; ok {
		return s
	}
	if s := in.facts.Imported(fn); s != nil {
		return s
	}
	if recv := fn.Signature().Recv(); recv != nil && types.IsInterface(recv.Type()) {
		return in.implemented(fn)
	}
	return nil
}
