package main

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/errswallow/errswallow/internal/clitest"
)

// command is the built errswallow.
var command string

func TestMain(m *testing.M) { clitest.Main(m, []*string{&command}, ".") }

// run runs a command in a folder and returns its outputs and exit status.
func run(t *testing.T, dir, name string, args ...string) (stdout, stderr string, status int) {
	t.Helper()
	return clitest.Run(t, dir, nil, name, args...)
}

const (
	incident = "../../examples/incident"
	reported = "provisioner.go:26:3: IsRunning: answers (false, nil), as for a container that does not exist, when ContainerInspect times out (collapse)"
)

// TestVet runs the command as go vet does.
func TestVet(t *testing.T) {
	t.Parallel()
	_, stderr, status := run(t, incident, "go", "vet", "-vettool="+command, "./...")
	if status != 1 || strings.Count(stderr, "(collapse)") != 1 || !strings.Contains(stderr, reported) {
		t.Errorf("status %d, want 1 and one finding:\n%s", status, stderr)
	}
	// That it is silent on the reference is for make lint, which vets all there is.
}

// TestVetStatus holds go vet to the exit statuses that the README documents
// for what is wrong with a command line, a setting or a directive, on the second
// run as on the first: go vet caches.
func TestVetStatus(t *testing.T) {
	t.Parallel()
	small := written(t, ownQuery)
	for _, test := range []struct {
		dir    string
		args   []string
		status int
		want   string
	}{
		{small, []string{"-colour", "./..."}, 2, "-colour"},
		{small, []string{"-rules", "colapse", "."}, 1, `-rules: unknown rule "colapse"`},
		{small, []string{"-query", "example.com/m/rt.Ask", "."}, 1, "-query: package example.com/m/rt has no Ask"},
		{small, []string{"-catalogue", "own.cat", "."}, 1, "-catalogue own.cat: go vet would not see the file change"},
		{"../../analyzer/testdata", []string{"./bad/word"}, 1, "word.go:3:1: unknown directive //errswallow:querry"},
	} {
		for turn := range 2 {
			_, stderr, status := run(t, test.dir, "go", append([]string{"vet", "-vettool=" + command}, test.args...)...)
			if status != test.status || strings.Count(stderr, test.want) != 1 {
				t.Errorf("%v, run %d: status %d, want %d and once %s:\n%s", test.args, turn+1, status, test.status, test.want, stderr)
			}
		}
	}
}

// TestVetFacts runs the command over packages that tell each other.
func TestVetFacts(t *testing.T) {
	t.Parallel()
	_, stderr, status := run(t, "../../analyzer/testdata", "go", "vet", "-vettool="+command, "./fact/...")
	if status != 1 {
		t.Errorf("status %d, want 1", status)
	}
	for name, want := range map[string]int{"caller.go": 5, "iface.go": 2, "remote.go": 1, "state.go": 0, "action.go": 0} {
		got := 0
		for line := range strings.Lines(stderr) {
			if strings.Contains(line, name) && !strings.Contains(line, ": \t") {
				got++
			}
		}
		if got != want {
			t.Errorf("%s: %d findings, want %d:\n%s", name, got, want, stderr)
		}
	}
}

// TestVetJSON runs the command as go vet -json does, and reads what it prints.
func TestVetJSON(t *testing.T) {
	t.Parallel()
	stdout, stderr, status := run(t, incident, "go", "vet", "-vettool="+command, "-json", "./...")
	if status != 0 {
		t.Fatalf("status %d:\n%s", status, stderr)
	}
	// A comment line for each package comes before its object.
	var text strings.Builder
	for line := range strings.Lines(stdout + stderr) {
		if !strings.HasPrefix(line, "#") {
			text.WriteString(line)
		}
	}
	var got map[string]map[string][]struct {
		Category, Posn, Message string
		Related                 []struct{ Message string }
	}
	for dec := json.NewDecoder(strings.NewReader(text.String())); dec.More(); {
		if err := dec.Decode(&got); err != nil {
			t.Fatalf("%v:\n%s", err, text.String())
		}
	}
	found := got["github.com/errswallow/errswallow/examples/incident"]["errswallow"]
	if len(found) != 1 || found[0].Category != "collapse" || len(found[0].Related) != 2 {
		t.Errorf("%+v", got)
	}
}

// TestProtocol checks what go vet asks a tool before anything else.
func TestProtocol(t *testing.T) {
	t.Parallel()
	stdout, _, status := run(t, ".", command, "-V=full")
	if status != 0 || !strings.Contains(stdout, "buildID=") {
		t.Errorf("-V=full: status %d: %s", status, stdout)
	}
	stdout, _, status = run(t, ".", command, "-flags")
	var flags []struct{ Name string }
	if err := json.Unmarshal([]byte(stdout), &flags); err != nil || status != 0 || len(flags) == 0 {
		t.Errorf("-flags: status %d, %v: %s", status, err, stdout)
	}
}

// TestVetOutdated has go vet ask for a package of a newer Go than the command was built
// with, and for one that imports such a package: it says so, once, in one line.
func TestVetOutdated(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		config string
		status int
		want   string
	}{
		{`{"ImportPath": "p", "GoVersion": "go1.9999"}`, 1, "errswallow: p asks for Go 1.9999, and errswallow was built with Go 1."},
		{`{"ImportPath": "p", "GoVersion": "go1.9999", "VetxOnly": true}`, 0, ""},
		{`{"ImportPath": "p", "GoVersion": "go1.26", "Standard": {"os": true, "io": true}, "PackageVetx": {"io": "io.vetx"}}`, 1, "errswallow: the go command is of a newer Go, and errswallow was built with Go 1."},
	} {
		cfg := filepath.Join(t.TempDir(), "vet.cfg")
		clitest.Write(t, cfg, test.config)
		stdout, stderr, status := run(t, ".", command, cfg)
		if status != test.status || !strings.HasPrefix(stdout+stderr, test.want) || strings.Count(stdout+stderr, "\n") != test.status {
			t.Errorf("%s: status %d:\n%s%s", test.config, status, stdout, stderr)
		}
	}
}

// TestOddCode runs the command over code that is legal and odd: it says
// nothing, and does not panic.
func TestOddCode(t *testing.T) {
	t.Parallel()
	stdout, stderr, status := run(t, "../../analyzer/testdata", "go", "vet", "-vettool="+command, "./odd/...")
	if status != 0 || stdout+stderr != "" {
		t.Errorf("status %d:\n%s%s", status, stdout, stderr)
	}
}

// TestReadme runs the README's first command in a copy of the checkout, and
// finds the README's diagnostic in what it prints.
func TestReadme(t *testing.T) {
	clitest.Slow(t, "runs the README's first command in a copy")
	t.Parallel()
	text := clitest.Read(t, "../../README.md")
	blocks := strings.Split(text, "```sh\n")
	first, _, _ := strings.Cut(blocks[1], "```")
	second, _, _ := strings.Cut(blocks[2], "```")
	if strings.TrimSpace(second) != "make test" {
		t.Errorf("the second command is %q: CI runs make test", second)
	}
	if !strings.Contains(text, reported) {
		t.Error("README.md does not quote the diagnostic of the incident")
	}
	// As a reader does, and not as a make that runs the tests would.
	stdout, stderr, status := run(t, "../..", "env", "-u", "MAKELEVEL", "-u", "MAKEFLAGS", "sh", "-c", first)
	if status != 0 || !strings.Contains(stdout+stderr, reported) || !strings.HasSuffix(stdout, "\nfound, as it should be\n") {
		t.Errorf("%s: status %d:\n%s%s", first, status, stdout, stderr)
	}
	// The others run in a copy of the incident, with the command on the path. The
	// line that installs it needs a release.
	for _, block := range blocks[3:] {
		script, _, _ := strings.Cut(block, "```")
		want, fails, dir := reported, true, clitest.Copy(t, incident)
		switch {
		case strings.TrimSpace(script) == "make inject":
			want, fails, dir = "1 site: 1 noticed", false, "../.."
		case strings.Contains(script, "inject"):
			_, quoted, _ := strings.Cut(text, "```\n    ContainerRestart")
			quoted, _, _ = strings.Cut(quoted, "```")
			want = "    ContainerRestart" + quoted
		case strings.Contains(script, "-diff"):
			_, diff, _ := strings.Cut(text, "```diff\n")
			want, _, _ = strings.Cut(diff, "```")
		case strings.Contains(script, "-write-baseline"):
			want, fails = "", false
		case strings.Contains(script, "audit"):
			want, fails = "a fault leads to 1 of 1 destructive call", false
		}
		var lines []string
		for line := range strings.Lines(script) {
			if !strings.HasPrefix(line, "go install ") {
				lines = append(lines, line)
			}
		}
		if strings.Contains(script, "example.com/rt") { // the client of one's own
			clitest.Write(t, filepath.Join(dir, "rt", "go.mod"), "module example.com/rt\n\ngo 1.26.0\n")
			clitest.Write(t, filepath.Join(dir, "rt", "rt.go"), "package rt\n")
			clitest.Write(t, filepath.Join(dir, "go.mod"), clitest.Read(t, filepath.Join(dir, "go.mod"))+"\nrequire example.com/rt v0.0.0\n\nreplace example.com/rt => ./rt\n")
		}
		stdout, stderr, status := run(t, dir, "env", "PATH="+filepath.Dir(command)+":"+os.Getenv("PATH"), "sh", "-ec", strings.Join(lines, ""))
		if (status != 0) != fails || !strings.Contains(stdout+stderr, want) {
			t.Errorf("%s: status %d:\n%s%s", script, status, stdout, stderr)
		}
	}
}

// TestFlagsDocumented holds docs/configuration.md to the flags that there are.
func TestFlagsDocumented(t *testing.T) {
	t.Parallel()
	text := clitest.Read(t, "../../docs/configuration.md")
	new(options).flags().VisitAll(func(f *flag.Flag) {
		if !strings.Contains(text, "| `-"+f.Name+"` |") {
			t.Errorf("-%s is not in docs/configuration.md", f.Name)
		}
	})
}
