package audit

import (
	"strings"
	"testing"

	"github.com/errswallow/errswallow/analyzer"
)

// TestNew tells functions their callers, through interfaces, too, and who is
// misled.
func TestNew(t *testing.T) {
	t.Parallel()
	r := New([]*Function{
		{Name: "p.Restart", Package: "p", Relies: []string{"(p.Manager).IsRunning"}, Verdict: analyzer.Safe, Destroys: []Destruction{{Call: "ContainerRestart", Where: "p/p.go:9", Unsafe: true}}},
		{Name: "p.Show", Package: "p", Line: 5, Relies: []string{"(p.Manager).IsRunning"}, Verdict: analyzer.Safe},
		{Name: "(*a/rt.Docker).IsRunning", Package: "a/rt", Queries: []Query{{Call: "ContainerInspect"}}, Implements: []string{"(p.Manager).IsRunning"}, Verdict: analyzer.Collapses, Rules: []string{"collapse"}},
	})
	first := r.Functions[0]
	if strings.Join(first.Callers, " ") != "p.Restart p.Show" || r.Functions[1].Verdict != analyzer.Misled || r.Functions[2].Verdict != analyzer.Safe {
		t.Errorf("%+v %+v", first, r.Functions[1])
	}
	if got, want := r.Totals.String(), "3 functions ask 1 query: 1 can be trusted under a fault (1 collapses, 1 misled, 1 safe); a fault leads to 1 of 1 destructive call"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if !r.Fails([]string{"destroy", "collapse"}) || r.Fails([]string{"destroy"}) {
		t.Error("it fails on other rules than were asked for")
	}
	g := r.graph()
	var columns []string
	for _, n := range g.nodes {
		columns = append(columns, strings.Repeat(">", n.Column)+n.Label)
	}
	if got, want := strings.Join(columns, " "), "ContainerInspect >(*rt.Docker).IsRunning >>p.Restart >>p.Show >>>ContainerRestart p/p.go:9"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// TestAgainst says what is better and worse, the worse first.
func TestAgainst(t *testing.T) {
	t.Parallel()
	report := func(verdicts ...string) *Report {
		r := &Report{}
		for i := 0; i < len(verdicts); i += 2 {
			r.Functions = append(r.Functions, &Function{Name: verdicts[i], Verdict: Verdict(verdicts[i+1])})
		}
		return r
	}
	var got []string
	for _, c := range report("a", "fail-safe", "b", "collapses", "d", "safe", "e", "propagates", "f", "collapses").Against(report("a", "collapses", "b", "safe", "c", "safe", "d", "safe", "e", "safe")) {
		got = append(got, c.String())
	}
	want := "worse: b collapses, and was: safe\nnew: f collapses\nbetter: a fail-safe, and was: collapses\nchanged: e propagates, and was: safe\ngone: c (it was: safe)"
	if strings.Join(got, "\n") != want {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), want)
	}
}

func TestShort(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"(*example.com/a/b.T).M": "(*b.T).M",
		"(example.com/a/b.I).M":  "(b.I).M",
		"example.com/a/b.F":      "b.F",
		"p.F":                    "p.F",
	} {
		if got := short(name); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
