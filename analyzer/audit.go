package analyzer

import (
	"go/token"
	"go/types"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/rule"
	"github.com/errswallow/errswallow/analyzer/internal/summary"
	"github.com/errswallow/errswallow/internal/audit"
)

// NewAudit returns a fresh Analyzer that reports what New's does, and has a result
// beside: of each package the functions that ask a runtime for state, as
// []*audit.Function.
func NewAudit(settings Settings) *analysis.Analyzer {
	a := New(settings)
	c := &instance{settings: settings, audits: true}
	a.Run = c.run
	a.ResultType = reflect.TypeFor[[]*audit.Function]()
	return a
}

// An auditor describes the functions of one package.
type auditor struct {
	pass       *analysis.Pass
	inferred   *summary.Package
	found      []*rule.Finding
	suppressed []suppression
}

// functions returns the functions that ask, or that rely on one that does.
func (a *auditor) functions() []*audit.Function {
	runs := map[*ssa.Function][]*summary.Run{}
	for _, run := range a.inferred.Runs {
		runs[outermost(run.Fn)] = append(runs[outermost(run.Fn)], run)
	}
	var out []*audit.Function
	for _, fn := range a.inferred.Fns {
		if fn.Object() == nil {
			continue // a func literal of a variable: an audit is of what has a name
		}
		relies := a.inferred.Reliances(fn)
		if len(runs[fn]) == 0 && len(relies) == 0 {
			continue
		}
		out = append(out, a.describe(fn, runs[fn], relies))
	}
	return out
}

// describe describes one function.
func (a *auditor) describe(fn *ssa.Function, runs []*summary.Run, relies []summary.Reliance) *audit.Function {
	obj := fn.Object().(*types.Func)
	pos, end := a.pass.Fset.Position(fn.Syntax().Pos()), a.pass.Fset.Position(fn.Syntax().End())
	f := &audit.Function{
		Name: obj.FullName(), Package: a.pass.Pkg.Path(),
		File: pos.Filename, Line: pos.Line, End: end.Line,
		Gates: a.inferred.Gates(fn), Implements: a.inferred.Implements(obj),
	}
	for _, run := range telling(runs) {
		fault := absint.Outcome{Exits: run.Faults(), Exhausted: run.Fault.Exhausted}
		absent, stopped := run.Missing(), run.Stopped()
		f.Queries = append(f.Queries, audit.Query{
			Call: run.Query.Name, Object: run.Query.Object, Via: run.Query.Via, Line: a.line(run.Pos()),
			Running: answers(run.Fn, run.Running()), Stopped: answers(run.Fn, stopped),
			Absent: answers(run.Fn, absent), Fault: answers(run.Fn, fault),
		})
		a.destroys(f, fault.Exits, true)
		a.destroys(f, absent.Exits, false)
		a.destroys(f, stopped.Exits, false)
	}
	for _, r := range relies {
		if name := r.Callee.FullName(); !slices.Contains(f.Relies, name) {
			f.Relies = append(f.Relies, name)
		}
		a.destroys(f, []absint.Exit{{Reached: r.Reached}}, true)
	}
	a.judge(f, fn, runs)
	return f
}

// telling returns the runs that show what a query leads to, one for each: that of
// the function, or that of a func literal which it only hands to others.
func telling(runs []*summary.Run) []*summary.Run {
	var out []*summary.Run
	for _, run := range runs {
		i := slices.IndexFunc(out, func(o *summary.Run) bool { return o.Site == run.Site })
		switch {
		case i < 0:
			out = append(out, run)
		case len(out[i].Faults()) == 0 && !out[i].Fault.Exhausted:
			out[i] = run
		}
	}
	return out
}

func (a *auditor) line(pos token.Pos) int { return a.pass.Fset.Position(pos).Line }

// destroys adds the calls that cannot be undone and that depend on the answer.
func (a *auditor) destroys(f *audit.Function, exits []absint.Exit, fault bool) {
	for _, e := range exits {
		for _, r := range e.Reached {
			unsafe := fault && r.Governed&absint.ByGate == 0 && r.Governed&(absint.ByError|absint.Beside) != 0
			if fault && !unsafe || r.Governed&absint.Decided == 0 {
				continue
			}
			d := audit.Destruction{Call: r.Name, Where: r.Where, Unsafe: unsafe}
			if r.Where == "" {
				d.Where = (&facts{pass: a.pass}).Where(r.Call.Pos())
			}
			i := slices.IndexFunc(f.Destroys, func(o audit.Destruction) bool { return o.Call == d.Call && o.Where == d.Where })
			if i < 0 {
				f.Destroys = append(f.Destroys, d)
			} else {
				f.Destroys[i].Unsafe = f.Destroys[i].Unsafe || unsafe
			}
		}
	}
}

// judge says what a fault becomes in a function: what is reported, or else the
// best that it does.
func (a *auditor) judge(f *audit.Function, fn *ssa.Function, runs []*summary.Run) {
	for _, found := range a.found {
		if outermost(found.Fn) == fn && !slices.Contains(f.Rules, found.Rule) {
			f.Rules = append(f.Rules, found.Rule)
		}
	}
	if len(f.Rules) > 0 {
		f.Verdict = audit.Collapses
		return
	}
	for _, s := range a.suppressed {
		if outermost(s.finding.Fn) == fn {
			f.Rules, f.Reason, f.Verdict = append(f.Rules, s.finding.Rule), s.reason, audit.Suppressed
		}
	}
	if f.Verdict != "" {
		return
	}
	f.Verdict = audit.Safe
	for _, run := range telling(runs) {
		switch {
		case rule.FailSafe(run):
			f.Verdict = audit.FailSafe
			return
		case rule.Propagates(run):
			f.Verdict = audit.Propagates
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
