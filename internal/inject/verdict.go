package inject

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/errswallow/errswallow/analyzer"
)

// A Verdict says what became of a fault at a site.
type Verdict string

// The verdicts, the worst first.
const (
	Destroyed  Verdict = "destroyed"   // something was destroyed, or made anew, that was not before
	Crashed    Verdict = "crashed"     // the program panicked
	Hung       Verdict = "hung"        // the tests did not end
	Unnoticed  Verdict = "unnoticed"   // the tests pass, and pass as well when the answer is absence
	Passed     Verdict = "passed"      // the tests pass, and nobody can answer absence here
	Noticed    Verdict = "noticed"     // a test failed, or something else was done than for absence
	NotReached Verdict = "not reached" // no test that passes comes there
	LeftAlone  Verdict = "left alone"  // nothing can be done there
)

// Verdicts lists them, the worst first.
var Verdicts = []Verdict{Destroyed, Crashed, Hung, Unnoticed, Passed, Noticed, NotReached, LeftAlone}

// telling are the verdicts in the order in which one package's counts more than another's: what
// the tests of one have noticed is noticed.
var telling = []Verdict{Destroyed, Crashed, Hung, Noticed, Unnoticed, Passed, NotReached, LeftAlone}

// Bad reports whether a verdict is a bug that has shown itself.
func (v Verdict) Bad() bool { return v == Destroyed || v == Crashed || v == Hung }

// A Result is what became of the fault at a site.
type Result struct {
	ID string `json:"id"`
	analyzer.Site
	Package string  `json:"package"`
	Verdict Verdict `json:"verdict"`
	// Why is more about the verdict, in a line.
	Why string `json:"why,omitempty"`
	// Test is one that shows it, as the go command names it, and In its package.
	Test string `json:"test,omitempty"`
	In   string `json:"in,omitempty"`
	// Tests are how many reach it.
	Tests int `json:"tests"`
	// Losses are the calls that were made under the fault, and not before.
	Losses []Loss `json:"losses,omitempty"`
	// Stack is how the site was reached, and Crash where the program panicked.
	Stack []string `json:"stack,omitempty"`
	Crash []string `json:"crash,omitempty"`
	// AsAbsence: the tests do under the fault as they do when the answer is absence.
	AsAbsence bool `json:"asAbsence,omitempty"`
	// Seconds are how long its runs took.
	Seconds float64 `json:"seconds"`
}

// reach is the tests of a package that reach a site.
type reach struct {
	target *Target
	tests  []string
}

// reaches returns the tests that reach a site and pass, by their packages, and whether one
// that does not pass reaches it.
func (r *runner) reaches(s *Site) (out []reach, failing bool) {
	for _, t := range r.tested {
		tests := map[string]bool{}
		for _, o := range t.baseline {
			if o == nil {
				continue
			}
			for _, a := range o.Asked {
				if a.Site != s.ID() {
					continue
				}
				if a.Tests == nil {
					for name, passes := range t.steady {
						tests[name] = passes
					}
				}
				for _, name := range a.Tests {
					tests[name] = t.steady[name]
				}
			}
		}
		for name, passes := range tests {
			failing = failing || !passes
			if !passes || strings.Contains(name, "/") {
				delete(tests, name)
			}
		}
		if len(tests) > 0 {
			out = append(out, reach{t, slices.Sorted(maps.Keys(tests))})
		}
	}
	return out, failing
}

// covered reports whether a site is always reached through another that is counted, and
// that stands further in: what fails there fails here.
func (r *runner) covered(s *Site) bool {
	within, reached := false, false
	for _, t := range r.tested {
		for _, o := range t.baseline {
			if o == nil {
				continue
			}
			var here []string
			all := false
			for _, a := range o.Asked {
				if a.Site == s.ID() {
					reached, here, all = true, a.Tests, a.Tests == nil
				}
			}
			for _, a := range o.Asked {
				if a.Site == s.ID() || !slices.Contains(a.Within, s.ID()) {
					continue
				}
				if a.Tests == nil || !all && !slices.ContainsFunc(here, func(test string) bool { return !slices.Contains(a.Tests, test) }) {
					within = true
				}
			}
		}
	}
	return reached && within
}

// try says what becomes of a fault at a site.
func (r *runner) try(ctx context.Context, s *Site) (*Result, error) {
	res := &Result{ID: s.ID(), Site: s.Site, Package: s.Package, Verdict: NotReached}
	if s.Alone != "" {
		res.Verdict, res.Why = LeftAlone, s.Alone
		return res, nil
	}
	reached, failing := r.reaches(s)
	if len(reached) == 0 && failing {
		res.Why = "only tests that fail without a fault, or now and then, come there"
	}
	for _, at := range reached {
		if at.target.apart {
			at.target.lock.Lock()
		}
		one, err := r.in(ctx, s, at)
		if at.target.apart {
			at.target.lock.Unlock()
		}
		if err != nil {
			return nil, err
		}
		tests, seconds, absence := res.Tests+len(at.tests), res.Seconds+one.Seconds, one.AsAbsence && (res.AsAbsence || res.Tests == 0)
		if slices.Index(telling, one.Verdict) < slices.Index(telling, res.Verdict) {
			res = one
		}
		res.Tests, res.Seconds, res.AsAbsence = tests, seconds, absence
	}
	return res, nil
}

// in says what becomes of a fault at a site in the tests of one package.
func (r *runner) in(ctx context.Context, s *Site, at reach) (*Result, error) {
	res := &Result{ID: s.ID(), Site: s.Site, Package: s.Package, In: at.target.Path, Verdict: Noticed}
	t := trial{target: at.target, tests: at.tests}
	control := func(turn int) (*Outcome, error) {
		c := t
		c.inject, c.limit, c.turn = "record", r.limit(at.target.baseline[0]), turn
		return r.run(ctx, c)
	}
	before, err := control(0)
	if err != nil {
		return nil, err
	}
	run := func(mode string, turn int) (*Outcome, error) {
		f := t
		f.inject, f.limit, f.turn = s.ID()+":"+mode, r.limit(before), turn
		o, err := r.run(ctx, f)
		if err == nil {
			res.Seconds += o.Took.Seconds()
		}
		return o, err
	}
	under, err := run("fault", 0)
	if err != nil {
		return nil, err
	}
	if res.Stack = under.stack(s.ID()); !under.reached(s.ID()) {
		res.Verdict, res.Why = NotReached, "its tests come there now and then"
		return res, nil
	}
	if under.Hung && len(r.losses(s, before, under)) == 0 {
		// What waits for an answer has to be given one.
		passing, err := run("fault:once", 0)
		if err != nil {
			return nil, err
		}
		if passing.Hung {
			res.Verdict, res.Why, res.Test = Hung, fmt.Sprintf("the tests do not end within %v", r.limit(before)), under.unended()
			if r.byTest(passing) {
				res.Verdict, res.Why = Noticed, "the test itself waits for what does not come"
			}
			return res, nil
		}
		if under = passing; under.Crash == nil && len(under.failing(at.target.steady)) == 0 && len(r.losses(s, before, under)) == 0 {
			res.Why = "it asks again until it is answered"
			return res, nil
		}
	}
	if res.Losses = r.losses(s, before, under); len(res.Losses) > 0 {
		// Twice: what is lost now and then is not the fault's doing.
		again, err := run("fault", 1)
		if err != nil {
			return nil, err
		}
		control, err := control(1)
		if err != nil {
			return nil, err
		}
		res.Losses = slices.DeleteFunc(res.Losses, func(l Loss) bool {
			return !slices.ContainsFunc(r.losses(s, control, again), l.same) || !slices.ContainsFunc(r.losses(s, control, under), l.same)
		})
		if len(res.Losses) > 0 {
			res.Verdict, res.Test = Destroyed, res.Losses[0].Test
			if res.Test == "" {
				res.Test, err = r.narrow(ctx, s, t, res.Losses[0])
			}
			return res, err
		}
	}
	if under.Crash != nil && !under.Crash.byTest() {
		again, err := run("fault", 1)
		if err != nil {
			return nil, err
		}
		if again.Crash == nil {
			res.Why = "now and then it panics: " + under.Crash.Message
			under = again
		}
	}
	if under.Crash != nil {
		res.Why, res.Crash, res.Test = under.Crash.Message, under.Crash.Stack, under.unended()
		if !under.Crash.byTest() {
			res.Verdict = Crashed
			return res, nil
		}
		res.Why = "the test itself does not expect it: " + under.Crash.Message
	}
	var absent *Outcome
	if s.Absent.Known() {
		if absent, err = run("absent", 0); err != nil {
			return nil, err
		}
		res.AsAbsence = alike(under, absent, at.target.steady)
	}
	failed := under.failing(at.target.steady)
	if absent != nil && !res.AsAbsence && len(failed) == 0 && under.Status == 0 {
		// Nothing but the other run tells the two apart: it may have failed by chance.
		if absent, err = run("absent", 1); err != nil {
			return nil, err
		}
		res.AsAbsence = alike(under, absent, at.target.steady)
	}
	switch {
	case len(failed) > 0:
		res.Test = innermost(failed)
	case under.Status != 0:
		res.Why = "the tests end with status " + fmt.Sprint(under.Status)
	case absent == nil:
		res.Verdict, res.Why = Passed, "nobody can answer here that it is not there"
	case res.AsAbsence:
		if res.Verdict = Unnoticed; len(at.tests) == 1 {
			res.Test = at.tests[0]
		}
	default:
		res.Why = "the tests pass, and not when the answer is absence"
	}
	return res, nil
}

// reached reports whether a site was.
func (o *Outcome) reached(site string) bool {
	return slices.ContainsFunc(o.Asked, func(a Asked) bool { return a.Site == site })
}

// stack is how a site was reached.
func (o *Outcome) stack(site string) []string {
	for _, a := range o.Asked {
		if a.Site == site {
			return a.Stack
		}
	}
	return nil
}

// unended is a test that did not end, or failed.
func (o *Outcome) unended() string {
	var names []string
	for name, how := range o.Tests {
		if how == "" || how == "fail" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return innermost(names)
}

// innermost is the first of tests that is no parent of another.
func innermost(names []string) string {
	for _, name := range names {
		if !slices.ContainsFunc(names, func(o string) bool { return strings.HasPrefix(o, name+"/") }) {
			return name
		}
	}
	return ""
}
