package inject_test

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/errswallow/errswallow/internal/clitest"
	"github.com/errswallow/errswallow/internal/inject"
)

// command is the built errswallow.
var command string

func TestMain(m *testing.M) { clitest.Main(m, []*string{&command}, "../../cmd/errswallow") }

// run runs errswallow inject in a folder, with a cache of its own.
func run(t *testing.T, dir string, args ...string) (stdout, stderr string, status int) {
	t.Helper()
	return clitest.Run(t, dir, []string{"ERRSWALLOW_CACHE=" + t.TempDir()}, command, append([]string{"inject"}, args...)...)
}

// report runs errswallow inject, and reads what it says.
func report(t *testing.T, dir string, args ...string) *inject.Report {
	t.Helper()
	stdout, stderr, _ := run(t, dir, append([]string{"-format", "json"}, args...)...)
	r, err := inject.Read(strings.NewReader(stdout))
	if err != nil {
		t.Fatalf("%v:\n%s%s", err, stdout, stderr)
	}
	return r
}

// TestForms has each form of a call fail, in the tests of a module that knows them all.
func TestForms(t *testing.T) {
	clitest.Slow(t, "has a hundred calls fail, one after the other")
	t.Parallel()
	r := report(t, "testdata/forms", "-catalogue", "forms.cat", "-timeout", "6s", "./...")
	// By function and call: the verdict, the test that shows it, and, if something is lost,
	// how often.
	want := map[string]string{
		"Multi Inspect":           "destroyed TestMulti 1",
		"Making Inspect":          "destroyed TestMaking 1",
		"Unnamed Sort":            "destroyed TestUnnamed 1",
		"Hidden Odd":              "destroyed TestHidden 1",
		"Beside Typed":            "destroyed TestBeside 1",
		"Out Load":                "destroyed TestOut 1",
		"OutStays Load":           "unnoticed TestStays",
		"Scanned Scan":            "destroyed TestScanned 1",
		"Chain First":             "destroyed TestChain 1",
		"Embedded Last":           "destroyed TestEmbedded 1",
		"Valued First":            "destroyed TestValued 1",
		"Dropped Val":             "destroyed TestDropped 1",
		"Command docker inspect":  "destroyed TestCommand 1",
		"Printed docker inspect":  "noticed TestPrinted",
		"Helped docker inspect":   "destroyed TestHelped 1",
		"Going Inspect":           "unnoticed ",
		"Deferred Inspect":        "unnoticed TestDeferred",
		"Beyond Inspect":          "destroyed TestBeyond 1",
		"Instance Get":            "destroyed TestInstance 1",
		"Inferred Fetch":          "destroyed TestInferred 1",
		"Generic Get":             "destroyed TestGeneric 1",
		"Variable Lookup":         "destroyed TestVariable 1",
		"first Lookup":            "destroyed TestFirst 1",
		"Literal Inspect":         "destroyed TestLiteral 1",
		"Nested Inspect":          "noticed TestNested",
		"Nested Load":             "noticed TestNested",
		"Crashing Find":           "crashed TestCrashing",
		"Careless Find":           "noticed TestCareless",
		"Waiting Inspect":         "noticed ",
		"Stuck Inspect":           "hung TestStuck",
		"Unnoticed Inspect":       "unnoticed TestUnnoticed",
		"Told Inspect":            "noticed TestTold/runs",
		"Safe Inspect":            "noticed ",
		"Listed List":             "destroyed TestListed 1",
		"Probe Inspect":           "noticed TestReal",
		"Through Probe (Inspect)": "destroyed TestThrough 1",
		"Forgets app.ReadDomain":  "destroyed TestForgets 1",
		"TakesBack Inspect":       "unnoticed TestTakesBack",
		"check Inspect":           "destroyed TestReplaces 1",
		"Signals Inspect":         "noticed TestSignals",
		"Unreached Inspect":       "not reached ",
		"Failing Inspect":         "not reached ",
		"Generated Inspect":       "left alone ",
		"Shadowed Fetch":          "left alone ",
	}
	why := map[string]string{
		"Waiting Inspect":   "it asks again until it is answered",
		"Careless Find":     "the test itself does not expect it: panic: runtime error: invalid memory address or nil pointer dereference [recovered, repanicked]",
		"Safe Inspect":      "the tests pass, and not when the answer is absence",
		"Signals Inspect":   "the test itself waits for what does not come",
		"Stuck Inspect":     "the tests do not end within 6s",
		"Failing Inspect":   "only tests that fail without a fault, or now and then, come there",
		"Generated Inspect": "its file is generated",
		"Shadowed Fetch":    "rewritten, it does not compile: Shape (local variable) is not a type",
	}
	for _, s := range r.Sites {
		key := s.Function[strings.LastIndexByte(s.Function, '.')+1:] + " " + s.Call
		got := string(s.Verdict) + " " + s.Test
		for _, l := range s.Losses {
			got += strings.Repeat(" 1", l.Times-l.Before)
		}
		if want[key] == "" || got != want[key] {
			t.Errorf("%s: %q, want %q (%s)", key, got, want[key], s.Why)
		}
		if expected, ok := why[key]; ok && s.Why != expected {
			t.Errorf("%s: %q, want %q", key, s.Why, expected)
		}
		delete(want, key)
	}
	for key := range want {
		t.Errorf("%s is no site", key)
	}
	if want := []string{"example.com/forms/app TestFailing"}; !slices.Equal(r.Unsteady, want) {
		t.Errorf("of no use are %v, want %v", r.Unsteady, want)
	}
	// What the static side says nothing of, and a run shows.
	if len(r.Disagreements) != 2 || !strings.HasPrefix(r.Disagreements[0], "app/app.go:94: First is destroying when it fails (TestChain)") {
		t.Errorf("disagreements: %q", r.Disagreements)
	}
	for _, s := range r.Sites {
		if s.Function == "example.com/forms/app.Multi" && (!frame(s.Stack, "app/app.go:16") || !frame(s.Losses[0].Stack, "app/app.go:17")) {
			t.Errorf("stacks %q and %q", s.Stack, s.Losses[0].Stack)
		}
	}
}

// frame reports whether a stack has a line.
func frame(stack []string, line string) bool {
	return slices.ContainsFunc(stack, func(f string) bool { return strings.HasSuffix(f, " "+line) })
}

// TestOverlay has the go command test with an overlay that is kept, with nothing injected,
// and with what a person chooses. Lines are where they were, and no file is changed.
func TestOverlay(t *testing.T) {
	clitest.Slow(t, "runs the tests of a module many times")
	t.Parallel()
	dir, keep := clitest.Copy(t, "testdata/forms"), t.TempDir()
	before := clitest.Read(t, filepath.Join(dir, "app/app.go"))
	run(t, dir, "-catalogue", "forms.cat", "-keep", keep, "-site", "Nothing", "./...")
	if clitest.Read(t, filepath.Join(dir, "app/app.go")) != before {
		t.Error("a file is changed")
	}
	var overlay struct{ Replace map[string]string }
	if err := json.Unmarshal([]byte(clitest.Read(t, filepath.Join(keep, "overlay.json"))), &overlay); err != nil {
		t.Fatal(err)
	}
	rewritten := clitest.Read(t, overlay.Replace[filepath.Join(dir, "app/app.go")])
	if strings.Count(rewritten, "\n") != strings.Count(before, "\n") {
		t.Error("lines are not where they were")
	}
	for _, test := range []struct {
		env, name string
		passes    bool
	}{
		{"", "Multi|Told|Nested|Chain", true},
		{"example.com/forms/app#1:fault", "Told|Nested", true},
		{"example.com/forms/app#1:fault", "Multi", true},
		{site(t, rewritten, "func Told("), "Told", false},
	} {
		cmd := exec.Command("go", "test", "-overlay", filepath.Join(keep, "overlay.json"), "-run", test.name, "./app")
		cmd.Dir, cmd.Env = dir, append(os.Environ(), "ERRSWALLOW_INJECT="+test.env)
		if out, err := cmd.CombinedOutput(); (err == nil) != test.passes {
			t.Errorf("%q: %v:\n%s", test.env, err, out)
		}
	}
}

// site returns the fault at the first site behind a text of a rewritten file.
func site(t *testing.T, rewritten, behind string) string {
	t.Helper()
	_, rest, _ := strings.Cut(rewritten, behind)
	_, rest, ok := strings.Cut(rest, "errswallow_")
	if !ok {
		t.Fatalf("no site behind %s", behind)
	}
	number, _, _ := strings.Cut(rest, "(")
	return "example.com/forms/app#" + number + ":fault"
}

// TestCached runs twice: the second time nothing is run again, and after a change of one
// package what does not depend on it is not.
func TestCached(t *testing.T) {
	clitest.Slow(t, "runs the tests of a module many times")
	t.Parallel()
	dir, cache := clitest.Copy(t, "testdata/forms"), t.TempDir()
	clitest.Write(t, filepath.Join(dir, "other/other.go"), "package other\n\nimport \"example.com/forms/rt\"\n\n// Ask asks.\nfunc Ask() error {\n\t_, err := (&rt.Client{}).Inspect(\"\")\n\treturn err\n}\n")
	clitest.Write(t, filepath.Join(dir, "other/other_test.go"), "package other\n\nimport \"testing\"\n\nfunc TestAsk(t *testing.T) {\n\tif Ask() != nil {\n\t\tt.Fail()\n\t}\n}\n")
	args := []string{"-catalogue", "forms.cat", "-cache", cache, "-run", "Multi|Ask", "./..."}
	if first := report(t, dir, args...); first.Recalled != 0 {
		t.Errorf("%d runs were recalled of a cache that is empty", first.Recalled)
	}
	second := report(t, dir, args...)
	clitest.Write(t, filepath.Join(dir, "other/more_test.go"), "package other\n\nimport \"testing\"\n\nfunc TestMore(t *testing.T) {}\n")
	third := report(t, dir, args...)
	if second.Recalled == 0 || third.Recalled == 0 || third.Recalled >= second.Recalled {
		t.Errorf("%d runs were recalled where nothing had changed, and %d where one package had", second.Recalled, third.Recalled)
	}
}

// TestInterrupted interrupts a run: it ends, says so, and the next one goes on from there.
func TestInterrupted(t *testing.T) {
	clitest.Slow(t, "runs the tests of a module many times")
	t.Parallel()
	dir, cache := clitest.Copy(t, "testdata/forms"), t.TempDir()
	args := []string{"inject", "-catalogue", "forms.cat", "-cache", cache, "-timeout", "60s", "-run", "Multi|Stuck", "-p", "1", "./..."}
	cmd := exec.Command(command, args...)
	cmd.Dir = dir
	var stderr strings.Builder
	cmd.Stderr = &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	kept := func() int {
		entries, _ := filepath.Glob(filepath.Join(cache, "*", "*"))
		return len(entries)
	}
	// The run in which Stuck is stuck does not end: something else has by then.
	for begun := time.Now(); kept() < 3 && time.Since(begun) < time.Minute; {
		time.Sleep(50 * time.Millisecond)
	}
	cmd.Process.Signal(os.Interrupt)
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	select {
	case <-ended:
	case <-time.After(30 * time.Second):
		cmd.Process.Kill()
		t.Fatal("it goes on")
	}
	if want := "errswallow: interrupted: what has ended is kept, and the next run goes on from there\n"; cmd.ProcessState.ExitCode() != 1 || stderr.String() != want {
		t.Errorf("status %d: %q", cmd.ProcessState.ExitCode(), stderr.String())
	}
	if r := report(t, dir, "-catalogue", "forms.cat", "-cache", cache, "-timeout", "60s", "-run", "Multi|Stuck", "-p", "1", "-site", "Create", "./..."); r.Recalled == 0 {
		t.Error("nothing is recalled")
	}
}

// TestInput gives it what it can do nothing with: one clear line each.
func TestInput(t *testing.T) {
	clitest.Slow(t, "runs the tests of a module many times")
	t.Parallel()
	const asks = "package app\n\nimport \"example.com/forms/rt\"\n\n// Ask asks.\nfunc Ask() error {\n\t_, err := (&rt.Client{}).Inspect(\"\")\n\treturn err\n}\n"
	const passes = "package app\n\nimport \"testing\"\n\nfunc TestAsk(t *testing.T) { Ask() }\n"
	for _, test := range []struct {
		name, code, test string
		args             []string
		status           int
		want             string
	}{
		{"does not build", asks + "var x int = \"\"\n", passes, nil, 1, "errswallow: example.com/forms/app: does not build: app/app.go:10:13: cannot use \"\" (untyped string constant) as int value in variable declaration"},
		{"tests do not build", asks, passes + "var x int = \"\"\n", nil, 1, "errswallow: example.com/forms/app: its tests do not build: app/app_test.go:6:13: cannot use \"\" (untyped string constant) as int value in variable declaration"},
		{"never ends", asks, "package app\n\nimport \"testing\"\n\nfunc TestAsk(t *testing.T) { Ask(); select {} }\n", []string{"-timeout", "1s"}, 1, "errswallow: example.com/forms/app: its tests do not end within 1s"},
		{"does not begin", asks, passes + "func init() { panic(\"no database\") }\n", nil, 1, "errswallow: example.com/forms/app: its tests do not run: panic: no database"},
		{"generated", "// Code generated by hand. DO NOT EDIT.\n\n" + asks, passes, nil, 0, "its file is generated"},
		{"cgo", strings.Replace(asks, "import", "// int zero;\nimport \"C\"\n\nimport", 1), passes, nil, 0, "its file uses cgo"},
		{"no tests", asks, "", nil, 1, "errswallow: there are no tests in these packages: nothing was tried"},
		{"asks nothing", "package app\n", passes, nil, 1, "errswallow: no call of these packages asks for anything that errswallow knows"},
		{"no such package", asks, passes, []string{"./nowhere"}, 1, "nowhere"},
		{"no such fault", asks, passes, []string{"-fault", "fire"}, 2, `errswallow: -fault: unknown fault "fire": have deadline, eof, refused, 503 (errswallow inject -help lists the flags)`},
		{"no such format", asks, passes, []string{"-format", "pdf"}, 2, `errswallow: -format: unknown format "pdf": have text, json, junit, sarif`},
		{"no expression", asks, passes, []string{"-run", "("}, 2, "errswallow: -run: error parsing regexp: missing closing ): `(`"},
		{"no site expression", asks, passes, []string{"-site", "("}, 2, "missing closing )"},
		{"flag after a package", asks, passes, []string{"./...", "-short"}, 2, "flag -short comes after a package"},
		{"no such folder", asks, passes, []string{"-C", "nowhere"}, 2, "errswallow: -C: chdir nowhere"},
		{"no such catalogue", asks, passes, []string{"-catalogue", "nowhere.cat"}, 1, "errswallow: -catalogue: open nowhere.cat"},
		{"usage", asks, passes, []string{"-help"}, 0, "unnoticed    the tests pass, and pass as well when the answer is absence\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			dir := clitest.Copy(t, "testdata/forms")
			if err := os.RemoveAll(filepath.Join(dir, "app")); err != nil {
				t.Fatal(err)
			}
			clitest.Write(t, filepath.Join(dir, "app/app.go"), test.code)
			if test.test != "" {
				clitest.Write(t, filepath.Join(dir, "app/app_test.go"), test.test)
			}
			stdout, stderr, status := run(t, dir, append(append([]string{"-catalogue", "forms.cat"}, test.args...), patterns(test.args)...)...)
			if status != test.status || !strings.Contains(stdout+stderr, test.want) || status != 0 && strings.Count(stderr, "\n") != 1 {
				t.Errorf("status %d, want %d and %q in one line:\n%s%s", status, test.status, test.want, stdout, stderr)
			}
		})
	}
}

// patterns is all packages, if arguments name none.
func patterns(args []string) []string {
	if slices.ContainsFunc(args, func(a string) bool { return strings.HasPrefix(a, "./") }) {
		return nil
	}
	return []string{"./..."}
}

// TestPackages has the tests of two packages come to one call: what one of them notices is
// noticed, and what one of them shows is shown.
func TestPackages(t *testing.T) {
	clitest.Slow(t, "runs the tests of a module many times")
	t.Parallel()
	dir := clitest.Copy(t, "testdata/forms")
	test := func(name, body string) {
		clitest.Write(t, filepath.Join(dir, name, name+"_test.go"), "package "+name+"\n\nimport (\n\t\"testing\"\n\n\t\"example.com/forms/app\"\n)\n\nfunc Test_"+name+"(t *testing.T) {\n"+body+"}\n")
	}
	test("careless", "\tapp.Unnoticed(\"a\")\n")
	test("careful", "\tif !app.Unnoticed(\"a\") || app.Multi(\"a\") != nil {\n\t\tt.Fail()\n\t}\n")
	r := report(t, dir, "-catalogue", "forms.cat", "-run", "Test_care", "./...")
	verdicts := map[string]string{}
	for _, s := range r.Sites {
		verdicts[s.Function] = fmt.Sprint(s.Verdict, " ", s.In, " ", s.Tests)
	}
	for function, want := range map[string]string{"Unnoticed": "noticed example.com/forms/careful 2", "Multi": "destroyed example.com/forms/careful 1", "Told": "not reached  0"} {
		if got := verdicts["example.com/forms/app."+function]; got != want {
			t.Errorf("%s: %s, want %s", function, got, want)
		}
	}
}

// TestFormats reads what is written for other programs.
func TestFormats(t *testing.T) {
	t.Parallel()
	dir, cache := "testdata/forms", t.TempDir()
	args := []string{"-catalogue", "forms.cat", "-cache", cache, "-run", "Multi|Told|Unnoticed", "-format"}
	stdout, stderr, status := run(t, dir, append(args, "junit", "./...")...)
	var suites struct {
		Suites []struct {
			Failures int `xml:"failures,attr"`
			Skipped  int `xml:"skipped,attr"`
			Cases    []struct {
				Name    string `xml:"name,attr"`
				Failure *struct {
					Message string `xml:"message,attr"`
					Text    string `xml:",chardata"`
				} `xml:"failure"`
			} `xml:"testcase"`
		} `xml:"testsuite"`
	}
	if err := xml.Unmarshal([]byte(stdout), &suites); err != nil || status != 3 || len(suites.Suites) != 1 {
		t.Fatalf("status %d, %v:\n%s%s", status, err, stdout, stderr)
	}
	suite := suites.Suites[0]
	first := suite.Cases[0]
	if suite.Failures != 1 || suite.Skipped == 0 || first.Name != "Inspect at app/app.go:16" || first.Failure == nil ||
		first.Failure.Message != "Inspect: destroyed: Remove at app/app.go:17 is called once, and never without the fault (in TestMulti of example.com/forms/app)" {
		t.Errorf("%+v", suite)
	}
	stdout, _, _ = run(t, dir, append(args, "sarif", "./...")...)
	var log struct {
		Runs []struct {
			Results []struct {
				RuleID, Level string
				Locations     []struct {
					PhysicalLocation struct {
						ArtifactLocation struct{ URI string }
						Region           struct{ StartLine int }
					}
				}
			}
		}
	}
	if err := json.Unmarshal([]byte(stdout), &log); err != nil {
		t.Fatalf("%v:\n%s", err, stdout)
	}
	var got []string
	for _, r := range log.Runs[0].Results {
		got = append(got, r.RuleID+" "+r.Level+" "+r.Locations[0].PhysicalLocation.ArtifactLocation.URI)
	}
	if want := []string{"inject-destroyed error app/app.go", "inject-unnoticed note app/app.go", "inject-unnoticed note app/app.go"}; !slices.Equal(got, want) {
		t.Errorf("SARIF has %v, want %v", got, want)
	}
}

// TestFaults injects each of the faults: the error is the library's own where that has one.
func TestFaults(t *testing.T) {
	clitest.Slow(t, "runs the tests of a module many times")
	t.Parallel()
	dir := clitest.Copy(t, "testdata/forms")
	clitest.Write(t, filepath.Join(dir, "app/fault_test.go"), `package app

import (
	"context"
	"errors"
	"io"
	"syscall"
	"testing"

	"example.com/forms/rt"
)

func TestFault(t *testing.T) {
	_, err := Told("a")
	for name, is := range map[string]error{"deadline": context.DeadlineExceeded, "eof": io.ErrUnexpectedEOF, "refused": syscall.ECONNREFUSED, "503": rt.ErrBusy} {
		if errors.Is(err, is) {
			t.Fatal("it is " + name)
		}
	}
}
`)
	for _, fault := range inject.Faults {
		keep := t.TempDir()
		run(t, dir, "-catalogue", "forms.cat", "-keep", keep, "-site", "Nothing", "./...")
		var overlay struct{ Replace map[string]string }
		if err := json.Unmarshal([]byte(clitest.Read(t, filepath.Join(keep, "overlay.json"))), &overlay); err != nil {
			t.Fatal(err)
		}
		chosen := site(t, clitest.Read(t, overlay.Replace[filepath.Join(dir, "app/app.go")]), "func Told(")
		stdout, _, status := clitest.Run(t, dir, []string{"ERRSWALLOW_INJECT=" + chosen, "ERRSWALLOW_INJECT_FAULT=" + fault},
			"go", "test", "-overlay", filepath.Join(keep, "overlay.json"), "-run", "TestFault$", "./app")
		if status == 0 || !strings.Contains(stdout, "it is "+fault) {
			t.Errorf("%s: status %d:\n%s", fault, status, stdout)
		}
	}
}
