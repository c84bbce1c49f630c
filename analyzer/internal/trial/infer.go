package trial

import (
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strconv"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/calls"
	"github.com/errswallow/errswallow/analyzer/internal/catalogue"
	"github.com/errswallow/errswallow/analyzer/internal/predicate"
	"github.com/errswallow/errswallow/analyzer/internal/summary"
)

// Facts is what inference knows of other packages.
type Facts interface {
	// Imported returns the summary of a function of another package, or nil.
	Imported(fn *types.Func) *summary.Summary
	// Implementations returns the summaries of methods known by facts that
	// implement a method of an interface.
	Implementations(method *types.Func) []*summary.Summary
	// LeftOut returns the functions of the package that cannot be executed as a whole, of those
	// whose names and shapes say what they do.
	LeftOut() []*types.Func
	// Test reports whether a position is in a test file.
	Test(pos token.Pos) bool
	// ForTests reports whether a position is in a file that is no test file, and imports
	// what only tests need.
	ForTests(pos token.Pos) bool
	// Where renders a position for people: file:line.
	Where(pos token.Pos) string
}

// A Package is what was inferred of one package.
type Package struct {
	// Summaries are the facts to export; functions that answer nothing of
	// interest are not in it, nor those of test files, which nobody imports.
	Summaries map[*types.Func]*summary.Summary
	// Interfaces is the fact of the package: what methods of interfaces answer.
	Interfaces *summary.Interfaces
	// Trials are the executions that the rules judge, in source order.
	Trials []*Trial
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
	// Applied reports that a function of this package that asks hands it an error, of those
	// whose texts are known.
	Applied bool
}

// Infer computes the summaries of the functions of one package, each after
// those it calls. Functions that call each other are done twice, so that each
// knows the others. What is declared, of functions and of interface methods, is
// believed.
func Infer(fns []*ssa.Function, pkg *types.Package, declared map[*types.Func]catalogue.Kind, cat *catalogue.Catalogue, facts Facts) *Package {
	in := newInference(fns, pkg, cat, facts)
	for fn, kind := range declared {
		in.declared[fn] = declaration(fn, kind)
		in.learn(fn, in.declared[fn])
	}
	for _, fn := range facts.LeftOut() {
		in.learn(fn, &summary.Summary{LeftOut: true})
	}
	in.run()
	for fn, s := range in.local {
		if !s.Empty() && !in.facts.Test(fn.Pos()) {
			in.pkg.Summaries[fn] = s
		}
	}
	in.pkg.Interfaces = in.interfaces(fns)
	return in.pkg
}

// newInference begins the inference of some functions of a package.
func newInference(fns []*ssa.Function, pkg *types.Package, cat *catalogue.Catalogue, facts Facts) *inference {
	in := &inference{
		facts:    facts,
		declared: map[*types.Func]*summary.Summary{},
		local:    map[*types.Func]*summary.Summary{},
		methods:  map[string][]*types.Func{},
		together: map[string]map[asked]*summary.Summary{},
		bodies:   map[*types.Func]*ssa.Function{},
		trials:   map[*ssa.Function][]*Trial{},
		callers:  map[*types.Func][]*ssa.Function{},
		pkg:      &Package{Summaries: map[*types.Func]*summary.Summary{}, Fns: fns},
	}
	in.pkg.infer = in
	in.calls = &calls.Resolver{Catalogue: cat, Package: pkg, Summaries: in, Functions: fns}
	in.machine = absint.New(in.calls)
	for _, fn := range fns {
		if obj, ok := fn.Object().(*types.Func); ok {
			in.bodies[obj] = fn
		}
		for call := range callsOf(fn) {
			if obj, ok := calls.Callee(call.Common()).(*types.Func); ok {
				in.callers[obj.Origin()] = append(in.callers[obj.Origin()], fn)
			}
		}
	}
	return in
}

// run executes the functions, and collects what the rules judge.
func (in *inference) run() {
	done := map[*ssa.Function]bool{}
	for _, fn := range bottomUp(in.pkg.Fns, in) {
		if done[fn] {
			in.calls.Forget() // what was said of calls was said too early
		}
		in.summarise(fn)
		if done[fn] {
			in.calls.Forget()
		}
		done[fn] = true
	}
	for _, fn := range in.pkg.Fns {
		in.collect(fn)
	}
}

// declaration returns the summary of a function that is declared to be of a kind.
func declaration(fn *types.Func, kind catalogue.Kind) *summary.Summary {
	results := fn.Signature().Results()
	one := func(a absint.Answer) []summary.Answer {
		return []summary.Answer{summary.OfExit(absint.Exit{Results: a.Results})}
	}
	switch kind {
	case catalogue.Query:
		return &summary.Summary{
			Query: fn.Name(), Asks: true, Quiet: true,
			Faults:  one(absint.FaultAnswer(results.Len())),
			Absents: one(absint.AbsentAnswer(results.Len())),
			Founds:  one(absint.FoundAnswer(results)),
			Stops:   one(absint.FoundAnswer(results)),
		}
	case catalogue.NotFound:
		return &summary.Summary{NotFound: true, Quiet: true}
	}
	return &summary.Summary{Acts: true, Reach: absint.Reach{Name: fn.Name()}}
}

// inference is the state of Infer.
type inference struct {
	machine    *absint.Machine
	calls      *calls.Resolver
	facts      Facts
	declared   map[*types.Func]*summary.Summary
	local      map[*types.Func]*summary.Summary
	methods    map[string][]*types.Func              // those with a local summary, by name
	together   map[string]map[asked]*summary.Summary // see implemented, by the name of the method
	bodies     map[*types.Func]*ssa.Function
	callers    map[*types.Func][]*ssa.Function // functions of the package, by what they call
	handed     *mentions                       // see mentions
	trials     map[*ssa.Function][]*Trial
	predicates []*Predicate
	pkg        *Package
	test       bool // the function that is summarised stands in a test file
}

// Body implements calls.Summaries.
func (in *inference) Body(fn *types.Func) *ssa.Function { return in.bodies[fn] }

// summarise executes a function under each hypothesis and records what it
// answers.
func (in *inference) summarise(fn *ssa.Function) {
	s := &summary.Summary{}
	in.test = in.facts.Test(fn.Pos())
	if obj, ok := fn.Object().(*types.Func); ok {
		s.LeftOut = slices.Contains(in.facts.LeftOut(), obj)
		defer func() {
			if in.declared[obj] == nil {
				in.learn(obj, s)
			}
		}()
	}
	in.trials[fn] = nil
	sinks := in.sinks(fn)
	in.predicates = slices.DeleteFunc(in.predicates, func(p *Predicate) bool { return p.Fn == fn })
	for call := range callsOf(fn) {
		if q, answers, ok := in.query(call); ok {
			if sinks && q.Object == "" {
				q.Object = resource
			}
			in.try(fn, call, q, answers)
		} else if sinks {
			if q, answers, ok := in.supposed(call); ok {
				in.trials[fn] = append(in.trials[fn], in.trial(fn, call, q, answers))
			}
		}
		s.Remote = s.Remote || in.remote(call.Common())
		s.Acts = s.Acts || in.acts(call.Common())
		in.reach(fn, call, s)
	}
	for i, t := range in.heard(fn) {
		if i == 0 {
			s.Query, s.Object, s.Library = t.Query.Name, t.Query.Object, t.Query.Library
			s.Outs = parameters(fn, t.Query.Outs)
			if s.Status, s.With = t.Query.Status, t.Query.With; len(s.Outs) == 0 && (s.Status || in.calls.Catalogue.NamedQuery(fn.Name())) {
				s.Outs = decoded(fn)
			}
		}
		s.Faults = summary.AddAll(s.Faults, t.faults())
	}
	if s.Asks = (!s.Acts || in.calls.Catalogue.NamedQuery(fn.Name())) && in.asks(fn); s.Asks {
		s.Absents, s.Founds, s.Stops = in.answersIn(fn, Absent), in.answersIn(fn, Found), in.answersIn(fn, Stopped)
	}
	if in.muddled(fn, s) {
		s.Asks, s.Query, s.LeftOut = false, "", true
	}
	for i, p := range fn.Params {
		if absint.IsError(p.Type()) {
			in.hand(fn, i, s)
		}
	}
	in.helps(fn, s)
	if s.Reply = in.replies(fn); slices.ContainsFunc(s.Params, repliesToIt) {
		s.Reply = summary.Reply{} // as the error says that it is handed
	}
	s.Makes = in.codeOf(fn)
	s.Again = again(fn)
	s.Quiet = in.quiet(fn)
	s.Ends = in.ends(fn)
}

// muddled reports whether a function asks whose error nobody can follow, through a variable of func
// type say, and whose name and shape say what it does, as of one that nobody can see.
func (in *inference) muddled(fn *ssa.Function, s *summary.Summary) bool {
	obj, ok := fn.Object().(*types.Func)
	if !ok || !s.Asks || slices.ContainsFunc(s.Faults, func(a summary.Answer) bool {
		n := len(a.Results)
		return n < 2 || a.Results[n-1].Kind != absint.Unknown || a.Results[n-1].From&absint.Carries != 0
	}) {
		return false
	}
	_, says := in.calls.Catalogue.Unseen(obj)
	return says
}

// learn records the summary of a function of this package.
func (in *inference) learn(fn *types.Func, s *summary.Summary) {
	if fn.Signature().Recv() != nil {
		if in.local[fn] == nil {
			in.methods[fn.Name()] = append(in.methods[fn.Name()], fn)
		}
		delete(in.together, fn.Name())
	}
	in.local[fn] = s
}

// try executes fn with a fault at one query.
func (in *inference) try(fn *ssa.Function, site ssa.CallInstruction, q Query, answers func(Case) []absint.Answer) {
	in.trials[fn] = append(in.trials[fn], in.trial(fn, site, q, answers))
	// A func literal is executed where it is called, and once on its own: it may
	// be called where nobody can see.
	for lit := site.Parent(); lit != fn; lit = lit.Parent() {
		in.trials[fn] = append(in.trials[fn], in.trial(lit, site, q, answers))
	}
}

// heard returns the trials of a function of whose faults its callers learn. Where there is none
// it returns all: what a function goes on without is nothing to its callers, if it tells them of
// another query.
func (in *inference) heard(fn *ssa.Function) []*Trial {
	asked := slices.DeleteFunc(slices.Clone(in.trials[fn]), func(t *Trial) bool { return t.Fn != fn || t.Query.Sink })
	heard := slices.DeleteFunc(slices.Clone(asked), func(t *Trial) bool {
		answers := t.faults()
		return slices.ContainsFunc(answers, func(a summary.Answer) bool { return recovers(a, fn.Signature) }) ||
			!slices.ContainsFunc(answers, func(a summary.Answer) bool { return failing(a, fn.Signature) || says(a) })
	})
	if seen := slices.DeleteFunc(slices.Clone(heard), func(t *Trial) bool { return len(t.Query.With) > 0 }); len(seen) > 0 {
		heard = seen
	}
	if len(heard) == 0 {
		heard = asked
	}
	// What it answers through a parameter is what it is called for.
	slices.SortStableFunc(heard, func(a, b *Trial) int { return len(parameters(fn, b.Query.Outs)) - len(parameters(fn, a.Query.Outs)) })
	return heard
}

// trial returns the executions of a function, or of a func literal in one, under a query.
func (in *inference) trial(fn *ssa.Function, site ssa.CallInstruction, q Query, answers func(Case) []absint.Answer) *Trial {
	return &Trial{Fn: fn, Site: site, Query: q, infer: in, answers: answers}
}

// fail executes the function with a fault at the query, unless it was: once for each text of
// the error, where it looks at that.
func (t *Trial) fail() {
	if t.outcomes[Fault] != nil {
		return
	}
	t.infer.test = t.Test()
	fault, byMessage := t.infer.execute(t.Fn, t.hypothesis(Fault), func(absent bool) absint.Hypothesis {
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

// execute runs a hypothesis, and once a message where the text matters.
func (in *inference) execute(fn *ssa.Function, h absint.Hypothesis, of func(absent bool) absint.Hypothesis) (absint.Outcome, []MessageOutcome) {
	out := in.machine.Execute(fn, h)
	if in.note(fn, out); out.Exhausted {
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

// note notes that the budget of an execution ran out.
func (in *inference) note(fn *ssa.Function, out absint.Outcome) {
	if out.Exhausted && !slices.Contains(in.pkg.Exhausted, fn) {
		in.pkg.Exhausted = append(in.pkg.Exhausted, fn)
	}
}

// hand executes fn with an error as one of its parameters.
func (in *inference) hand(fn *ssa.Function, i int, s *summary.Summary) {
	handed := func(v absint.Value) absint.Hypothesis {
		return absint.Hypothesis{Params: map[int]absint.Value{i: v}}
	}
	fault, byMessage := in.execute(fn, handed(absint.FaultParam), func(absent bool) absint.Hypothesis {
		if absent {
			return handed(absint.AbsentParam)
		}
		return handed(absint.FaultParam)
	})
	if fault.Exhausted {
		return
	}
	absent := in.machine.Execute(fn, handed(absint.AbsentParam))
	switch {
	case byMessage != nil:
		in.predicates = append(in.predicates, &Predicate{Fn: fn, ByMessage: byMessage})
		fault = usual(byMessage)
	case calls.NamedGate(fn.Name()) && fn.Signature.Results().Len() == 1 && absint.IsBool(fn.Signature.Results().At(0).Type()):
		in.predicates = append(in.predicates, &Predicate{Fn: fn, ByMessage: whatever(fault, absent)})
	}
	nothing := in.machine.Execute(fn, handed(absint.NilParam))
	fault.Exits = slices.DeleteFunc(slices.Clone(fault.Exits), in.confirmed) // a reply that says 404 comes with no fault
	s.Params = append(s.Params, summary.Param{Index: i, Faults: in.givenError(fn, fault), Absent: in.givenError(fn, absent), Nil: in.givenError(fn, nothing)})
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

// givenError returns what a function that is handed an error tells its callers in an outcome, and
// does.
func (in *inference) givenError(fn *ssa.Function, out absint.Outcome) (answers []summary.Answer) {
	for _, e := range out.Exits {
		if e.How != absint.Returned {
			continue
		}
		a := summary.OfExit(e)
		if i := slices.IndexFunc(e.Events, func(e *absint.Event) bool { return e.Kind <= absint.Ensured && e.Reach.Name != "" }); i >= 0 {
			a.Reach = in.inside(fn, e.Events[i].Reach, e.Events[i].At)
		}
		if status, ok := e.Reply(); ok {
			a.Replies = strconv.FormatInt(status, 10)
		}
		answers = summary.Add(answers, a)
	}
	return answers
}

// whatever returns the outcomes of a predicate that does not look at the text.
func whatever(fault, absent absint.Outcome) (out []MessageOutcome) {
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
		k := summary.Render(told(m.Outcome))
		if count[k]++; count[k] > most {
			most, best = count[k], m.Outcome
		}
	}
	return best
}

// wordsUnknown reports whether nobody here knows what texts the errors of the query have.
func (t *Trial) wordsUnknown() bool {
	return t.infer.calls.Catalogue.Weak(t.Query.Gates(), "overbroad", t.Fn.Name())
}

// collect puts a function's trials into the package's, in source order.
func (in *inference) collect(fn *ssa.Function) {
	for _, t := range in.trials[fn] {
		if len(t.Query.With) == 0 { // else it is a query for its callers, perhaps
			in.pkg.Trials = append(in.pkg.Trials, t)
		}
	}
	for _, p := range in.predicates {
		if p.Fn == fn && !slices.ContainsFunc(in.pkg.Predicates, func(q *Predicate) bool { return q.Fn == fn }) {
			if obj, ok := fn.Object().(*types.Func); ok {
				p.Applied = slices.ContainsFunc(in.callers[obj], func(caller *ssa.Function) bool {
					return slices.ContainsFunc(in.trials[caller], func(t *Trial) bool { return !t.wordsUnknown() })
				})
			}
			in.pkg.Predicates = append(in.pkg.Predicates, p)
		}
	}
}

// SummaryOf implements calls.Summaries.
func (in *inference) SummaryOf(fn *types.Func) *summary.Summary {
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
