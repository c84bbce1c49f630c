package analyzer

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/errswallow/errswallow/analyzer/internal/rule"
)

// TestMends hands over fixes that do not do what they say, beside such that do.
func TestMends(t *testing.T) {
	t.Parallel()
	const (
		asked     = "_ := cli"
		failed    = "if err != nil {\n\t\treturn false\n"
		forgotten = "\t\tc.running[id] = false\n\t\treturn false, nil\n"
		absent    = "if err != nil {\n\t\treturn false, nil\n"
	)
	for _, tt := range []struct {
		name, fn string
		replaces []string // each by what follows it
		want     bool
	}{
		{"the error is looked at for the nil that comes with it", "Ensure", []string{asked, "err := cli", "\tif", "\tif err != nil {\n\t\treturn err\n\t}\n\tif"}, false},
		{"an absent object is created, as before", "Ensure", []string{asked, "err := cli", "\tif", "\tif err != nil && !errdefs.IsNotFound(err) {\n\t\treturn err\n\t}\n\tif"}, true},
		{"the answer is the same, whatever is asked", "IsRunning", []string{failed, "if err != nil {\n\t\treturn true\n\t}\n\tif !info.State.Running {\n\t\treturn true\n"}, false},
		{"an absent object runs", "IsRunning", []string{failed, "if err != nil {\n\t\treturn true\n"}, false},
		{"a fault is told as what runs", "IsRunning", []string{failed, "if err != nil {\n\t\treturn !errdefs.IsNotFound(err)\n"}, true},
		{"what is kept is wrong", "Look", []string{"\t\treturn false, nil\n", "\t\tif !errdefs.IsNotFound(err) {\n\t\t\treturn false, err\n\t\t}\n\t\treturn false, nil\n"}, false},
		{"what is kept is right", "Look", []string{forgotten, "\t\tif !errdefs.IsNotFound(err) {\n\t\t\treturn false, err\n\t\t}\n" + forgotten}, true},
		{"every absence is an error", "Exists", []string{absent, "if err != nil {\n\t\treturn false, err\n"}, false},
		{"nothing is mended", "Exists", []string{absent, "if err != nil && ctx != nil {\n\t\treturn false, nil\n"}, false},
		{"what is there is not said to be", "Exists", []string{absent, "if !errdefs.IsNotFound(err) {\n\t\treturn false, err\n\t}\n\tif err != nil {\n\t\treturn false, nil\n"}, false},
		{"a fault is an error", "Exists", []string{absent, "if err != nil && !errdefs.IsNotFound(err) {\n\t\treturn false, err\n\t}\n\tif err != nil {\n\t\treturn false, nil\n"}, true},
		{"the error is forgotten", "Reset", []string{absent, "if err != nil && !errdefs.IsNotFound(err) {\n\t\treturn false, err\n\t}\n\tif err != nil {\n\t\treturn false, nil\n"}, false},
		{"it does not compile", "Exists", []string{absent, "if err != nil && !errdefs.IsGone(err) {\n\t\treturn false, err\n\t}\n\tif err != nil {\n\t\treturn false, nil\n"}, false},
		{"it is no Go", "Exists", []string{absent, "if err != nil {{\n\t\treturn false, err\n"}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := replaced(t, tt.fn, tt.replaces); got != tt.want {
				t.Errorf("mends: %v, want %v", got, tt.want)
			}
		})
	}
}

// replaced reports what mends says of a fix that replaces some text of a function of package
// refused, of which there is a finding.
func replaced(t *testing.T, fn string, texts []string) (ok bool) {
	t.Helper()
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadAllSyntax, Dir: testdata(t)}, "./refused")
	if err != nil {
		t.Fatal(err)
	}
	found := false
	c := &instance{}
	pass := New(Settings{})
	pass.Run = func(pass *analysis.Pass) (any, error) {
		world, err := c.world()
		if err != nil {
			return nil, err
		}
		world.resolve(pass)
		inferred := c.infer(pass, world)
		for _, f := range rule.Check(inferred, world.rules, rule.Likely) {
			if f.Fn.Name() == fn && !found {
				found = true
				ok = mends(pass, world, inferred, f, replacement(t, pass, f, texts))
			}
		}
		return &Result{}, nil
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{pass}, pkgs, nil)
	if err != nil || graph.Roots[0].Err != nil || !found {
		t.Fatalf("nothing is found in %s: %v, %v", fn, err, graph.Roots[0].Err)
	}
	return ok
}

// replacement is the fix that replaces texts of the function of a finding, each by what follows it.
func replacement(t *testing.T, pass *analysis.Pass, f *rule.Finding, texts []string) (fix analysis.SuggestedFix) {
	t.Helper()
	file := pass.Fset.File(f.Fn.Pos())
	source, err := os.ReadFile(filepath.Clean(file.Name()))
	if err != nil {
		t.Fatal(err)
	}
	start := file.Offset(f.Fn.Pos())
	for pair := range slices.Chunk(texts, 2) {
		at := bytes.Index(source[start:], []byte(pair[0]))
		if at < 0 {
			t.Fatalf("no %q in %s", pair[0], f.Fn.Name())
		}
		fix.TextEdits = append(fix.TextEdits, analysis.TextEdit{
			Pos: file.Pos(start + at), End: file.Pos(start + at + len(pair[0])), NewText: []byte(pair[1]),
		})
	}
	return fix
}
