package corpus

import (
	"strings"
	"testing"
)

// TestLabels reads every label, and holds them to what docs/findings.md says of
// them.
func TestLabels(t *testing.T) {
	t.Parallel()
	labels, err := Labels()
	if err != nil {
		t.Fatal(err)
	}
	repos, seen, blind, fires := map[string]string{}, map[Label]bool{}, 0, 0
	for _, l := range labels {
		place := Label{Repo: l.Repo, File: l.File, Line: l.Line}
		if seen[place] {
			t.Errorf("%s is labelled twice", l)
		}
		seen[place] = true
		if l.Note == "" {
			t.Errorf("%s: no word of why", l)
		}
		if commit, known := repos[l.Repo]; known && commit != l.Commit {
			t.Errorf("%s is labelled at two commits", l.Repo)
		}
		repos[l.Repo] = l.Commit
		if l.Blind {
			blind++
		}
		if l.fires() {
			fires++
		}
	}
	if len(labels) < 200 || len(repos) < 30 || 2*blind < 200 || fires < 20 {
		t.Errorf("%d labels, %d of them blind, %d with a rule, in %d repositories", len(labels), blind, fires, len(repos))
	}
}

const commit = "0123456789012345678901234567890123456789"

func TestReadErrors(t *testing.T) {
	t.Parallel()
	good := `{"repo": "o/n", "commit": "` + commit + `", "file": "a.go", "line": 1, "func": "F", "expect": "silent", "note": "why"}`
	for _, test := range []struct{ old, new, want string }{
		{`"o/n"`, `"n"`, `x:1: repo "n" is no owner/name`},
		{commit, "abc", `x:1: commit "abc" has not 40 digits`},
		{`"line": 1`, `"line": 0`, "x:1: no file, line or func"},
		{"silent", "quiet", `x:1: expect "quiet" is no rule, nor silent, nor arguable`},
		{`"note"`, `"text"`, `x:1: json: unknown field "text"`},
	} {
		_, err := Read("x", strings.NewReader(strings.Replace(good, test.old, test.new, 1)))
		if err == nil || err.Error() != test.want {
			t.Errorf("%s for %s: %v, want %s", test.new, test.old, err, test.want)
		}
	}
	if _, err := Read("x", strings.NewReader(good+"\n")); err != nil {
		t.Error(err)
	}
}

// TestCompare compares what errswallow -json prints with four labels.
func TestCompare(t *testing.T) {
	t.Parallel()
	label := func(line int, fn, expect string) Label {
		return Label{Repo: "o/n", Commit: commit, File: "a.go", Line: line, Func: fn, Expect: expect, Note: "why"}
	}
	labels := []Label{label(1, "F", "collapse"), label(20, "F", "silent"), label(30, "G", "discard"), label(40, "H", "arguable"), label(50, "I", "empty")}
	found, err := ReadDiagnostics("/r", strings.NewReader(`{"p": {"errswallow": [
		{"category": "collapse", "posn": "/r/o/n/a.go:3:2", "message": "F: answers false"},
		{"category": "collapse", "posn": "/r/o/n/a.go:23:2", "message": "F: answers false"},
		{"category": "destroy", "posn": "/r/o/n/a.go:33:2", "message": "G: calls Remove"},
		{"category": "empty", "posn": "/r/o/n/a.go:43:2", "message": "H: answers nil"},
		{"category": "empty", "posn": "/r/o/n/b.go:3:2", "message": "F: answers nil"}
	]}, "p [p.test]": {"errswallow": [
		{"category": "collapse", "posn": "/r/o/n/a.go:3:2", "message": "F: answers false"}
	]}}`))
	if err != nil {
		t.Fatal(err)
	}
	s := Compare(labels, found)
	var text strings.Builder
	if err := s.Write(&text); err != nil {
		t.Fatal(err)
	}
	squeezed := strings.Join(strings.Fields(text.String()), " ")
	for _, want := range []string{
		"collapse 1 1 0 0 1.00",
		"discard 1 0 1 0 1.00",
		"empty 1 0 0 1 0.00",
		"diagnostics: 2 right, 1 wrong, 1 arguable, 1 not labelled",
		"precision 0.667, recall 0.667",
		"missed: o/n a.go:50 I (empty): why",
		"false alarm: o/n/a.go:23: F: answers false",
		"not labelled: o/n/b.go:3: F: answers nil",
	} {
		if !strings.Contains(squeezed, want) {
			t.Errorf("no %q in\n%s", want, text.String())
		}
	}
	if _, err := ReadDiagnostics("/elsewhere", strings.NewReader(`{"p": {"errswallow": [{"posn": "/r/o/n/a.go:3:2"}]}}`)); err == nil {
		t.Error("a file outside the root is compared")
	}
}
