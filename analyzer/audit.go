package analyzer

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/rule"
	"github.com/errswallow/errswallow/analyzer/internal/trial"
)

// NewAudit returns a fresh Analyzer that reports what New's does, and has a result
// beside: of each package the functions that ask a runtime for state, as
// [Result.Functions].
func NewAudit(settings Settings) *analysis.Analyzer {
	a := New(settings)
	c := &instance{settings: settings, audits: true}
	a.Run = c.run
	return a
}

// An auditor describes the functions of one package.
type auditor struct {
	pass       *analysis.Pass
	inferred   *trial.Package
	found      []*rule.Finding
	suppressed []suppression
}

// functions returns the functions that ask, or that rely on one that does.
func (a *auditor) functions() []*Function {
	runs := map[*ssa.Function][]*trial.Trial{}
	for _, run := range a.inferred.Trials {
		runs[outermost(run.Fn)] = append(runs[outermost(run.Fn)], run)
	}
	var out []*Function
	for _, fn := range a.inferred.Fns {
		if fn.Object() == nil {
			continue // a func literal of a variable: an audit is of what has a name
		}
		relies := a.inferred.Reliances(fn)
		if len(runs[fn]) == 0 && len(relies) == 0 {
			continue
		}
		if f := a.describe(fn, runs[fn], relies); f != nil {
			out = append(out, f)
		}
	}
	return out
}

// describe describes one function.
func (a *auditor) describe(fn *ssa.Function, runs []*trial.Trial, relies []trial.Reliance) *Function {
	obj, ok := fn.Object().(*types.Func)
	if !ok {
		return nil
	}
	pos, end := a.pass.Fset.Position(fn.Syntax().Pos()), a.pass.Fset.Position(fn.Syntax().End())
	f := &Function{
		Name: obj.FullName(), Package: a.pass.Pkg.Path(),
		File: pos.Filename, Line: pos.Line, End: end.Line,
		Gates: a.inferred.Gates(fn), Implements: a.inferred.Implements(obj),
	}
	for _, run := range telling(runs) {
		fault := absint.Outcome{Exits: run.Exits(trial.Fault), Exhausted: run.Exhausted(trial.Fault)}
		found, absent, stopped := run.Outcome(trial.Found), run.Outcome(trial.Absent), run.Outcome(trial.Stopped)
		f.Queries = append(f.Queries, Query{
			Call: run.Query.Name, Object: run.Query.Object, Via: run.Query.Via, Line: a.line(run.Pos()),
			Running: answers(run.Fn, found), Stopped: answers(run.Fn, stopped),
			Absent: answers(run.Fn, absent), Fault: answers(run.Fn, fault),
		})
		for _, w := range run.Ways() {
			a.destroys(f, losses(run, w), true)
		}
		for _, e := range append(absent.Exits, stopped.Exits...) {
			a.destroys(f, losses(run, trial.Way{Exit: e}), false)
		}
	}
	for _, r := range relies {
		if name := r.Callee.FullName(); !slices.Contains(f.Relies, name) {
			f.Relies = append(f.Relies, name)
		}
		a.destroys(f, r.Reached, true)
	}
	a.judge(f, fn, runs)
	return f
}

// telling returns the runs that show what a query leads to, one for each: that of
// the function, or that of a func literal which it only hands to others.
func telling(runs []*trial.Trial) []*trial.Trial {
	var out []*trial.Trial
	for _, run := range runs {
		i := slices.IndexFunc(out, func(o *trial.Trial) bool { return o.Site == run.Site })
		switch {
		case i < 0:
			out = append(out, run)
		case len(out[i].Exits(trial.Fault)) == 0 && !out[i].Exhausted(trial.Fault):
			out[i] = run
		}
	}
	return out
}

func (a *auditor) line(pos token.Pos) int { return a.pass.Fset.Position(pos).Line }

// losses returns the calls on a way out that cannot be undone, and that depend on the
// answer: they are not made for every object that is found.
func losses(t *trial.Trial, w trial.Way) (events []*absint.Event) {
	for _, event := range trial.Losses(w.Exit) {
		if t.Lacking(w, func(e absint.Exit) bool {
			return slices.ContainsFunc(e.Events, func(o *absint.Event) bool { return o.At == event.At })
		}) != nil {
			events = append(events, event)
		}
	}
	return events
}

// destroys adds calls that cannot be undone.
func (a *auditor) destroys(f *Function, events []*absint.Event, unsafe bool) {
	for _, e := range events {
		d := Destruction{Call: e.Reach.Name, Where: e.Reach.Where, Unsafe: unsafe}
		if d.Where == "" {
			d.Where = (&facts{pass: a.pass}).Where(e.At.Pos())
		}
		i := slices.IndexFunc(f.Destroys, func(o Destruction) bool { return o.Call == d.Call && o.Where == d.Where })
		if i < 0 {
			f.Destroys = append(f.Destroys, d)
		} else {
			f.Destroys[i].Unsafe = f.Destroys[i].Unsafe || unsafe
		}
	}
}

// judge says what a fault becomes in a function: what is reported, or else the
// best that it does.
func (a *auditor) judge(f *Function, fn *ssa.Function, runs []*trial.Trial) {
	for _, found := range a.found {
		if outermost(found.Fn) != fn {
			continue
		}
		f.Findings = append(f.Findings, explained(a.pass, found))
		if !slices.Contains(f.Rules, found.Rule) {
			f.Rules = append(f.Rules, found.Rule)
		}
	}
	if len(f.Rules) > 0 {
		f.Verdict = Collapses
		return
	}
	for _, s := range a.suppressed {
		if outermost(s.finding.Fn) == fn {
			f.Rules, f.Reason, f.Verdict = append(f.Rules, s.finding.Rule), s.reason, Suppressed
			f.Findings = append(f.Findings, explained(a.pass, s.finding))
		}
	}
	if f.Verdict != "" {
		return
	}
	f.Verdict = Safe
	for _, run := range telling(runs) {
		switch {
		case run.FailSafe():
			f.Verdict = FailSafe
			return
		case run.Propagates():
			f.Verdict = Propagates
		}
	}
}

// answers renders what a function answers, "?" where the budget ran out.
func answers(fn *ssa.Function, outcome absint.Outcome) string {
	if outcome.Exhausted {
		return "?"
	}
	var out []string
	for _, e := range outcome.Exits {
		answer := "panics or ends"
		switch {
		case e.How == absint.Crashed:
			answer = "dereferences nil"
		case e.How == absint.Returned && len(e.Results) == 0:
			answer = "returns"
		case e.How == absint.Returned:
			answer = rule.Told(fn, e.Results)
		}
		if !slices.Contains(out, answer) {
			out = append(out, answer)
		}
	}
	slices.Sort(out)
	return strings.Join(out, " or ")
}

// outermost returns the declared function that a func literal stands in.
func outermost(fn *ssa.Function) *ssa.Function {
	for fn.Parent() != nil {
		fn = fn.Parent()
	}
	return fn
}
