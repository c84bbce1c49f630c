// Package audit shows every function that asks a runtime for state: what it
// answers when the object runs, is stopped, is absent, and when the query fails;
// who calls it, and what is destroyed on the strength of it.
package audit

import (
	"cmp"
	"slices"

	"github.com/errswallow/errswallow/analyzer"
)

// What the pass says of functions: see package analyzer.
type (
	Function    = analyzer.Function
	Query       = analyzer.Query
	Destruction = analyzer.Destruction
	Verdict     = analyzer.Verdict
)

// Verdicts lists them, the worst first.
var Verdicts = []Verdict{analyzer.Collapses, analyzer.Suppressed, analyzer.Misled, analyzer.Safe, analyzer.Propagates, analyzer.FailSafe}

// Meanings say what each is, in a line.
var Meanings = map[Verdict]string{
	analyzer.Collapses:  "a fault is answered as absence, or worse: a rule reports it",
	analyzer.Suppressed: "the same, and accepted",
	analyzer.Misled:     "it trusts one of these, and destroys something on the strength of it",
	analyzer.Safe:       "a fault is answered with nothing that anybody decides by",
	analyzer.Propagates: "a fault is the caller's error",
	analyzer.FailSafe:   "a fault is answered with the opposite of absence, and an error",
}

// trusted reports whether an answer can be relied on under a fault.
func trusted(v Verdict) bool {
	return v != analyzer.Collapses && v != analyzer.Suppressed && v != analyzer.Misled
}

// A Report is an audit of packages.
type Report struct {
	Totals    Totals      `json:"totals"`
	Functions []*Function `json:"functions"`
}

// Totals sum a report up.
type Totals struct {
	Functions int `json:"functions"`
	Queries   int `json:"queries"`
	// Trusted are the functions that answer no fault as absence.
	Trusted   int             `json:"trusted"`
	ByVerdict map[Verdict]int `json:"by_verdict"`
	// Destructive are the calls that cannot be undone, by place, and Unsafe those of
	// them that a fault leads to.
	Destructive int `json:"destructive"`
	Unsafe      int `json:"unsafe"`
}

// New makes a report of functions: it sorts them, tells each its callers, and sums
// them up.
func New(functions []*Function) *Report {
	r := &Report{Functions: functions, Totals: Totals{ByVerdict: map[Verdict]int{}}}
	slices.SortFunc(functions, func(a, b *Function) int {
		return cmp.Or(cmp.Compare(a.Package, b.Package), cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	called := map[string][]*Function{}
	for _, f := range functions {
		for _, name := range append(f.Implements, f.Name) {
			called[name] = append(called[name], f)
		}
	}
	places := map[string]bool{}
	for _, f := range functions {
		misled := false
		for _, name := range f.Relies {
			for _, callee := range called[name] {
				if !slices.Contains(callee.Callers, f.Name) {
					callee.Callers = append(callee.Callers, f.Name)
				}
				misled = misled || !trusted(callee.Verdict)
			}
		}
		if misled && trusted(f.Verdict) && slices.ContainsFunc(f.Destroys, func(d Destruction) bool { return d.Unsafe }) {
			f.Verdict = analyzer.Misled
		}
		r.Totals.Queries += len(f.Queries)
		r.Totals.ByVerdict[f.Verdict]++
		if trusted(f.Verdict) {
			r.Totals.Trusted++
		}
		for _, d := range f.Destroys {
			places[d.Where] = places[d.Where] || d.Unsafe
		}
	}
	r.Totals.Functions, r.Totals.Destructive = len(functions), len(places)
	for _, unsafe := range places {
		if unsafe {
			r.Totals.Unsafe++
		}
	}
	return r
}

// Fails reports whether a rule of the list reports a function.
func (r *Report) Fails(rules []string) bool {
	return slices.ContainsFunc(r.Functions, func(f *Function) bool {
		return f.Verdict == analyzer.Collapses && slices.ContainsFunc(f.Rules, func(rule string) bool { return slices.Contains(rules, rule) })
	})
}

// Tested reports whether anything is known of test runs.
func (r *Report) Tested() bool {
	return slices.ContainsFunc(r.Functions, func(f *Function) bool {
		return slices.ContainsFunc(f.Queries, func(q Query) bool { return q.Tests != "" })
	})
}
