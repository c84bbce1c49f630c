package analyzer

import (
	"flag"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"
)

// TestOwn runs the pass over a client that its directives describe.
func TestOwn(t *testing.T) {
	t.Parallel()
	analysistest.Run(t, testdata(t), New(Settings{}), "./own/rt")
	analysistest.Run(diagnosticsOnly{t}, testdata(t), New(Settings{}), "./own/use")
	analysistest.Run(diagnosticsOnly{t}, testdata(t), New(Settings{}), "./own/loads")
}

// TestFlags runs the pass over a client that the settings describe.
func TestFlags(t *testing.T) {
	t.Parallel()
	a := New(Settings{})
	for flag, value := range map[string]string{
		"query":       "(*testdata/settings/flags.Client).Inspect",
		"notfound":    "testdata/settings/flags.Gone",
		"destructive": "(*testdata/settings/flags.Client).Drop",
	} {
		if err := a.Flags.Set(flag, value); err != nil {
			t.Fatal(err)
		}
	}
	analysistest.Run(diagnosticsOnly{t}, testdata(t), a, "./settings/flags")
}

// TestEachSettingCounts says that a setting which is ignored is noticed.
func TestEachSettingCounts(t *testing.T) {
	t.Parallel()
	count := func(s Settings, pattern string) int {
		pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadSyntax | packages.NeedModule, Dir: testdata(t)}, pattern)
		if err != nil {
			t.Fatal(err)
		}
		graph, err := checker.Analyze([]*analysis.Analyzer{New(s)}, pkgs, nil)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, root := range graph.Roots {
			n += len(root.Diagnostics)
		}
		return n
	}
	if n := count(Settings{Rules: []string{"overbroad"}}, "./rule/destroy/fires"); n != 0 {
		t.Errorf("-rules overbroad: %d diagnostics of destroy", n)
	}
	if n := count(Settings{Libraries: []string{"moby"}}, "./rule/collapse/fires"); n != 0 {
		t.Errorf("-libraries moby: %d diagnostics on docker/docker", n)
	}
	if n := count(Settings{Rules: []string{"collapse"}, Libraries: []string{"docker"}}, "./rule/collapse/fires"); n == 0 {
		t.Error("-rules collapse -libraries docker: no diagnostics")
	}
}

// TestCatalogue reads a data file of one's own: its queries, gates and nouns are as those of
// the libraries, and a fix uses its gate.
func TestCatalogue(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"own.cat", "docker.cat"} { // the second is another than the library
		own := Settings{Catalogues: []string{filepath.Join(testdata(t), "settings", name)}}
		if gated(analysistest.Run(diagnosticsOnly{t}, testdata(t), New(own), "./settings/table")) == 0 {
			t.Errorf("%s: no fix with the gate of the file", name)
		}
	}
}

// TestAspects says that a file of one's own may weaken parts of rules, too.
func TestAspects(t *testing.T) {
	t.Parallel()
	if err := (Settings{Catalogues: []string{"testdata/settings/aspects.cat"}}).Validate(); err != nil {
		t.Error(err)
	}
}

// TestEntries says that lines in the package are as those of a file, in its fixes, too, and
// where another package says something else of a call.
func TestEntries(t *testing.T) {
	t.Parallel()
	analysistest.Run(quiet{t}, testdata(t), New(Settings{}), "./own/lines/rt")
	if gated(analysistest.Run(diagnosticsOnly{t}, testdata(t), New(Settings{}), "./own/lines/use")) == 0 {
		t.Error("no fix with the gate of the lines")
	}
}

// gated counts the fixes that ask IsGone.
func gated(results []*analysistest.Result) (n int) {
	for _, result := range results {
		for _, d := range result.Diagnostics {
			for _, fix := range d.SuggestedFixes {
				for _, edit := range fix.TextEdits {
					n += strings.Count(string(edit.NewText), "IsGone(")
				}
			}
		}
	}
	return n
}

// TestBadSettings checks that each mistake is named.
func TestBadSettings(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		settings      Settings
		pattern, want string
	}{
		{Settings{Rules: []string{"colapse"}}, "", `-rules: unknown rule "colapse": have destroy, collapse, overbroad, discard, empty`},
		{Settings{Libraries: []string{"rkt"}}, "", `-libraries: unknown library "rkt": have aws, beego, ceph, cli, clusters, containerd1, containerd2, cri, cron, crossplane, devices, disks, docker, ent, files, fsouza, goframe, google, gorm, gorunc, grpc, helm, http, incus, keys, kubectl, kubernetes, ldap, libvirt, lxd, machines, moby, network, objects, openstack, orms, processes, procps, pulumi, redis, services, sql, sqlboiler, storage, swagger, switches, systemd, terraform, testcontainers, unseen, valkey, vsphere, xorm`},
		{Settings{Query: []string{"Inspect"}}, "", `-query: "Inspect" is not a full name such as example.com/rt.Inspect`},
		{Settings{NotFound: []string{"(*a.com/b.C"}}, "", `-notfound: "(*a.com/b.C" is not a full name such as (*example.com/rt.Client).Inspect`},
		{Settings{Query: []string{"(*testdata/settings/flags.Client).Look"}}, "./settings/flags", "-query: type testdata/settings/flags.Client has no method Look"},
		{Settings{Query: []string{"testdata/settings/flags.Name"}}, "./settings/flags", "-query: testdata/settings/flags.Name answers no error"},
		{Settings{Destructive: []string{"testdata/settings/flags.Lose"}}, "./settings/flags", "-destructive: package testdata/settings/flags has no Lose"},
		{Settings{Catalogues: []string{"testdata/settings/nothere.cat"}}, "", "-catalogue: open testdata/settings/nothere.cat: no such file"},
		{Settings{Catalogues: []string{"testdata/settings/wrong.cat"}}, "", `-catalogue: testdata/settings/wrong.cat:2: unknown word "queri"`},
		{Settings{Catalogues: []string{"testdata/settings/missing.cat"}}, "./settings/table", "testdata/settings/missing.cat:3: type testdata/settings/table.Client has no method Look"},
		{Settings{}, "./bad/entry", `bad/entry/entry.go:3:1: //errswallow:catalogue: unknown word "queri"`},
		{Settings{Catalogues: []string{"testdata/settings/empty.cat"}}, "", "-catalogue: testdata/settings/empty.cat:1: there is no entry in it"},
		{Settings{Catalogues: []string{"testdata/settings/weak.cat"}}, "", `-catalogue: testdata/settings/weak.cat:1: unknown rule "colapse": have destroy, `},
		{Settings{Catalogues: []string{"testdata/settings/gate.cat"}}, "./settings/table", "testdata/settings/gate.cat:2: package testdata/settings/table has no IsGonee"},
		{Settings{Catalogues: []string{"testdata/settings/out.cat"}}, "./settings/table", "testdata/settings/out.cat:1: (*testdata/settings/table.Client).Load has no argument 7: they are counted from 0"},
		{Settings{Catalogues: []string{"testdata/settings/model.cat"}}, "./settings/table", "testdata/settings/model.cat:1: what (*testdata/settings/table.Client).Load is called on has no method Model that takes anything"},
		{Settings{}, "./bad/entryname", "bad/entryname/entryname.go:3:1: //errswallow:catalogue: package testdata/bad/entryname has no Inspct"},
		{Settings{}, "./bad/entrytwice", "bad/entrytwice/entrytwice.go:6:1: //errswallow:catalogue: this package says something else of it, too: query testdata/bad/entrytwice.Inspect"},
		{Settings{}, "./bad/entryfield", "bad/entryfield/entryfield.go:5:1: //errswallow:catalogue: what testdata/bad/entryfield.Inspect answers has no error in a field N"},
		{Settings{}, "./bad/word", "bad/word/word.go:3:1: unknown directive //errswallow:querry: have query, notfound, destructive, catalogue, ignore"},
		{Settings{}, "./bad/noerror", "bad/noerror/noerror.go:3:1: //errswallow:query on Inspect, which answers no error"},
		{Settings{}, "./bad/block", "bad/block/block.go:3:1: this comment says nothing: want //errswallow:query, without a space and after //"},
		{Settings{}, "./bad/stray", "bad/stray/stray.go:5:1: //errswallow:query says nothing here: it belongs into the doc comment of a function, a method, or a method of an interface"},
		{Settings{}, "./bad/body", "bad/body/body.go:4:2: unknown directive //errswallow:forget: have query, notfound, destructive, catalogue, ignore"},
		{Settings{}, "./bad/norule", "bad/norule/norule.go:3:1: //errswallow:ignore colapse shown in a status line only names no rule: want //errswallow:ignore RULE reason, with one of destroy, collapse, overbroad, discard, empty"},
		{Settings{}, "./bad/noreason", "bad/noreason/noreason.go:11:20: //errswallow:ignore collapse gives no reason"},
		{Settings{}, "./bad/unused", "bad/unused/unused.go:3:1: //errswallow:ignore collapse suppresses nothing"},
	} {
		err := test.settings.Validate()
		if test.pattern != "" {
			if err != nil {
				t.Errorf("%v: %v before anything is loaded", test.settings, err)
			}
			err = analyze(t, test.settings, test.pattern)
		}
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%+v: error %v, want %s", test.settings, err, test.want)
		}
	}
}

// TestIgnored says that a comment about a rule which is not applied is not
// reported: nobody knows what it would suppress.
func TestIgnored(t *testing.T) {
	t.Parallel()
	for _, s := range []Settings{{Rules: []string{"empty"}}, {Libraries: []string{"moby"}}} {
		if err := analyze(t, s, "./bad/unused"); err != nil {
			t.Errorf("%+v: %v", s, err)
		}
	}
}

// analyze returns what the pass says is misused in a package of testdata.
func analyze(t *testing.T, s Settings, pattern string) error {
	t.Helper()
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadSyntax, Dir: testdata(t)}, pattern)
	if err != nil {
		t.Fatal(err)
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{New(s)}, pkgs, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range graph.Roots[0].Diagnostics {
		if d.Category == "setting" || d.Category == "directive" {
			return fmt.Errorf("%s: %s", pkgs[0].Fset.Position(d.Pos), d.Message)
		}
	}
	return graph.Roots[0].Err
}

// TestGate counts the packages whose SSA is built: those that call a client, or
// something that does, and no others. It is not parallel: it counts for all.
func TestGate(t *testing.T) {
	count := func(patterns ...string) int64 {
		before := built.Load()
		analysistest.Run(quiet{t}, testdata(t), New(Settings{}), patterns...)
		return built.Load() - before
	}
	if n := count("./gate/plain"); n != 0 {
		t.Errorf("a package that calls no client: SSA was built %d times", n)
	}
	if n := count("./gate/imports"); n != 0 {
		t.Errorf("a package that imports a client and asks it nothing: SSA was built %d times", n)
	}
	if n := count("./fact/state"); n != 1 {
		t.Errorf("a package that asks: SSA was built %d times", n)
	}
}

// flagLines returns the names of an analyzer's flags.
func flagLines(a *analysis.Analyzer) []string {
	var names []string
	a.Flags.VisitAll(func(f *flag.Flag) { names = append(names, f.Name) })
	return names
}
