package config

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/errswallow/errswallow/analyzer"
	"github.com/errswallow/errswallow/internal/clitest"
)

// TestRead reads files that are right, and files that are wrong: each mistake names the
// line.
func TestRead(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"", ""},
		{"# nothing but a comment\n", ""},
		{"rules:\n", ""},
		{"rules: [collapse, destroy]\nevidence: certain\nverbose: true\n", ""},
		{"query:\n  - &inspect (*example.com/rt.Client).Inspect\n  - *inspect\n", ""},
		{"# mine\nrule: [collapse]\n", `:2: unknown key "rule": have rules, libraries, catalogue, query, notfound, destructive, evidence, verbose`},
		{"rules: collapse\n", `:1: rules: want a list, a line each after "- "`},
		{"rules:\n  - collapse\n  -\n", ":3: rules: want a list of names"},
		{"rules:\n  - [collapse]\n", ":2: rules: want a list of names"},
		{"evidence: [likely]\n", ":1: evidence: want one word"},
		{"verbose: yes please\n", ":1: verbose: want true or false"},
		{"rules: [collapse]\nverbose: true\nrules: [destroy]\n", ":3: rules is there twice"},
		{"- rules\n", ":1: want keys and values: have one of rules"},
		{"rules: [collapse\n", ":1: did not find expected ',' or ']'"},
		{"a\tb: [\x00]\n", ": control characters are not allowed"},
	} {
		name := filepath.Join(t.TempDir(), Name)
		clitest.Write(t, name, test.text)
		_, err := Read(name)
		switch {
		case test.want == "" && err != nil:
			t.Errorf("%q: %v", test.text, err)
		case test.want != "" && (err == nil || !strings.Contains(err.Error(), Name+test.want) || strings.Contains(err.Error(), "\n")):
			t.Errorf("%q: error %v, want %s", test.text, err, test.want)
		}
	}
}

// TestFor finds the file of a module: its own, or the first above it inside the
// repository.
func TestFor(t *testing.T) {
	root := t.TempDir()
	for name, text := range map[string]string{
		Name:                  "rules: [empty]\n", // of no repository
		"r/.git":              "",
		"r/" + Name:           "rules: [destroy]\n",
		"r/m/go.mod":          "module m\n",
		"r/m/sub/" + Name:     "rules: [discard]\n", // below the module's folder
		"r/own/go.mod":        "module own\n",
		"r/own/" + Name:       "rules: [collapse]\n",
		"s/.git":              "",
		"s/go.mod":            "module s\n",
		"t/go.mod":            "module t\n",
		"t/.errswallow.yml":   "rules: [empty]\n",
		"work/go.work":        "go 1.26.0\nuse ./a\nreplace example.com/b => ./b\n",
		"work/.git":           "",
		"work/a/go.mod":       "module a\nreplace example.com/c => ../c\nreplace example.com/d => example.com/e v1.0.0\n",
		"work/a/" + Name:      "rules: [empty]\n",
		"work/b/" + Name:      "rules: [discard]\n",
		"work/b/go.mod":       "module b\n",
		"work/c/" + Name:      "rules: [collapse]\n",
		"work/c/go.mod":       "module c\n",
		"work/other/go.mod":   "module other\n",
		"work/other/" + Name:  "rules: [destroy]\n",
		"work/a/deep/deep.go": "package deep\n",
	} {
		clitest.Write(t, filepath.Join(root, name), text)
	}
	for _, test := range []struct {
		dir, rule string
		shared    bool
	}{
		{"r/m", "destroy", true}, {"r/m/sub", "destroy", true}, {"r", "destroy", false},
		{"r/own", "collapse", false}, {"s", "", false},
	} {
		file, err := For(filepath.Join(root, test.dir))
		switch {
		case err != nil:
			t.Errorf("%s: %v", test.dir, err)
		case file == nil && test.rule != "", file != nil && (test.rule == "" || file.Settings.Rules[0] != test.rule || file.Shared != test.shared):
			t.Errorf("%s: %+v, want %s", test.dir, file, test.rule)
		}
	}
	if _, err := For(filepath.Join(root, "t")); err == nil || !strings.Contains(err.Error(), ".errswallow.yml: the file is to be called "+Name) {
		t.Errorf("t: %v", err)
	}
	files, err := Around(filepath.Join(root, "work/a/deep"))
	var rules []string
	for _, f := range files {
		rules = append(rules, f.Settings.Rules...)
	}
	slices.Sort(rules)
	if want := []string{"collapse", "discard", "empty"}; err != nil || !slices.Equal(rules, want) {
		t.Errorf("around work/a: %v, %v, want %v", rules, err, want)
	}
}

// TestUnder puts settings of a command line on top of those of a file.
func TestUnder(t *testing.T) {
	dir := t.TempDir()
	clitest.Write(t, filepath.Join(dir, Name), "catalogue: [own.cat]\nquery: [a.A]\nrules: [empty]\nlibraries: [docker]\nevidence: certain\nverbose: true\n")
	file, err := Read(filepath.Join(dir, Name))
	if err != nil {
		t.Fatal(err)
	}
	given := analyzer.Settings{Query: []string{"b.B"}, Rules: []string{"collapse"}, Evidence: "possible"}
	got := file.Under(given, func(flag string) bool {
		return flag == "rules" || flag == "evidence" || flag == "verbose" || flag == "query"
	})
	if !slices.Equal(got.Query, []string{"a.A", "b.B"}) || !slices.Equal(got.Rules, given.Rules) || got.Evidence != "possible" || got.Verbose ||
		!slices.Equal(got.Libraries, []string{"docker"}) || !slices.Equal(got.Catalogues, []string{filepath.Join(dir, "own.cat")}) {
		t.Errorf("%+v", got)
	}
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	rel, err := filepath.Rel(here, filepath.Join(dir, Name))
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range [][3]string{
		{"query", "a.A", rel + ":2: query"}, {"query", "b.B", "-query"}, {"rules", "collapse", "-rules"},
		{"libraries", "docker", rel + ":4: libraries"}, {"catalogue", filepath.Join(dir, "own.cat"), rel + ":1: catalogue"},
	} {
		if where := got.At(test[0], test[1]); where != test[2] {
			t.Errorf("%s %s: %s, want %s", test[0], test[1], where, test[2])
		}
	}
	var none *File
	if got := none.Under(given, nil); got.Evidence != "possible" || got.Origin != nil {
		t.Errorf("without a file: %+v", got)
	}
}

// TestDocumented reads the file that docs/configuration.md shows.
func TestDocumented(t *testing.T) {
	_, text, ok := strings.Cut(clitest.Read(t, "../../docs/configuration.md"), "```yaml\n# .errswallow.yaml\n")
	if !ok {
		t.Fatal("docs/configuration.md shows no file")
	}
	text, _, _ = strings.Cut(text, "```")
	name := filepath.Join(t.TempDir(), Name)
	clitest.Write(t, name, text)
	file, err := Read(name)
	if err != nil {
		t.Fatal(err)
	}
	if s := file.Settings; len(s.Rules) != 3 || len(s.Catalogues) != 1 || len(s.Query) != 1 || s.Evidence != "likely" {
		t.Errorf("%+v", s)
	}
}
