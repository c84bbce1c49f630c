package main

import (
	"encoding/json"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/errswallow/errswallow/internal/clitest"
)

var lint, errswallow string

func TestMain(m *testing.M) {
	clitest.Main(m, []*string{&lint, &errswallow}, ".", "../../cmd/errswallow")
}

// run runs a command in a folder and returns what it prints and its exit status.
// Runs do not answer from what another has seen.
func run(t *testing.T, dir, name string, args ...string) (stdout, stderr string, status int) {
	t.Helper()
	return clitest.Run(t, dir, []string{"GOLANGCI_LINT_CACHE=" + t.TempDir()}, name, args...)
}

// configured copies a folder and adds a configuration that turns on errswallow only.
func configured(t *testing.T, dir, settings string) string {
	t.Helper()
	to := clitest.Copy(t, dir)
	config := clitest.Read(t, "../.golangci.yml")
	if settings != "" {
		config = regexp.MustCompile(`(?s)        settings:.*`).ReplaceAllString(config, "        settings: "+settings+"\n")
	}
	clitest.Write(t, filepath.Join(to, ".golangci.yml"), config)
	return to
}

const incident = "../../examples/incident"

// TestSame compares golangci-lint with the vet tool over the packages that the
// pass is tested with: the same diagnostics, facts of other packages among them.
func TestSame(t *testing.T) {
	t.Parallel()
	dir := configured(t, "../../analyzer/testdata", "{}")
	patterns := []string{"./rule/...", "./fact/..."}
	stdout, stderr, status := run(t, dir, lint, append([]string{"run", "--allow-parallel-runners", "--output.json.path=stdout", "--show-stats=false"}, patterns...)...)
	if status != 1 {
		t.Fatalf("status %d:\n%s%s", status, stdout, stderr)
	}
	var report struct {
		Issues []struct {
			FromLinter, Text string
			Pos              struct {
				Filename     string
				Line, Column int
			}
		}
	}
	if err := json.Unmarshal([]byte(stdout), &report); err != nil {
		t.Fatalf("%v:\n%s", err, stdout)
	}
	var got []string
	for _, i := range report.Issues {
		if i.FromLinter != "errswallow" {
			t.Errorf("an issue of %s: %s", i.FromLinter, i.Text)
		}
		got = append(got, filepath.ToSlash(i.Pos.Filename)+": "+i.Text)
	}
	_, vetted, _ := run(t, dir, "go", append([]string{"vet", "-vettool=" + errswallow}, patterns...)...)
	var want []string
	for _, m := range regexp.MustCompile(`(?m)^(\S+\.go):\d+:\d+: (.* \(\w+\))$`).FindAllStringSubmatch(vetted, -1) {
		want = append(want, m[1]+": "+m[2])
	}
	slices.Sort(got)
	slices.Sort(want)
	if len(want) < 50 || !slices.Equal(got, want) {
		t.Errorf("%d issues, and %d diagnostics of the vet tool:\n%s\n\n%s", len(got), len(want), strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestExample runs the documented configuration on the incident.
func TestExample(t *testing.T) {
	t.Parallel()
	stdout, stderr, status := run(t, configured(t, incident, ""), lint, "run", "--allow-parallel-runners", "./...")
	if status != 1 || !strings.Contains(stdout, "provisioner.go:26:3: IsRunning: answers (false, nil)") || strings.Count(stdout, "(errswallow)") != 1 {
		t.Errorf("status %d:\n%s%s", status, stdout, stderr)
	}
}

// TestFix applies the fix, and finds nothing afterwards.
func TestFix(t *testing.T) {
	t.Parallel()
	dir := configured(t, incident, "{}")
	run(t, dir, lint, "run", "--allow-parallel-runners", "--fix", "./...")
	text := clitest.Read(t, filepath.Join(dir, "provisioner.go"))
	if strings.Count(text, "if !client.IsErrNotFound(err) {") != 1 || !strings.Contains(text, "return true, fmt.Errorf(") {
		t.Errorf("not the first fix, once:\n%s", text)
	}
	if stdout, stderr, status := run(t, dir, lint, "run", "--allow-parallel-runners", "./..."); status != 0 {
		t.Errorf("after the fix: status %d:\n%s%s", status, stdout, stderr)
	}
	if stdout, stderr, status := run(t, dir, "go", "build", "./..."); status != 0 {
		t.Errorf("what is fixed does not compile:\n%s%s", stdout, stderr)
	}
}

// TestNolint suppresses the finding as golangci-lint does.
func TestNolint(t *testing.T) {
	t.Parallel()
	dir := configured(t, incident, "{}")
	name := filepath.Join(dir, "provisioner.go")
	text := clitest.Read(t, name)
	silenced := strings.Replace(text, "return false, nil // not", "return false, nil //nolint:errswallow // not", 1)
	clitest.Write(t, name, silenced)
	if stdout, stderr, status := run(t, dir, lint, "run", "--allow-parallel-runners", "./..."); status != 0 {
		t.Errorf("status %d:\n%s%s", status, stdout, stderr)
	}
}

// TestBadSettings is what golangci-lint says of settings that are wrong.
func TestBadSettings(t *testing.T) {
	t.Parallel()
	for settings, want := range map[string]string{
		"{rule: [collapse]}":  `unknown field \"rule\"`,
		"{rules: [colapse]}":  `-rules: unknown rule \"colapse\"`,
		"{libraries: [rkt]}":  `-libraries: unknown library \"rkt\"`,
		"{rules: [empty]}":    "", // and one that is right: the incident is a collapse
		"{query: [nowhere]}":  "-query: ",
		"{destructive: [{}]}": "cannot unmarshal",
	} {
		stdout, stderr, status := run(t, configured(t, incident, settings), lint, "run", "--allow-parallel-runners", "./...")
		if want == "" {
			if status != 0 {
				t.Errorf("%s: status %d:\n%s%s", settings, status, stdout, stderr)
			}
			continue
		}
		if status == 0 || status == 1 || !strings.Contains(stderr, want) && !strings.Contains(stderr, strings.ReplaceAll(want, `\"`, `"`)) {
			t.Errorf("%s: status %d, want an error with %s:\n%s%s", settings, status, want, stdout, stderr)
		}
	}
}
