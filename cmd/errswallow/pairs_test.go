package main

import (
	"crypto/sha256"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/errswallow/errswallow/analyzer"
	"github.com/errswallow/errswallow/internal/clitest"
	"github.com/errswallow/errswallow/internal/inject"
)

// paired is a module in which each flag has something to show.
var paired = map[string]string{
	"own.cat":  "query example.com/p.ask\n",
	"own.yaml": "query: [example.com/p.poll]\n",
	"go.mod":   "module example.com/p\n\ngo 1.26.0\n",
	"p.go": `package p

import "os/exec"

func inspect(id string) error { return exec.Command("docker", "inspect", id).Run() }

func Known(id string) bool { return inspect(id) == nil }

func Seen(id string) bool { return inspect(id) == nil }

func Shown(id string) (bool, error) {
	if err := exec.Command("docker", "inspect", id).Run(); err != nil {
		return false, nil
	}
	return true, nil
}

// Dropped has a finding that can be mended.
func Dropped() (bool, error) {
	out, _ := exec.Command("docker", "ps", "-q").Output()
	return len(out) > 0, nil
}

func Emptied(id string) ([]byte, error) {
	out, err := exec.Command("docker", "ps").Output()
	if err != nil {
		return nil, nil
	}
	return out, nil
}

// Perhaps leaves a check out.
func Perhaps() error {
	out, err := exec.Command("docker", "ps").Output()
	if err != nil {
		return nil
	}
	if string(out) == "a" {
		return exec.ErrDot
	}
	return nil
}

func ask(id string) (int, error) { return 0, nil }

func poll(id string) error { return nil }

func Polled(id string) bool { return poll(id) == nil }

func Asked(id string) bool {
	_, err := ask(id)
	return err == nil
}
`,
	"gone.go": `package p

func absent(err error) bool { return err != nil }

func Guarded(id string) (bool, error) {
	if err := inspect(id); err != nil {
		if absent(err) {
			return false, nil
		}
		return true, err
	}
	return true, nil
}

func discard(id string) {}

func Destroys(id string) {
	if inspect(id) != nil {
		discard(id)
	}
}
`,
	"old.go":      "package p\n\nimport \"os/exec\"\n\nfunc Old(id string) bool { return exec.Command(\"docker\", \"inspect\", id).Run() == nil }\n",
	"tagged.go":   "//go:build tagged\n\npackage p\n\nfunc Tagged(id string) bool { return inspect(id) == nil }\n",
	"p_test.go":   "package p\n\nfunc TestOnly(id string) bool { return inspect(id) == nil }\n",
	"broken.go":   "package p\n\nfunc broken() int { return \"\" }\n",
	"known":       "collapse example.com/p.Known\n",
	"sub/sub.txt": "",
}

// A told is all that a run of the command tells.
type told struct {
	dir, stdout, stderr string
	status              int
}

// has reports whether anything that is told names a function.
func (r told) has(function string) bool {
	text := r.stdout
	for _, name := range []string{"out.sarif", "known"} {
		if name == "known" && !strings.HasPrefix(r.file(name), "# ") {
			continue // it is not written anew
		}
		text += r.file(name)
	}
	return strings.Contains(text, function+":") || strings.Contains(text, "p."+function+"\n")
}

func (r told) file(name string) string {
	text, _ := os.ReadFile(filepath.Join(r.dir, name)) // "" if it is not there
	return string(text)
}

// commit makes a repository of a folder, and commits files in it.
func commit(t *testing.T, dir string, files ...string) {
	t.Helper()
	git := func(args ...string) {
		t.Helper()
		if out, stderr, status := run(t, dir, "git", append([]string{"-c", "user.name=a", "-c", "user.email=a@example.com"}, args...)...); status != 0 {
			t.Fatalf("git %v: status %d:\n%s%s", args, status, out, stderr)
		}
	}
	git("init", "--quiet", "--initial-branch=main")
	git(append([]string{"add", "go.mod"}, files...)...)
	git("commit", "--quiet", "--message=old")
}

// A sample is how a flag is given, and what shows that it has an effect. Those that
// select what is reported show it by names of functions.
type sample struct {
	args    []string
	selects bool
	works   func(told) bool
}

// samples are the flags of a run alone.
var samples = map[string]sample{
	"rules":       {[]string{"-rules=collapse,destroy,discard"}, true, func(r told) bool { return !r.has("Emptied") }},
	"libraries":   {[]string{"-libraries=cli"}, true, func(r told) bool { return r.has("Seen") }},
	"catalogue":   {[]string{"-catalogue=own.cat"}, true, func(r told) bool { return r.has("Asked") }},
	"query":       {[]string{"-query=example.com/p.ask"}, true, func(r told) bool { return r.has("Asked") }},
	"notfound":    {[]string{"-notfound=example.com/p.absent"}, true, func(r told) bool { return !r.has("Guarded") }},
	"destructive": {[]string{"-destructive=example.com/p.discard"}, true, func(r told) bool { return r.has("Destroys") }},
	"evidence":    {[]string{"-evidence=possible"}, true, func(r told) bool { return r.has("Perhaps") }},
	"config":      {[]string{"-config=own.yaml"}, true, func(r told) bool { return r.has("Polled") }},
	"test":        {[]string{"-test=false"}, true, func(r told) bool { return !r.has("TestOnly") }},
	"with":        {[]string{"-with=runs.json"}, true, func(r told) bool { return r.has("Perhaps") }},
	"tags":        {[]string{"-tags=tagged"}, true, func(r told) bool { return r.has("Tagged") }},

	"verbose":  {[]string{"-verbose"}, false, func(r told) bool { return strings.Contains(r.stderr, "p.broken is left out in part") }},
	"C":        {[]string{"-C=."}, false, func(r told) bool { return r.status == findings || r.status == failed }},
	"format":   {[]string{"-format=github"}, false, func(r told) bool { return strings.HasPrefix(r.stdout, "::") }},
	"json":     {[]string{"-json"}, false, func(r told) bool { return json.Valid([]byte(r.stdout)) }},
	"c":        {[]string{"-c=1"}, false, func(r told) bool { return strings.Contains(r.stdout, "\t  12 | \tif err") }},
	"sarif":    {[]string{"-sarif=out.sarif"}, false, func(r told) bool { return json.Valid([]byte(r.file("out.sarif"))) }},
	"baseline": {[]string{"-baseline=known"}, false, func(r told) bool { return !r.has("Known") || strings.HasPrefix(r.file("known"), "# ") }},
	"new-from": {[]string{"-new-from=HEAD"}, false, func(r told) bool { return !r.has("Old") }},
	"write-baseline": {[]string{"-baseline=known", "-write-baseline"}, false, func(r told) bool {
		return strings.HasPrefix(r.file("known"), "# ") && strings.Contains(r.file("known"), "p.Seen\n") && r.stdout == ""
	}},
	"fix": {[]string{"-fix=2"}, false, func(r told) bool { return r.file("p.go") != paired["p.go"] || strings.Contains(r.stdout, "+++ b/p.go") }},
	"diff": {[]string{"-diff"}, false, func(r told) bool {
		return r.file("p.go") == paired["p.go"] && strings.HasPrefix(r.stdout, "--- a/p.go")
	}},
	"cache": {[]string{"-cache=kept"}, false, func(r told) bool {
		entries, _ := filepath.Glob(filepath.Join(r.dir, "kept", "*", "*"))
		return len(entries) > 0
	}},
	"version": {[]string{"-version"}, false, func(r told) bool { return strings.HasPrefix(r.stdout, "errswallow ") }},
}

// refused are the pairs that do not work together, beside -version and any other.
var refused = []string{
	"write-baseline fix", "write-baseline diff", "write-baseline format", "write-baseline json", "write-baseline c",
	"write-baseline sarif", "write-baseline libraries", "write-baseline evidence", "write-baseline with", "write-baseline new-from", "diff json", "diff format", "diff c", "c json", "c format", "json format",
}

func isRefused(a, b string) bool {
	return a == "version" || b == "version" || slices.Contains(refused, a+" "+b) || slices.Contains(refused, b+" "+a)
}

// mentions reports whether an error names a flag, or one that is given with it.
func mentions(err error, name string) bool {
	return slices.ContainsFunc(samples[name].args, func(arg string) bool {
		arg, _, _ = strings.Cut(arg, "=")
		return strings.Contains(err.Error()+" ", arg+" ")
	})
}

// TestPairs gives each two flags together, in either order: they are taken, or refused
// in one line that names both.
func TestPairs(t *testing.T) {
	t.Parallel()
	var all []string
	new(options).flags().VisitAll(func(f *flag.Flag) { all = append(all, f.Name) })
	for _, a := range all {
		if samples[a].works == nil {
			t.Errorf("-%s has no sample", a)
		}
		for _, b := range all {
			if a == b {
				continue
			}
			_, err := parse(slices.Concat(samples[a].args, samples[b].args))
			if refused := err != nil; refused != isRefused(a, b) {
				t.Errorf("-%s and -%s: %v", a, b, err)
			}
			if err != nil && (strings.Contains(err.Error(), "\n") || !mentions(err, a) || !mentions(err, b)) {
				t.Errorf("-%s and -%s: %v", a, b, err)
			}
		}
	}
	for _, other := range []string{"-json", "-format=json", "-format=github", "-diff", "-c=1"} {
		if _, err := parse([]string{"-sarif=-", other}); err == nil || !strings.Contains(err.Error(), "-sarif - has standard output for itself") {
			t.Errorf("-sarif - %s: %v", other, err)
		}
	}
	if _, err := parse([]string{"-json", "-format=json", "-fix=false", "-write-baseline=false"}); err != nil {
		t.Error(err)
	}
}

// TestPairsWork runs the command with each flag, and with each two that it takes together where
// slow tests are asked for: all have an effect. Those that select what is reported are given
// all at once; they say nothing of each other.
func TestPairsWork(t *testing.T) {
	t.Parallel()
	try := func(others []string, selecting bool) {
		t.Run(strings.Join(others, " "), func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			for name, text := range paired {
				clitest.Write(t, filepath.Join(dir, name), text)
			}
			commit(t, dir, "old.go")
			clitest.Write(t, filepath.Join(dir, "runs.json"), shownRuns(t, paired["p.go"], "Perhaps"))
			var args []string
			for name, s := range samples {
				if slices.Contains(others, name) || selecting && s.selects && !slices.ContainsFunc(others, func(n string) bool { return isRefused(n, name) }) {
					args = append(args, s.args...)
				}
			}
			r := told{dir: dir}
			r.stdout, r.stderr, r.status = run(t, dir, command, args...)
			for name, s := range samples {
				given := !slices.ContainsFunc(s.args, func(arg string) bool { return !slices.Contains(args, arg) })
				// A patch names no functions, and what is mended is not reported.
				if silent := slices.Contains(args, "-diff"); given && !(silent && s.selects) && !s.works(r) {
					t.Errorf("-%s has no effect with %v: status %d\n%s%s%s", name, args, r.status, r.stdout, r.stderr, r.file("known"))
				}
			}
		})
	}
	var others []string
	for name, s := range samples {
		if !s.selects && name != "version" {
			others = append(others, name)
		}
	}
	slices.Sort(others)
	for i, a := range others {
		try([]string{a}, true)
		for _, b := range others[i+1:] {
			if !testing.Short() && !isRefused(a, b) {
				try([]string{a, b}, false)
			}
		}
	}
}

// shownRuns is what errswallow inject writes where the query of a function in p.go destroys
// something.
func shownRuns(t *testing.T, source, function string) string {
	t.Helper()
	before, rest, ok := strings.Cut(source, "func "+function)
	body, _, asks := strings.Cut(rest, "exec.Command")
	if !ok || !asks {
		t.Fatalf("%s asks nothing", function)
	}
	r := inject.Report{Version: 1, Hashes: map[string]string{"p.go": fmt.Sprintf("%x", sha256.Sum256([]byte(source)))}}
	r.Sites = []*inject.Result{{
		Site:    analyzer.Site{File: "p.go", Line: strings.Count(before+body, "\n") + 1, Call: "docker ps"},
		Verdict: inject.Destroyed, Test: "TestAll", In: "example.com/p",
		Losses: []inject.Loss{{Call: "docker rm", File: "p.go", Line: 1, Times: 2}},
	}}
	var text strings.Builder
	if err := r.JSON(&text); err != nil {
		t.Fatal(err)
	}
	return text.String()
}

// TestAuditPairs does the same for audits.
func TestAuditPairs(t *testing.T) {
	t.Parallel()
	args := map[string]string{
		"rules": "collapse", "libraries": "cli", "catalogue": "own.cat", "query": "a.b/c.D", "notfound": "a.b/c.D", "destructive": "a.b/c.D", "verbose": "true", "evidence": "certain",
		"C": ".", "config": "off", "test": "true", "tags": "tagged", "format": "json", "against": "old.json", "with": "runs.json", "fail-on": "collapse",
	}
	var names []string
	new(auditOptions).flags().VisitAll(func(f *flag.Flag) { names = append(names, f.Name) })
	for _, a := range names {
		if args[a] == "" {
			t.Errorf("-%s has no sample", a)
		}
		for _, b := range names {
			_, err := parseAudit([]string{"-" + a + "=" + args[a], "-" + b + "=" + args[b]})
			pair := []string{a, b}
			if refused := slices.Contains(pair, "against") && slices.Contains(pair, "format"); (err != nil) != refused {
				t.Errorf("-%s and -%s: %v", a, b, err)
			}
		}
	}
}
