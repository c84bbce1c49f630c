package analyzer

import (
	"bufio"
	"bytes"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/errswallow/errswallow/analyzer/internal/generate"
	"github.com/errswallow/errswallow/internal/clitest"
)

var (
	functions = flag.Int("functions", 400, "how many functions TestDifferential generates")
	alarming  = flag.String("alarms", "none", "show the false alarms whose message holds this")
	seed      = flag.Uint64("seed", 1, "what TestDifferential generates them from first")
	seeds     = flag.Uint64("seeds", 1, "how many seeds, from that one on, TestDifferential takes")
)

// referee is the main function of a generated program. It really runs every
// function, with every end of every query and all bits, and prints those where
// under a fault the caller is told what it is told of an absent object, or of a zero
// answer, no error, and the opposite of what it is told of a running one. It does
// collapse if it is the absent one's, and false, and if no other query is answered after
// the fault, or fails; else it may.
const referee = `
type told struct{ verdict, silent, met, again, failed, panics bool }

func try(f func(*env) (bool, error), site int, ends answer, bits uint) (t told) {
	e := &env{site: site, ends: ends, bits: bits}
	defer func() { t.panics = recover() != nil }()
	verdict, err := f(e)
	return told{verdict, err == nil && e.kept == nil, e.met, e.again, e.failed, false}
}

func collapses(f func(*env) (bool, error), site int) (does, may bool) {
	for bits := range uint(1 << %d) {
		under := try(f, site, fault, bits)
		if !under.met || !under.silent || under.panics {
			continue
		}
		gone, zero, there := try(f, site, absent, bits), try(f, site, stopped, bits), try(f, site, running, bits)
		same := func(t told) bool { return t.silent && !t.panics && t.verdict == under.verdict }
		if !there.silent || there.panics || there.verdict == under.verdict {
			continue
		}
		may = may || same(gone) || same(zero)
		does = does || same(gone) && !under.again && !under.verdict && !under.failed && !gone.failed && !there.failed
	}
	return does, may
}

func main() {
	log.SetOutput(io.Discard)
	for _, f := range all {
		var does, may bool
		for site := range f.sites {
			d, m := collapses(f.run, site+1)
			does, may = does || d, may || m
		}
		fmt.Println(f.name, does, may)
	}
}
`

// TestDifferential compares the verdicts of the pass on generated functions with
// those of really running them. None that collapses is missed, and one in ten of those
// that are reported at most does not collapse for anything else that could be.
func TestDifferential(t *testing.T) {
	clitest.Slow(t, "runs functions that are made at random")
	t.Parallel()
	var all tally
	for s := range *seeds {
		c := differ(t, *seed+s)
		t.Logf("seed %d: %s", *seed+s, c)
		all = tally{all.functions + c.functions, all.collapse + c.collapse, all.missed + c.missed, all.reported + c.reported, all.alarms + c.alarms}
	}
	t.Logf("all: %s", all)
	if all.collapse < all.functions/20 || all.reported == all.functions {
		t.Error("nothing was compared")
	}
	if all.alarms*10 > all.reported {
		t.Errorf("%d of %d that are reported do not collapse for anything", all.alarms, all.reported)
	}
}

// A tally counts the functions of some programs.
type tally struct{ functions, collapse, missed, reported, alarms int }

// String spells the tally.
func (c tally) String() string {
	return fmt.Sprintf("%d functions: %d collapse, %d of them missed; %d reported, %d of them do not collapse for any of %d bits",
		c.functions, c.collapse, c.missed, c.reported, c.alarms, generate.Bits)
}

// differ compares the verdicts on the functions of one seed.
func differ(t *testing.T, seed uint64) tally {
	t.Helper()
	dir := t.TempDir()
	fns := program(t, dir, seed)
	does, may := map[string]bool{}, map[string]bool{}
	run := exec.Command("go", "run", ".")
	run.Dir = dir
	out, err := run.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for lines := bufio.NewScanner(bytes.NewReader(out)); lines.Scan(); {
		words := strings.Fields(lines.Text())
		does[words[0]], may[words[0]] = words[1] == "true", words[2] == "true"
	}
	reported := reports(t, dir)
	c := tally{functions: len(fns), reported: len(reported)}
	for _, f := range fns {
		if does[f.Name] {
			c.collapse++
		}
		switch {
		case does[f.Name] && reported[f.Name] == "":
			c.missed++
			t.Errorf("missed:\n%s", f.Source)
		case !may[f.Name] && reported[f.Name] != "":
			c.alarms++
			if strings.Contains(reported[f.Name], *alarming) && testing.Verbose() {
				t.Logf("%s\n%s", reported[f.Name], f.Source)
			}
		}
	}
	return c
}

// program writes a program of generated functions to a folder.
func program(t *testing.T, dir string, seed uint64) []generate.Function {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 0))
	var fns []generate.Function
	var body, all strings.Builder
	for i := range *functions {
		f := generate.New(fmt.Sprintf("IsRunning%d", i), r)
		fns = append(fns, f)
		body.WriteString(f.Source + "\n")
		call := fmt.Sprintf("func(e *env) (bool, error) { v, err := %s(e); return v == %s, err }", f.Name, f.Kind.Yes)
		if !f.Errs {
			call = fmt.Sprintf("func(e *env) (bool, error) { return %s(e) == %s, nil }", f.Name, f.Kind.Yes)
		}
		fmt.Fprintf(&all, "\t{%q, %d, %s},\n", f.Name, f.Sites, call)
	}
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("go.mod", "module example.com/generated\n\ngo 1.26\n")
	write("functions.go", generate.Prelude+body.String())
	write("main.go", "package main\n\nimport (\n\t\"fmt\"\n\t\"io\"\n\t\"log\"\n)\n"+fmt.Sprintf(referee, generate.Bits)+
		"\nvar all = []struct {\n\tname  string\n\tsites int\n\trun   func(*env) (bool, error)\n}{\n"+all.String()+"}\n")
	return fns
}

// reports runs the pass over a folder and returns the first message for each
// function.
func reports(t *testing.T, dir string) map[string]string {
	t.Helper()
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadAllSyntax, Dir: dir}, ".")
	if err != nil {
		t.Fatal(err)
	}
	if packages.PrintErrors(pkgs) > 0 {
		t.Fatal("what is generated does not compile")
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{New(Settings{})}, pkgs, nil)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, root := range graph.Roots {
		if root.Err != nil {
			t.Fatal(root.Err)
		}
		for _, d := range root.Diagnostics {
			name, _, _ := strings.Cut(d.Message, ":")
			if out[name] == "" {
				out[name] = d.Message
			}
		}
	}
	return out
}
