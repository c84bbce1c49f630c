package analyzer

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/errswallow/errswallow/analyzer/internal/catalogue"
	"github.com/errswallow/errswallow/analyzer/internal/rule"
)

// TestDocs keeps the pages, the list of rules, the flags and the package's
// comment together.
func TestDocs(t *testing.T) {
	t.Parallel()
	read := func(name string) string {
		text, err := os.ReadFile(filepath.Join("..", name))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	readme, doc := read("README.md"), New(Settings{}).Doc
	for _, r := range rule.All() {
		page := read("docs/rules/" + r.ID + ".md")
		title := strings.ToUpper(r.Title[:1]) + r.Title[1:] + "."
		if !strings.HasPrefix(page, "# "+r.ID+"\n\n"+title+"\n") {
			t.Errorf("docs/rules/%s.md does not begin with its id and %q", r.ID, title)
		}
		for _, section := range []string{"What", "Why", "Bad", "Good", "Silent where", "Configure", "Suppress"} {
			if !strings.Contains(page, "\n## "+section+"\n") {
				t.Errorf("docs/rules/%s.md has no section %s", r.ID, section)
			}
		}
		if !strings.Contains(readme, "docs/rules/"+r.ID+".md") {
			t.Errorf("README.md does not link the page of %s", r.ID)
		}
		if !strings.Contains(doc, "- "+r.ID+": ") {
			t.Errorf("doc.go does not list %s", r.ID)
		}
	}
	configuration := read("docs/configuration.md")
	for _, line := range flagLines(New(Settings{})) {
		if !strings.Contains(configuration, "| `-"+line+"` |") {
			t.Errorf("docs/configuration.md does not have -%s", line)
		}
	}
	for _, lib := range catalogue.Builtin() {
		if lib.Runtime() && !strings.Contains(configuration, lib.Name) {
			t.Errorf("docs/configuration.md does not name the library %s", lib.Name)
		}
	}
}

// TestDiagnostics looks at what analysistest does not: the category, the page,
// the related positions, and the form of every message.
func TestDiagnostics(t *testing.T) {
	t.Parallel()
	known := map[string]bool{}
	for _, r := range rule.All() {
		known[r.ID] = true
	}
	n := 0
	for _, result := range analysistest.Run(quiet{t}, testdata(t), New(Settings{}), "./rule/...", "./fact/...") {
		for _, d := range result.Diagnostics {
			n++
			if !known[d.Category] || d.URL != rulesURL+d.Category+".md" || !strings.HasSuffix(d.Message, " ("+d.Category+")") {
				t.Errorf("category %q, page %q: %s", d.Category, d.URL, d.Message)
			}
			if strings.ContainsAny(d.Message, "\n\t") || strings.HasSuffix(d.Message, ".") || !strings.Contains(d.Message, ": ") {
				t.Errorf("not one plain line: %q", d.Message)
			}
			for _, r := range d.Related {
				if !r.Pos.IsValid() || r.Message == "" {
					t.Errorf("%s: related information without a place or a message", d.Message)
				}
			}
		}
	}
	if n == 0 {
		t.Error("no diagnostics")
	}
}
