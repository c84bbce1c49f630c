package inject

import (
	"context"
	"slices"
	"strings"

	"github.com/errswallow/errswallow/analyzer"
)

// A Loss is a destructive or creating call.
type Loss struct {
	Call string `json:"call"`
	File string `json:"file"`
	Line int    `json:"line"`
	// Test is the one that it was made in, "" where nobody knows.
	Test string `json:"test,omitempty"`
	// Times is how often it was made, and Before how often without the fault.
	Times  int      `json:"times"`
	Before int      `json:"before"`
	Stack  []string `json:"stack,omitempty"`
}

// widest is how many tests are tried each alone to find the one in which something is lost.
const widest = 16

// narrow finds out in which of several tests something is lost that no test's own goroutine
// does: by running each alone. It answers "" if none tells.
func (r *runner) narrow(ctx context.Context, s *Site, t trial, lost Loss) (string, error) {
	if len(t.tests) == 1 {
		return t.tests[0], nil
	}
	for _, test := range t.tests[:min(len(t.tests), widest)] {
		one := t
		one.tests, one.inject, one.limit = []string{test}, s.ID()+":fault", r.limit(t.target.baseline[0])
		under, err := r.run(ctx, one)
		if err != nil {
			return "", err
		}
		one.inject = "record"
		before, err := r.run(ctx, one)
		if err != nil {
			return "", err
		}
		if slices.ContainsFunc(r.losses(s, before, under), func(l Loss) bool { return l.File == lost.File && l.Line == lost.Line }) {
			return test, nil
		}
	}
	return "", nil
}

// same reports whether two losses are of one call, in one test.
func (l Loss) same(o Loss) bool {
	return l.File == o.File && l.Line == o.Line && l.Call == o.Call && l.Test == o.Test
}

// losses returns what was lost under a fault of a site, and more often than before: in all,
// and, where the test is known, in that.
func (r *runner) losses(site *Site, before, under *Outcome) (out []Loss) {
	for _, l := range under.Lost {
		s := r.sites[l.Site]
		if s == nil || s.Kind == analyzer.Ensures || under.times(l.Site) <= before.times(l.Site) {
			continue
		}
		was := before.within(l.Site, l.Test)
		if l.Times > was && !(s.Kind == analyzer.Destroys && r.own(site, l, under)) {
			out = append(out, Loss{Call: s.Call, File: s.File, Line: s.Line, Test: l.Test, Times: l.Times, Before: was, Stack: l.Stack})
		}
	}
	return out
}

// own reports whether what is destroyed was made before, in the function that asks: it takes
// back what it has done.
func (r *runner) own(site *Site, lost Lost, under *Outcome) bool {
	stack := site.written(under.stack(site.ID()))
	if len(stack) == 0 {
		return false
	}
	asks, _, _ := strings.Cut(stack[0], " ")
	in := func(l Lost) bool {
		return slices.ContainsFunc(l.Stack, func(frame string) bool { return strings.HasPrefix(frame, asks+" ") })
	}
	return in(lost) && slices.ContainsFunc(under.Lost, func(made Lost) bool {
		s := r.sites[made.Site]
		return s != nil && s.Kind != analyzer.Destroys && made.Test == lost.Test && made.First < lost.First && made.Times >= lost.Times && in(made)
	})
}

// written are the frames of a stack that somebody wrote.
func (s *Site) written(stack []string) []string {
	return slices.DeleteFunc(slices.Clone(stack), func(frame string) bool {
		return siteFrame.MatchString(frame) || strings.Contains(frame, generatedName+":")
	})
}
