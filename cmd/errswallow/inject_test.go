package main

import (
	"flag"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/errswallow/errswallow/internal/clitest"
)

// TestWith has findings and an audit take the word of a run, and not of one of other code.
func TestWith(t *testing.T) {
	clitest.Slow(t, "runs tests with faults injected")
	t.Parallel()
	dir := clitest.Copy(t, incident)
	stdout, stderr, status := run(t, dir, command, "inject", "-format", "json", "./...")
	if status != findings {
		t.Fatalf("status %d:\n%s", status, stderr)
	}
	clitest.Write(t, filepath.Join(dir, "runs.json"), stdout)
	const shown = "shown by TestSlowAgents of github.com/errswallow/errswallow/examples/incident, in which ContainerInspect fails: ContainerRestart at provisioner.go:41 is called 6 times, and never without the fault\n"
	if stdout, stderr, status := run(t, dir, command, "-with", "runs.json", "-evidence", "certain", "./..."); status != findings || !strings.Contains(stdout, "provisioner.go:26:3: "+shown) {
		t.Errorf("status %d:\n%s%s", status, stdout, stderr)
	}
	for _, test := range []struct{ format, want string }{
		{"text", "fault (false, nil)  tests destroyed (TestSlowAgents)\n"},
		{"markdown", "| verdict | tests |\n"},
		{"html", "data-cases=\"tests\">destroyed (TestSlowAgents)"},
		{"json", `"tests": "destroyed (TestSlowAgents)"`},
	} {
		if stdout, stderr, status := run(t, dir, command, "audit", "-with", "runs.json", "-format", test.format, "./..."); status != 0 || !strings.Contains(stdout, test.want) {
			t.Errorf("%s: status %d:\n%s%s", test.format, status, stdout, stderr)
		}
	}
	source := filepath.Join(dir, "provisioner.go")
	clitest.Write(t, source, clitest.Read(t, source)+"\n// A line more.\n")
	stdout, stderr, _ = run(t, dir, command, "-with", "runs.json", "./...")
	if strings.Contains(stdout, "shown by") || !strings.Contains(stderr, "errswallow: runs.json: 1 of its calls stand in files that have changed: errswallow inject -format json tries them anew\n") {
		t.Errorf("of other code:\n%s%s", stdout, stderr)
	}
	for name, want := range map[string]string{
		"nowhere.json":   "errswallow: -with: open nowhere.json: no such file or directory\n",
		"provisioner.go": "errswallow: -with: provisioner.go: not a report of errswallow inject: ",
	} {
		for _, args := range [][]string{{"-with", name}, {"audit", "-with", name}} {
			if _, stderr, status := run(t, dir, command, args...); status != failed || !strings.HasPrefix(stderr, want) {
				t.Errorf("%v: status %d:\n%s", args, status, stderr)
			}
		}
	}
}

// TestInjectDocumented holds docs/inject.md to the flags that an injection has beside those
// of every run, and to the verdicts.
func TestInjectDocumented(t *testing.T) {
	t.Parallel()
	text := clitest.Read(t, "../../docs/inject.md")
	var others []string
	new(auditOptions).flags().VisitAll(func(f *flag.Flag) {
		if f.Name != "format" {
			others = append(others, f.Name)
		}
	})
	new(injectOptions).flags().VisitAll(func(f *flag.Flag) {
		if !slices.Contains(others, f.Name) && !strings.Contains(text, "| `-"+f.Name+"` |") {
			t.Errorf("-%s is not in docs/inject.md", f.Name)
		}
	})
	var usage strings.Builder
	injectUsage(&usage)
	for line := range strings.Lines(usage.String()) {
		if name, _, ok := strings.Cut(strings.TrimSpace(line), "  "); ok && strings.HasPrefix(line, "\t") && !strings.Contains(text, "| "+name+" |") {
			t.Errorf("the verdict %q is not in docs/inject.md", name)
		}
	}
}
