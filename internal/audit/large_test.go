package audit

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/errswallow/errswallow/analyzer"
)

// large is a report of n functions: each asks, or relies on others before it; every tenth
// collapses, and something is destroyed on the strength of it.
func large(n int) *Report {
	var functions []*Function
	name := func(i int) string { return fmt.Sprintf("(*example.com/p%d.T).F%d", i/50, i) }
	for i := range n {
		f := &Function{Name: name(i), Package: fmt.Sprintf("example.com/p%d", i/50), File: "large_test.go", Line: 1, End: 2, Verdict: analyzer.Propagates}
		if i%3 == 0 {
			f.Queries = []Query{{Call: fmt.Sprintf("Query%d", i%7), Line: 1, Running: "true", Stopped: "false", Absent: "false", Fault: "err"}}
		} else {
			f.Relies = []string{name(i / 2)}
		}
		if i%10 == 0 {
			f.Verdict, f.Rules = analyzer.Collapses, []string{"collapse"}
			f.Destroys = []Destruction{{Call: "Remove", Where: fmt.Sprintf("large_test.go:%d", i), Unsafe: true}}
		}
		functions = append(functions, f)
	}
	return New(functions)
}

// TestLarge holds what is written of 1,000 functions to what GitHub and people can take.
func TestLarge(t *testing.T) {
	t.Parallel()
	r := large(1000)
	g := r.graph()
	column := map[*node]int{}
	for _, n := range g.nodes {
		column[n] = n.Column
	}
	for _, e := range g.edges {
		if column[e.From] >= column[e.To] {
			t.Errorf("from %s in column %d to %s in column %d", e.From.Label, e.From.Column, e.To.Label, e.To.Column)
		}
	}
	safe := map[int]bool{} // columns in which one was seen that no fault goes through
	for _, n := range g.nodes {
		if n.Unsafe && safe[n.Column] {
			t.Errorf("a fault goes through %s, and stands below others", n.Label)
		}
		safe[n.Column] = safe[n.Column] || !n.Unsafe
	}
	var markdown, page strings.Builder
	if err := r.Markdown(&markdown); err != nil {
		t.Fatal(err)
	}
	text := markdown.String()
	if n := utf8.RuneCountInString(text); n > 65536 || strings.Count(text, "collapses: collapse |") != 100 || !strings.Contains(text, " functions left out, the worst are there") || !strings.Contains(text, "\nThe graph is left out") {
		t.Errorf("%d characters, %d functions that collapse:\n...%s", n, strings.Count(text, "collapses: collapse |"), text[max(0, len(text)-400):])
	}
	if err := r.HTML(&page, "large", "."); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(page.String(), "<tbody id="); n != 1000 || page.Len() > 2<<20 {
		t.Errorf("a page of %d functions, %d bytes", n, page.Len())
	}
	markdown.Reset()
	if err := large(30).Markdown(&markdown); err != nil || strings.Contains(markdown.String(), "left out") || !strings.Contains(markdown.String(), "```mermaid") {
		t.Errorf("30 functions: %v\n%s", err, markdown.String())
	}
}

// TestRing ranks functions that call each other: one edge leads back, and no more.
func TestRing(t *testing.T) {
	t.Parallel()
	g := New([]*Function{
		{Name: "p.A", Queries: []Query{{Call: "Inspect"}}, Relies: []string{"p.C"}, Verdict: analyzer.Safe},
		{Name: "p.B", Relies: []string{"p.A"}, Verdict: analyzer.Safe},
		{Name: "p.C", Relies: []string{"p.B"}, Verdict: analyzer.Safe},
	}).graph()
	back := 0
	for _, e := range g.edges {
		if e.From.Column >= e.To.Column {
			back++
		}
	}
	if back != 1 || len(g.edges) != 4 {
		t.Errorf("%d of %d edges lead back", back, len(g.edges))
	}
}

// TestInterface ties a function that asks by a method of an interface, which nobody is known
// to implement, to what that asks.
func TestInterface(t *testing.T) {
	t.Parallel()
	g := New([]*Function{{
		Name: "a/p.Clean", Relies: []string{"(a/rt.Runtime).GetNetwork"}, Verdict: analyzer.Collapses,
		Queries:  []Query{{Call: "NetworkInspect", Via: "GetNetwork"}},
		Destroys: []Destruction{{Call: "NetworkRemove", Where: "p.go:9", Unsafe: true}},
	}}).graph()
	var ways []string
	for _, e := range g.edges {
		ways = append(ways, e.From.Label+" > "+e.To.Label)
	}
	if got, want := strings.Join(ways, "\n"), "NetworkInspect > (rt.Runtime).GetNetwork\n(rt.Runtime).GetNetwork > p.Clean\np.Clean > NetworkRemove p.go:9"; got != want {
		t.Errorf("%s", got)
	}
}

// TestFolded makes one cell of neighbours that are the same.
func TestFolded(t *testing.T) {
	t.Parallel()
	rows := rowsOf(&Function{Queries: []Query{{Call: "Inspect", Running: "true", Stopped: "false", Absent: "false", Fault: "false"}}})
	if got, want := fmt.Sprint(rows), "[{Inspect [{running true 1} {stopped, absent, fault false 3}]}]"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
