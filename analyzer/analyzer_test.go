package analyzer

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/errswallow/errswallow/analyzer/internal/rule"
)

// TestRules runs the pass over testdata/rule/<id>/{fires,silent}. A rule
// without a folder fails, and so does one with fewer silent cases than firing.
func TestRules(t *testing.T) {
	t.Parallel()
	for _, r := range rule.All() {
		fires, silent := cases(t, r.ID, "fires"), cases(t, r.ID, "silent")
		if fires == 0 || silent < fires {
			t.Errorf("%s: %d functions must fire, and only %d must stay silent", r.ID, fires, silent)
		}
	}
	analysistest.Run(diagnosticsOnly{t}, testdata(t), New(Settings{}), "./rule/...")
}

// cases counts the functions in one half of a rule's testdata: those with a
// "want" of the rule where they must fire, all of them where they must not.
func cases(t *testing.T, id, half string) int {
	t.Helper()
	name := filepath.Join(testdata(t), "rule", id, half, half+".go")
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if half == "fires" {
		return strings.Count(string(text), "// want ")
	}
	return strings.Count(string(text), "\nfunc ")
}

// diagnosticsOnly is a test that says nothing of facts: TestFacts does.
type diagnosticsOnly struct{ *testing.T }

func (d diagnosticsOnly) Errorf(format string, args ...any) {
	d.Helper()
	if msg := fmt.Sprintf(format, args...); !strings.Contains(msg, "unexpected fact: ") {
		d.Error(msg)
	}
}

// testdata returns the module that imports the real client libraries.
func testdata(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs("testdata")
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestIgnore runs the pass over findings that are accepted, and over comments that
// accept none.
func TestIgnore(t *testing.T) {
	t.Parallel()
	analysistest.Run(diagnosticsOnly{t}, testdata(t), New(Settings{}), "./ignore/...")
}
