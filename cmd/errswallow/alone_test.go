package main

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"

	"github.com/errswallow/errswallow/analyzer"
	"github.com/errswallow/errswallow/internal/clitest"
)

// TestAlone runs the command by itself: every exit status that it documents, and
// what it says of each mistake, in one line.
func TestAlone(t *testing.T) {
	t.Parallel()
	broken := t.TempDir()
	clitest.Write(t, filepath.Join(broken, "go.mod"), "module broken\n\ngo 1.26.0\n")
	clitest.Write(t, filepath.Join(broken, "broken.go"), "package broken\n\nimport _ \"os/exec\"\n\nfunc f() int { return \"\" }\n")
	clitest.Write(t, filepath.Join(broken, "unasked", "unasked.go"), "package unasked\n\nfunc f() int { return \"\" }\n")
	clitest.Write(t, filepath.Join(broken, "baseline"), "collapse\n")
	noModule := t.TempDir()
	for _, test := range []struct {
		name, dir string
		args      []string
		status    int
		want      string
	}{
		{"findings", incident, []string{"./..."}, 3, reported},
		{"no packages named", incident, nil, 3, reported},
		{"another folder", ".", []string{"-C", incident, "./..."}, 3, reported},
		{"clean", "../../provisioner", []string{"./..."}, 0, ""},
		{"other rules", incident, []string{"-rules", "empty,discard", "./..."}, 0, ""},
		{"context", incident, []string{"-c", "1", "./..."}, 3, "\n\t  25 | \tif err != nil {\n\t  26 | \t\treturn false, nil // not found: not running\n\t     | \t\t^ error\n\t  27 | \t}\n"},
		{"related", incident, []string{"./..."}, 3, "\tprovisioner.go:24:37: ContainerInspect is called here\n\tprovisioner.go:34:29: maybeMarkContainerDead calls ContainerRestart on this answer\n1 finding in 1 package (1 error)\n"},
		{"annotations", incident, []string{"-format", "github", "./..."}, 3, "::error file=provisioner.go,line=26,endLine=26,col=3,title=errswallow%3A collapse::IsRunning: answers (false, nil)"},
		{"unknown flag", incident, []string{"-colour", "./..."}, 2, "errswallow: flag provided but not defined: -colour (errswallow -help lists the flags)\n"},
		{"flag after a package", incident, []string{"./...", "-json"}, 2, "errswallow: flag -json comes after a package: flags come first"},
		{"unknown format", incident, []string{"-format", "xml"}, 2, `errswallow: -format: unknown format "xml": have text, json, github, gitlab`},
		{"no such folder", incident, []string{"-C", "nowhere"}, 2, "errswallow: -C: chdir nowhere: no such file or directory"},
		{"unknown rule", incident, []string{"-rules", "colapse", "./..."}, 1, `errswallow: -rules: unknown rule "colapse": have destroy`},
		{"no such method", incident, []string{"-query", "(*github.com/docker/docker/client.Client).Ask", "."}, 1, "-query: type github.com/docker/docker/client.Client has no method Ask"},
		{"unknown directive", "../../analyzer/testdata", []string{"./bad/word"}, 1, "word.go:3:1: unknown directive //errswallow:querry"},
		{"does not compile", broken, []string{"./..."}, 1, "errswallow: 1 package analysed in part (-verbose says what is left out, and why)\n"},
		{"why", broken, []string{"-verbose", "./..."}, 1, "errswallow: broken.go:5:23: cannot use \"\" (untyped string constant) as int value in return statement\nerrswallow: broken.go:5:1: broken.f is left out in part: cannot use"},
		{"does not compile, and asks nothing", broken, []string{"./unasked"}, 0, ""},
		{"no such path", incident, []string{"./nowhere"}, 1, "errswallow: ./nowhere: stat nowhere: directory not found\n"},
		{"no such path beside another", incident, []string{".", "./nowhere"}, 1, "errswallow: 1 package not analysed at all"},
		{"no such baseline", incident, []string{"-baseline", "nowhere"}, 1, "errswallow: -baseline: open nowhere: no such file or directory\n"},
		{"not a baseline", broken, []string{"-baseline", "baseline"}, 1, "errswallow: -baseline: baseline:1: want a rule and a function, have \"collapse\"\n"},
		{"no baseline to write", incident, []string{"-write-baseline"}, 2, "errswallow: -write-baseline: -baseline names no file to write"},
		{"baseline in no folder", incident, []string{"-baseline", "nowhere/b", "-write-baseline"}, 1, "errswallow: -write-baseline: open nowhere/b: no such file or directory\n"},
		{"SARIF in no folder", incident, []string{"-sarif", "nowhere/a.sarif"}, 1, "errswallow: -sarif: open nowhere/a.sarif: no such file or directory\n"},
		{"a way to mend that there is not", incident, []string{"-fix=0", "./..."}, 2, `errswallow: invalid boolean value "0" for -fix: want the number of a way to mend, from 1`},
		{"version", incident, []string{"-version"}, 0, "errswallow "},
		{"usage", incident, []string{"-help"}, 0, "\tcollapse   a fault is answered as absence\n"},
		{"help", incident, []string{"help"}, 0, "errswallow [flags] [packages]"},
		{"help of a rule", incident, []string{"help", "collapse"}, 0, "# collapse\n\nA fault is answered as absence.\n"},
		{"version as a word", incident, []string{"version"}, 0, "errswallow "},
		{"check", incident, []string{"check", "./..."}, 3, reported},
		{"help of an audit", incident, []string{"help", "audit"}, 0, "Verdicts:\n\tcollapses"},
		{"help of check", incident, []string{"help", "check"}, 0, "\terrswallow [flags] [packages]\n"},
		{"no module", noModule, []string{"./..."}, 1, "(errswallow -C DIR goes to a module's folder first)\n"},
		{"another module", "../..", []string{"./examples/incident"}, 1, "(errswallow -C DIR goes to a module's folder first)\n"},
		{"packages below", "../../examples", nil, 1, "no Go files in "},
		{"packages below, and how to name them", "../../examples", nil, 1, " (./... names all packages below)\n"},
		{"help of two", incident, []string{"help", "collapse", "extra"}, 2, `errswallow: help: one rule at a time, and "extra" is one more`},
		{"help of none", incident, []string{"help", "colapse"}, 2, `errswallow: help: no rule "colapse"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			stdout, stderr, status := run(t, test.dir, command, test.args...)
			if status != test.status || !strings.Contains(stdout+stderr, test.want) || test.want == "" && stdout+stderr != "" {
				t.Errorf("status %d, want %d and %q:\n%s%s", status, test.status, test.want, stdout, stderr)
			}
			if strings.Contains(stdout+stderr, "\x1b") || strings.Contains(stderr, "panic") {
				t.Errorf("%q", stdout+stderr)
			}
		})
	}
}

// withoutProgress is what stands on standard error beside lines that say how far a run is.
func withoutProgress(stderr string) string {
	return regexp.MustCompile(`(?m)^errswallow: (listing packages|loaded \d+ of \d+ packages, found \d+) \(\d+ s\)\n`).ReplaceAllString(stderr, "")
}

// TestStandardLibrary runs the command over the whole standard library, tests, cgo
// and import cycles of tests included: there is nothing to find. With some of its own
// functions taken for queries there is, and thousands of functions are executed.
func TestStandardLibrary(t *testing.T) {
	clitest.Slow(t, "loads all of the standard library, twice")
	t.Parallel()
	if stdout, stderr, status := run(t, ".", command, "std"); status != 0 || stdout+withoutProgress(stderr) != "" {
		t.Errorf("status %d:\n%s%s", status, stdout, stderr)
	}
	queries := "os.Stat,os.Open,os.ReadFile,os.Lstat,os.ReadDir,net.Dial,io.ReadAll,io.ReadFull,strconv.Atoi,(*net/http.Client).Do,(*bufio.Reader).ReadByte,(*os.File).Read"
	if stdout, stderr, status := run(t, ".", command, "-query", queries, "std"); status != 3 || withoutProgress(stderr) != "" || strings.Count(stdout, "\n") < 50 {
		t.Errorf("status %d:\n%s", status, stderr)
	}
}

// TestSame compares what the command prints alone and as a vet tool, over the
// packages that the pass is tested with.
func TestSame(t *testing.T) {
	t.Parallel()
	const testdata = "../../analyzer/testdata"
	diagnostics := func(out string) []string {
		var found []string
		for _, line := range strings.Split(out, "\n") {
			if message := regexp.MustCompile(`^(\S+\.go:\d+:\d+): .* \(\w+\)$`).FindString(line); message != "" {
				found = append(found, message)
			}
		}
		slices.Sort(found)
		return found
	}
	_, vetted, _ := run(t, testdata, "go", "vet", "-vettool="+command, "./rule/...", "./fact/...", "./odd/...", "./gate/...")
	alone, stderr, status := run(t, testdata, command, "./rule/...", "./fact/...", "./odd/...", "./gate/...")
	if status != 3 {
		t.Fatalf("status %d:\n%s", status, stderr)
	}
	want, got := diagnostics(vetted), diagnostics(alone)
	if len(want) < 70 || !slices.Equal(got, want) {
		t.Errorf("%d diagnostics alone, %d as a vet tool:\n%s\n\n%s", len(got), len(want), strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestBaseline writes what there is, is silent about it when lines have moved, and
// reports what is new and what is gone.
func TestBaseline(t *testing.T) {
	t.Parallel()
	dir := clitest.Copy(t, incident)
	source := filepath.Join(dir, "provisioner.go")
	text := clitest.Read(t, source)
	if _, stderr, status := run(t, dir, command, "-baseline", "old", "-write-baseline", "./..."); status != 0 {
		t.Fatalf("status %d:\n%s", status, stderr)
	}
	if err := os.Remove(filepath.Join(dir, "provisioner_test.go")); err != nil { // it would not be of the package
		t.Fatal(err)
	}
	again := strings.ReplaceAll(text, "IsRunning", "IsUp")
	again = again[strings.Index(again, "func (p *Provisioner) IsUp"):strings.Index(again, "// maybeMark")]
	for _, test := range []struct {
		name, text string
		status     int
		want       string
	}{
		{"as it was", text, 0, ""},
		{"moved", "// A line more.\n\n" + text, 0, ""},
		{"one more", text + again, 3, "1 finding in 1 package (1 warning)\n"},
		{"gone", "package provisioner\n", 0, "errswallow: old: 1 of its findings are gone; -write-baseline writes it anew\n"},
	} {
		clitest.Write(t, source, test.text)
		stdout, stderr, status := run(t, dir, command, "-baseline", "old", "./...")
		if status != test.status || !strings.HasSuffix(stdout+stderr, test.want) || test.want == "" && stdout+stderr != "" {
			t.Errorf("%s: status %d:\n%s%s", test.name, status, stdout, stderr)
		}
	}
}

// TestNolint is silent where golangci-lint would be, and nowhere else.
func TestNolint(t *testing.T) {
	clitest.Slow(t, "runs every linter's comments through three drivers")
	t.Parallel()
	dir := clitest.Copy(t, incident)
	source := filepath.Join(dir, "provisioner.go")
	text := clitest.Read(t, source)
	const line = "return false, nil // not found: not running"
	if strings.Count(text, line) != 1 {
		t.Fatalf("no line %q", line)
	}
	function := regexp.MustCompile(`(?m)^func .* IsRunning`).FindString(text)
	for _, test := range []struct {
		name, old, new string
		status         int
	}{
		{"on the line", line, "return false, nil //nolint:errswallow", 0},
		{"with a reason", line, "return false, nil //nolint:errswallow // it is only a test", 0},
		{"among others", line, "return false, nil //nolint:errcheck, errswallow", 0},
		{"of all", line, "return false, nil //nolint", 0},
		{"of all by name", line, "return false, nil //nolint:all", 0},
		{"of another", line, "return false, nil //nolint:errcheck", 3},
		{"of none", line, "return false, nil // nolinter", 3},
		{"above", line, "//nolint:errswallow\n\t\t" + line, 0},
		{"on the block", "if err != nil {\n\t\t" + line, "if err != nil { //nolint:errswallow\n\t\t" + line, 0},
		{"on the function", function, "//nolint:errswallow\n" + function, 0},
		{"in the file", "package incident", "//nolint:errswallow\npackage incident", 0},
		{"elsewhere", "import (", "//nolint:errswallow\nimport (", 3},
	} {
		if strings.Count(text, test.old) != 1 {
			t.Fatalf("%d times %q", strings.Count(text, test.old), test.old)
		}
		clitest.Write(t, source, strings.Replace(text, test.old, test.new, 1))
		if stdout, stderr, status := run(t, dir, command, "./..."); status != test.status {
			t.Errorf("%s: status %d, want %d:\n%s%s", test.name, status, test.status, stdout, stderr)
		}
	}
}

// TestTerminal runs the command where somebody watches: it colours what it prints,
// and not with NO_COLOR; and it says that there is nothing, and whether it was blind.
func TestTerminal(t *testing.T) {
	t.Parallel()
	watchIn := func(dir string, args []string, env ...string) string {
		cmd := exec.Command(command, args...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), append(env, "TERM=xterm")...)
		terminal, err := pty.Start(cmd)
		if err != nil {
			t.Fatal(err)
		}
		defer terminal.Close()
		terminal.SetReadDeadline(time.Now().Add(time.Minute))
		text, _ := io.ReadAll(terminal) // it ends with an error when the command does
		cmd.Wait()
		return string(text)
	}
	watch := func(env ...string) string { return watchIn(incident, []string{"./..."}, env...) }
	baseline := filepath.Join(t.TempDir(), "baseline")
	run(t, incident, command, "-baseline", baseline, "-write-baseline", "./...")
	for _, test := range []struct {
		dir  string
		args []string
		want string
	}{
		{incident, []string{"-rules=empty"}, "no findings; 1 function asks (errswallow audit shows it)\r\n"},
		{incident, []string{"-baseline", baseline}, "no new findings; 1 function asks (errswallow audit shows it)\r\n"},
		{"../../provisioner", []string{"."}, "no findings; 4 functions ask (errswallow audit shows them)\r\n"},
		{"../../docs", []string{"."}, "no findings; no function asks anything that errswallow knows (-query"},
	} {
		for _, turn := range []string{"first", "second"} { // the second time it is known
			if text := watchIn(test.dir, test.args); !strings.Contains(text, test.want) {
				t.Errorf("%s %v, the %s time: %q, want %q", test.dir, test.args, turn, text, test.want)
			}
		}
	}
	if text := watch(); !strings.Contains(text, "\x1b[31m") || !strings.Contains(text, "1 finding in 1 package") {
		t.Errorf("%q", text)
	}
	if text := watch("NO_COLOR=1"); strings.Contains(text, "\x1b[31m") || !strings.Contains(text, reported) {
		t.Errorf("with NO_COLOR: %q", text)
	}
}

// TestFix mends the incident alone and as a vet tool: shows how, does it, and has
// nothing to report any more.
func TestFix(t *testing.T) {
	t.Parallel()
	const gate = "+\t\tif !client.IsErrNotFound(err) {\n+\t\t\treturn true, fmt.Errorf(\"container inspect: %w\", err)\n+\t\t}\n \t\treturn false, nil"
	for name, test := range map[string]struct {
		command      []string
		shown, fixed int
	}{
		"alone":    {[]string{command}, 3, 0},
		"vet tool": {[]string{"go", "vet", "-vettool=" + command, "-fix"}, 1, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := clitest.Copy(t, incident)
			source := filepath.Join(dir, "provisioner.go")
			before := clitest.Read(t, source)
			with := func(args ...string) (string, int) {
				all := slices.Concat(test.command, args, []string{"./..."})
				stdout, stderr, status := run(t, dir, all[0], all[1:]...)
				return stdout + stderr, status
			}
			out, status := with("-diff")
			if status != test.shown || !strings.Contains(out, gate) {
				t.Errorf("-diff: status %d:\n%s", status, out)
			}
			if clitest.Read(t, source) != before {
				t.Error("-diff changed the file")
			}
			if out, status = with("-fix"); status != test.fixed {
				t.Errorf("-fix: status %d:\n%s", status, out)
			}
			stdout, stderr, status := run(t, dir, command, "./...")
			if status != 0 {
				t.Errorf("what is mended: status %d:\n%s%s", status, stdout, stderr)
			}
			if stdout, stderr, status := run(t, dir, "go", "build", "./..."); status != 0 {
				t.Errorf("what is mended does not compile:\n%s%s", stdout, stderr)
			}
		})
	}
}

// TestFixes takes one of two ways to mend the incident, and then the other.
func TestFixes(t *testing.T) {
	t.Parallel()
	for arg, want := range map[string][2]string{
		"-fix":   {"return true, fmt.Errorf", "provisioner.go:26: tell absence from a fault: answer true and the error, as of an object that is there (-fix=2: tell absence from a fault: answer false and the error)\n"},
		"-fix=2": {"return false, fmt.Errorf", "provisioner.go:26: tell absence from a fault: answer false and the error (-fix=1: tell absence from a fault: answer true and the error, as of an object that is there)\n"},
		"-fix=9": {"return false, fmt.Errorf", "(-fix=1: "},
	} {
		dir := clitest.Copy(t, incident)
		stdout, stderr, status := run(t, dir, command, arg, "./...")
		if text := clitest.Read(t, filepath.Join(dir, "provisioner.go")); status != 0 || !strings.Contains(stderr, want[1]) || !strings.HasSuffix(stderr, "errswallow: fixed 1 of 1 findings\n") || !strings.Contains(text, want[0]) {
			t.Errorf("%s: status %d:\n%s%s%s", arg, status, stdout, stderr, text)
		}
	}
}

// TestHelp has help print the page that the URL of a rule's diagnostics leads to.
func TestHelp(t *testing.T) {
	t.Parallel()
	for _, r := range analyzer.Rules() {
		_, name, ok := strings.Cut(r.URL, "/blob/main/")
		page, err := os.ReadFile(filepath.Join("../..", name))
		if err != nil || !ok {
			t.Errorf("%s: %v", r.URL, err)
		}
		if stdout, stderr, status := run(t, ".", command, "help", r.ID); status != 0 || stdout != string(page) {
			t.Errorf("help %s: status %d:\n%s%s", r.ID, status, stdout, stderr)
		}
	}
}

// TestInterrupt interrupts the command while it mends a file, now early and now late:
// the file is the old one or the new one, and there is no other.
func TestInterrupt(t *testing.T) {
	t.Parallel()
	dir := clitest.Copy(t, incident)
	source := filepath.Join(dir, "provisioner.go")
	before := clitest.Read(t, source)
	if _, stderr, status := run(t, dir, command, "-fix", "./..."); status != 0 {
		t.Fatalf("status %d:\n%s", status, stderr)
	}
	after := clitest.Read(t, source)
	files := len(names(t, dir))
	for turn := range 8 {
		clitest.Write(t, source, before)
		cmd := exec.Command(command, "-fix", "./...")
		cmd.Dir = dir
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.AfterFunc(time.Duration(turn)*50*time.Millisecond, func() { cmd.Process.Signal(os.Interrupt) })
		cmd.Wait() // it may have been interrupted
		if text := clitest.Read(t, source); text != before && text != after {
			t.Errorf("turn %d: neither the old file nor the new one:\n%s", turn, text)
		}
		if left := names(t, dir); len(left) != files {
			t.Errorf("turn %d: left over: %v", turn, left)
		}
	}
}

func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}
