package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/errswallow/errswallow/internal/clitest"
)

// configured is a copy of the incident, a repository of its own, and the settings in it.
func configured(t *testing.T, settings string) string {
	t.Helper()
	dir := clitest.Copy(t, incident)
	clitest.Write(t, filepath.Join(dir, ".git", "HEAD"), "")
	clitest.Write(t, filepath.Join(dir, ".errswallow.yaml"), settings)
	return dir
}

// TestConfig runs the command alone and as a vet tool in one folder, with one settings
// file after the other: nothing that was learned under another is said.
func TestConfig(t *testing.T) {
	t.Parallel()
	const missing, reported = "github.com/docker/dokker/client.Inspect", "m.go:5:29: IsUp: answers false"
	dir := written(t, ownQuery)
	clitest.Write(t, filepath.Join(dir, ".git", "HEAD"), "")
	clitest.Write(t, filepath.Join(dir, "own.cat"), "query example.com/m/rt.Gone\n")
	for _, test := range []struct {
		settings, want string
		alone, vet     int
	}{
		{"", reported, 3, 1},
		{"rules: [discard]\n", "", 0, 0},
		{"rules:\n  - colapse\n", `errswallow: .errswallow.yaml:2: rules: unknown rule "colapse": have destroy`, 1, 1},
		{"rule: [collapse]\n", `errswallow: .errswallow.yaml:1: unknown key "rule"`, 1, 1},
		{"query:\n  - example.com/m/rt.Gone\n", ".errswallow.yaml:2: query: package example.com/m/rt has no Gone\n", 1, 1},
		{"catalogue: [own.cat]\n", "own.cat:1: package example.com/m/rt has no Gone\n", 1, 1},
		{"", reported, 3, 1},
	} {
		clitest.Write(t, filepath.Join(dir, ".errswallow.yaml"), test.settings)
		turns := 1
		if test.vet == 1 { // go vet is silent about some errors the second time
			turns = 2
		}
		for range turns {
			stdout, stderr, status := run(t, dir, command, "./...")
			vetted, vetErr, vetStatus := run(t, dir, "go", "vet", "-vettool="+command, "./...")
			if status != test.alone || vetStatus != test.vet {
				t.Errorf("%q: status %d alone, %d by go vet:\n%s%s\n%s%s", test.settings, status, vetStatus, stdout, stderr, vetted, vetErr)
			}
			for _, out := range []string{stdout + stderr, vetted + vetErr} {
				if strings.Contains(out, "could not import") || test.want == "" && out != "" || strings.Count(out, test.want) != 1 && test.want != "" {
					t.Errorf("%q: want once %q:\n%s", test.settings, test.want, out)
				}
			}
		}
	}
	// A catalogue is part of what is in force, too.
	clitest.Write(t, filepath.Join(dir, ".errswallow.yaml"), "catalogue: [own.cat]\n")
	for _, test := range []struct{ entry, want string }{
		{"query example.com/m.ask\n", "IsThere"}, {"notfound example.com/m.nobody\n", "IsUp"},
	} {
		clitest.Write(t, filepath.Join(dir, "own.cat"), test.entry)
		clitest.Write(t, filepath.Join(dir, "ask.go"), "package m\n\nfunc ask() error { return nil }\n\nfunc IsThere() bool { return ask() == nil }\n\nfunc nobody(err error) bool { return err != nil }\n")
		if _, vetted, status := run(t, dir, "go", "vet", "-vettool="+command, "./..."); status != 1 || strings.Contains(vetted, "IsThere") != (test.want == "IsThere") || !strings.Contains(vetted, "IsUp") {
			t.Errorf("%s: status %d:\n%s", test.entry, status, vetted)
		}
	}
	clitest.Write(t, filepath.Join(dir, ".errswallow.yaml"), "query:\n  - "+missing+"\n")
	for _, args := range [][]string{{"./..."}, {"-config=off", "-query=" + missing, "./..."}, {"audit", "./..."}} {
		stdout, stderr, status := run(t, dir, command, args...)
		if status != 1 || stdout != "" || strings.Count(stderr, "\n") != 1 || !strings.Contains(stderr, "query: "+missing+": there is no package github.com/docker/dokker/client: ") {
			t.Errorf("%v: status %d:\n%s%s", args, status, stdout, stderr)
		}
	}
	if stdout, stderr, status := run(t, dir, command, "-config=off", "./..."); status != 3 || stderr != "" {
		t.Errorf("-config=off: status %d:\n%s%s", status, stdout, stderr)
	}
	if _, stderr, status := run(t, dir, command, "-config=nowhere", "./..."); status != 1 || stderr != "errswallow: -config: open nowhere: no such file or directory\n" {
		t.Errorf("-config=nowhere: status %d: %s", status, stderr)
	}
}

// TestShared runs the command in a module below the folder of the settings: other modules
// may have what they name.
func TestShared(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	clitest.Write(t, filepath.Join(dir, ".git", "HEAD"), "")
	clitest.Write(t, filepath.Join(dir, ".errswallow.yaml"), "query: [example.com/nobody/has.Asked]\n")
	clitest.Write(t, filepath.Join(dir, "m", "go.mod"), "module example.com/m\n\ngo 1.26.0\n")
	clitest.Write(t, filepath.Join(dir, "m", "m.go"), usesExec)
	if stdout, stderr, status := run(t, filepath.Join(dir, "m"), command); status != 3 || stderr != "" {
		t.Errorf("status %d:\n%s%s", status, stdout, stderr)
	}
}

// ownQuery is a module with a client of its own, which imports nothing: go vet looks at no
// package beside.
var ownQuery = map[string]string{
	"go.mod":   "module example.com/m\n\ngo 1.26.0\n",
	"rt/rt.go": "package rt\n\n// Inspect asks.\n//\n//errswallow:query\nfunc Inspect(id string) error { return nil }\n",
	"m.go":     "package m\n\nimport \"example.com/m/rt\"\n\n" + strings.Replace(isUp, "Inspect", "rt.Inspect", 1),
}

const usesExec = "package m\n\nimport \"os/exec\"\n\n" + asks + isUp

// TestShowConfig prints what is in force, and where it comes from.
func TestShowConfig(t *testing.T) {
	t.Parallel()
	dir := configured(t, "rules: [collapse]\nquery:\n  - example.com/rt.Ask\nverbose: false\n")
	for _, test := range []struct {
		args   []string
		status int
		want   string
	}{
		{[]string{"config"}, 0, strings.TrimPrefix(`
rules        collapse            .errswallow.yaml:1
libraries    all                 by default
catalogue                        by default
query        example.com/rt.Ask  .errswallow.yaml:3
notfound                         by default
destructive                      by default
evidence     likely              by default
verbose      false               .errswallow.yaml:4
`, "\n")},
		{[]string{"config", "-rules=destroy", "-evidence=certain"}, 0, "rules        destroy             -rules\n"},
		{[]string{"config", "-config=off"}, 0, "query                by default\n"},
		{[]string{"config", "-rules=destory"}, 1, `errswallow: -rules: unknown rule "destory"`},
		{[]string{"config", "./..."}, 2, `errswallow: config: it looks at no packages, and "./..." is one`},
		{[]string{"config", "-json"}, 2, "errswallow: flag provided but not defined: -json (errswallow config -help lists the flags)"},
		{[]string{"config", "-C=nowhere"}, 2, "errswallow: -C: chdir nowhere"},
		{[]string{"config", "-help"}, 0, "errswallow config prints the settings that are in force"},
	} {
		stdout, stderr, status := run(t, dir, command, test.args...)
		if status != test.status || !strings.Contains(stdout+stderr, test.want) {
			t.Errorf("%v: status %d:\n%s%s", test.args, status, stdout, stderr)
		}
	}
}
