// Package audit shows every function that asks a runtime for state: what it
// answers when the object runs, is stopped, is absent, and when the query fails;
// who calls it, and what is destroyed on the strength of it.
package audit

import (
	"cmp"
	"slices"
)

// A Function asks for the state of something, directly or through a function that
// does.
type Function struct {
	// Name is the full name, as [types.Func.FullName] prints it.
	Name    string `json:"name"`
	Package string `json:"package"`
	// File is the file it stands in, Line where it begins and End where it ends.
	File string `json:"file"`
	Line int    `json:"line"`
	End  int    `json:"end"`
	// Queries are what it asks, in source order.
	Queries []Query `json:"queries"`
	// Gates are what it tells absence from a fault by.
	Gates []string `json:"gates,omitempty"`
	// Relies are the functions whose answers about state it calls for.
	Relies []string `json:"relies,omitempty"`
	// Implements are the interface methods that it is called by.
	Implements []string `json:"implements,omitempty"`
	// Callers are the functions that call it, as far as they were analysed.
	Callers []string `json:"callers,omitempty"`
	// Destroys are the calls that cannot be undone, made on the strength of an
	// answer.
	Destroys []Destruction `json:"destroys,omitempty"`
	Verdict  Verdict       `json:"verdict"`
	// Rules are the rules that report it, and Reason is why that is accepted.
	Rules  []string `json:"rules,omitempty"`
	Reason string   `json:"reason,omitempty"`
}

// A Query is one call that asks, and what its function answers by how it ends:
// the results as Go writes them, "err" for an error, several ways joined by "or".
type Query struct {
	Call    string `json:"call"`
	Object  string `json:"object,omitempty"`
	Via     string `json:"via,omitempty"` // the function that asks
	Line    int    `json:"line"`
	Running string `json:"running"`
	Stopped string `json:"stopped"`
	Absent  string `json:"absent"`
	Fault   string `json:"fault"`
}

// A Destruction is a call that cannot be undone.
type Destruction struct {
	Call  string `json:"call"`
	Where string `json:"where"` // file:line
	// Unsafe reports that a fault leads to it, too.
	Unsafe bool `json:"unsafe"`
}

// A Verdict says what a fault becomes.
type Verdict string

// The verdicts, the worst first.
const (
	Collapses  Verdict = "collapses"  // the verdict of absence, or worse: a rule reports it
	Suppressed Verdict = "suppressed" // the same, and accepted
	Misled     Verdict = "misled"     // it trusts one of these, and destroys something
	Safe       Verdict = "safe"       // nothing that anybody decides by
	Propagates Verdict = "propagates" // an error of the caller's
	FailSafe   Verdict = "fail-safe"  // the opposite verdict, and an error
)

// Verdicts lists them, the worst first.
var Verdicts = []Verdict{Collapses, Suppressed, Misled, Safe, Propagates, FailSafe}

// trusted reports whether an answer can be relied on under a fault.
func (v Verdict) trusted() bool { return v != Collapses && v != Suppressed && v != Misled }

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
				misled = misled || !callee.Verdict.trusted()
			}
		}
		if misled && f.Verdict.trusted() && slices.ContainsFunc(f.Destroys, func(d Destruction) bool { return d.Unsafe }) {
			f.Verdict = Misled
		}
		r.Totals.Queries += len(f.Queries)
		r.Totals.ByVerdict[f.Verdict]++
		if f.Verdict.trusted() {
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
		return f.Verdict == Collapses && slices.ContainsFunc(f.Rules, func(rule string) bool { return slices.Contains(rules, rule) })
	})
}
