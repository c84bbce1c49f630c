package trial

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/calls"
	"github.com/errswallow/errswallow/analyzer/internal/catalogue"
	"github.com/errswallow/errswallow/analyzer/internal/summary"
)

// Facts is what inference knows of other packages.
type Facts interface {
	// Imported returns the summary of a function of another package, or nil.
	Imported(fn *types.Func) *summary.Summary
	// Alone reports whether functions of another package of which nothing is known ask nobody: others
	// in it are known, or it has none that it could ask.
	Alone(pkg *types.Package) bool
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
	calls.Devirtualize(fns, facts.Test)
	in.calls = &calls.Resolver{Catalogue: cat, Package: pkg, Summaries: in, Functions: fns}
	in.machine = absint.New(in.calls)
	in.texts = &texts{catalogue: cat, pkg: pkg, known: map[string][]catalogue.Message{}}
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
	texts      *texts
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
	for call := range callsOf(fn) {
		s.Remote = s.Remote || in.remote(call.Common())
	}
	sinks := in.sinks(fn)
	denials := !sinks && s.Remote && in.denials(fn) // what effects calls have is not asked of all
	in.predicates = slices.DeleteFunc(in.predicates, func(p *Predicate) bool { return p.Fn == fn })
	fallible, changes := calls.AnswersError(fn.Signature), false
	for call := range callsOf(fn) {
		if q, answers, ok := in.query(call); ok {
			if sinks && q.Object == "" {
				q.Object = resource
			}
			in.try(fn, call, q, answers)
		} else if sinks || denials && !in.inMemory(call.Common()) {
			if q, answers, ok := in.supposed(call); ok {
				q.Denied = denials
				in.try(fn, call, q, answers)
			}
		}
		s.Online = s.Online || fallible && in.online(call.Common())
		acts := in.acts(call.Common())
		s.Acts, changes = s.Acts || acts, changes || acts && in.canFail(call.Common())
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
	if s.Asks = (!changes || in.calls.Catalogue.NamedQuery(fn.Name())) && in.asks(fn); s.Asks {
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
	if in.distant(fn, s) {
		s.Query, s.LeftOut = "", true
	}
	if s.Reply = in.replies(fn); slices.ContainsFunc(s.Params, repliesToIt) {
		s.Reply = summary.Reply{} // as the error says that it is handed
	}
	s.Makes = in.codeOf(fn)
	s.Again = again(fn)
	s.Quiet = in.quiet(fn)
	s.Ends = in.ends(fn)
	s.Always = always(fn)
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
	_, says := in.calls.Catalogue.Unseen(obj, false)
	return says
}

// distant reports whether a function is known to ask somebody, by what nobody is known to ask it for,
// and its name and shape say what: a client that speaks a protocol of its own.
func (in *inference) distant(fn *ssa.Function, s *summary.Summary) bool {
	obj, ok := fn.Object().(*types.Func)
	if !ok || !s.Online || s.Asks {
		return false
	}
	sym, says := in.calls.Catalogue.Unseen(obj, true)
	return says && (sym.Kind == catalogue.Query || s.Reach.Name == "" && !s.Acts)
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

// collect puts a function's trials into the package's, in source order.
func (in *inference) collect(fn *ssa.Function) {
	for _, t := range in.trials[fn] {
		asked := len(t.Query.With) == 0 // else it is a query for its callers, perhaps
		if asked && !(t.Query.Denied && !slices.ContainsFunc(t.Exits(Fault), t.Denies)) {
			in.pkg.Trials = append(in.pkg.Trials, t)
		}
	}
	in.pkg.Trials = append(in.pkg.Trials, in.minors(fn)...)
	for _, p := range in.predicates {
		if p.Fn == fn && !slices.ContainsFunc(in.pkg.Predicates, func(q *Predicate) bool { return q.Fn == fn }) {
			if obj, ok := fn.Object().(*types.Func); ok {
				p.Applied = slices.ContainsFunc(in.callers[obj], func(caller *ssa.Function) bool {
					return slices.ContainsFunc(in.trials[caller], func(t *Trial) bool { return in.calls.Catalogue.Spoken(t.Query.Gates()) })
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
