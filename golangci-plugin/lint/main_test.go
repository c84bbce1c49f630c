package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var lint, errswallow string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "golangci")
	if err != nil {
		panic(err)
	}
	lint, errswallow = filepath.Join(dir, "golangci-lint"), filepath.Join(dir, "errswallow")
	for _, build := range []*exec.Cmd{
		exec.Command("go", "build", "-o", lint, "."),
		exec.Command("go", "-C", "../..", "build", "-o", errswallow, "./cmd/errswallow"),
	} {
		build.Stderr = os.Stderr
		if err := build.Run(); err != nil {
			panic(err)
		}
	}
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

// run runs a command in a folder and returns what it prints and its exit status.
func run(t *testing.T, dir, name string, args ...string) (stdout, stderr string, status int) {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	// Runs do not wait for each other, nor answer from what another has seen.
	cmd.Env = append(os.Environ(), "GOLANGCI_LINT_CACHE="+t.TempDir())
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil && !errors.As(err, new(*exec.ExitError)) {
		t.Fatal(err)
	}
	return out.String(), errs.String(), cmd.ProcessState.ExitCode()
}

// configured copies a folder and adds a configuration that turns on errswallow only.
func configured(t *testing.T, dir, settings string) string {
	t.Helper()
	to := t.TempDir()
	if err := os.CopyFS(to, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile("../.golangci.yml")
	if err != nil {
		t.Fatal(err)
	}
	config := string(text)
	if settings != "" {
		config = regexp.MustCompile(`(?s)        settings:.*`).ReplaceAllString(config, "        settings: "+settings+"\n")
	}
	if err := os.WriteFile(filepath.Join(to, ".golangci.yml"), []byte(config), 0o644); err != nil {
		t.Fatal(err)
	}
	return to
}

const incident = "../../examples/incident"

// TestSame compares golangci-lint with the vet tool over the packages that the
// pass is tested with: the same diagnostics, facts of other packages among them.
func TestSame(t *testing.T) {
	t.Parallel()
	dir := configured(t, "../../analyzer/testdata", "{}")
	patterns := []string{"./rule/...", "./fact/...", "./runtime/..."}
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
	text, err := os.ReadFile(filepath.Join(dir, "provisioner.go"))
	if err != nil {
		t.Fatal(err)
	}
	if strings.Count(string(text), "if !client.IsErrNotFound(err) {") != 1 || !strings.Contains(string(text), "return true, fmt.Errorf(") {
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
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	silenced := strings.Replace(string(text), "return false, nil // not", "return false, nil //nolint:errswallow // not", 1)
	if err := os.WriteFile(name, []byte(silenced), 0o644); err != nil {
		t.Fatal(err)
	}
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
		"{runtimes: [rkt]}":   `-runtimes: unknown runtime \"rkt\"`,
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
