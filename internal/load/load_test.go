package load_test

import (
	"bytes"
	"fmt"
	"go/ast"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"

	"github.com/errswallow/errswallow/internal/load"
)

// TestMain is the toolchain that compiles nothing when the go command runs it.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "toolexec" {
		os.Exit(load.Refuse(os.Args[2:]))
	}
	os.Exit(m.Run())
}

// module writes a module and returns its folder.
func module(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// loaded loads packages of a folder, without compiling anything.
func loaded(t *testing.T, dir string, config load.Config, patterns ...string) (*load.Result, error) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	config.Dir, config.Compiler = dir, []string{self, "toolexec"}
	return load.Packages(config, patterns...)
}

// whole loads packages with which nothing is wrong.
func whole(t *testing.T, dir string, config load.Config, patterns ...string) []*packages.Package {
	t.Helper()
	result, err := loaded(t, dir, config, patterns...)
	if err != nil {
		t.Fatal(err)
	}
	if len(result.Losses)+len(result.Notes) > 0 {
		t.Errorf("%+v, %v", result.Losses, result.Notes)
	}
	return result.Packages
}

var twoPackages = map[string]string{
	"go.mod":         "module two\n\ngo 1.26.0\n",
	"a/a.go":         "package a\n\nimport (\n\t\"net/http\"\n\t\"two/b\"\n)\n\nfunc A() (*http.Client, string) { return nil, b.B() }\n",
	"a/a_test.go":    "package a\n\nimport \"testing\"\n\nfunc TestA(t *testing.T) { A() }\n",
	"a/x_test.go":    "package a_test\n\nimport (\n\t\"testing\"\n\t\"two/a\"\n)\n\nfunc TestX(t *testing.T) { a.A() }\n",
	"a/a_windows.go": "package a\n\nvar Windows = 1\n",
	"a/a_tagged.go":  "//go:build tagged\n\npackage a\n\nfunc Tagged() {}\n",
	"b/b.go":         "package b\n\nfunc B() string { return \"b\" }\n",
}

// TestPackages loads with an empty build cache and with the user's: the same
// packages with the same types, and in the empty one nothing is compiled.
func TestPackages(t *testing.T) {
	dir := module(t, twoPackages)
	list := func() string {
		pkgs := whole(t, dir, load.Config{Tests: true}, "./...")
		var out []string
		for _, p := range pkgs {
			var imports []string
			for path := range p.Imports {
				imports = append(imports, path)
			}
			slices.Sort(imports)
			out = append(out, fmt.Sprintf("%s: %d files, imports %v", p.ID, len(p.Syntax), imports))
			if fn := p.Types.Scope().Lookup("A"); fn != nil {
				out = append(out, fn.String())
			}
		}
		slices.Sort(out)
		return strings.Join(out, "\n")
	}
	const want = `func two/a.A() (*net/http.Client, string)
two/a [two/a.test]: 2 files, imports [two/b]
two/a_test [two/a.test]: 1 files, imports [two/a]
two/b: 1 files, imports []`
	if got := list(); got != want {
		t.Errorf("with the user's cache:\n%s\nwant:\n%s", got, want)
	}
	cache := t.TempDir()
	t.Setenv("GOCACHE", cache)
	if got := list(); got != want {
		t.Errorf("with an empty cache:\n%s\nwant:\n%s", got, want)
	}
	filepath.Walk(cache, func(name string, info os.FileInfo, err error) error {
		if text, _ := os.ReadFile(name); strings.HasPrefix(string(text), "!<arch>") {
			t.Errorf("%s: something was compiled", name)
		}
		return nil
	})
}

// TestTags loads what a build tag adds, and no tests when they are not asked for.
func TestTags(t *testing.T) {
	t.Parallel()
	dir := module(t, twoPackages)
	pkgs := whole(t, dir, load.Config{Tags: "tagged"}, "./a")
	if len(pkgs) != 1 || pkgs[0].Types.Scope().Lookup("Tagged") == nil || pkgs[0].Types.Scope().Lookup("TestA") != nil {
		t.Errorf("%v", pkgs)
	}
}

// TestCgo loads a package whose files are Go only once cgo has run.
func TestCgo(t *testing.T) {
	t.Parallel()
	dir := module(t, map[string]string{
		"go.mod": "module usescgo\n\ngo 1.26.0\n",
		"c.go":   "package usescgo\n\n// static int three(void) { return 3; }\nimport \"C\"\n\nfunc Three() int { return int(C.three()) }\n",
	})
	pkgs := whole(t, dir, load.Config{}, ".")
	if pkgs[0].Types.Scope().Lookup("Three") == nil {
		t.Error("no Three")
	}
}

// TestWorkspace loads what two modules of a workspace know of each other.
func TestWorkspace(t *testing.T) {
	t.Parallel()
	dir := module(t, map[string]string{
		"go.work":  "go 1.26.0\n\nuse (\n\t./m\n\t./n\n)\n",
		"m/go.mod": "module example.com/m\n\ngo 1.26.0\n",
		"m/m.go":   "package m\n\nimport \"example.com/n\"\n\nvar M = n.N()\n",
		"n/go.mod": "module example.com/n\n\ngo 1.26.0\n",
		"n/n.go":   "package n\n\nfunc N() int { return 1 }\n",
	})
	pkgs := whole(t, dir, load.Config{}, "./m")
	dep := pkgs[0].Imports["example.com/n"]
	if dep == nil || len(dep.Syntax) != 1 {
		t.Errorf("the other module of the workspace is not loaded from source: %v", dep)
	}
}

// TestNothing is what leaves nothing to analyse: one line says why.
func TestNothing(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		files         map[string]string
		pattern, want string
	}{
		"no such folder": {map[string]string{"a.go": "package a\n"}, "./nowhere", "nowhere: directory not found"},
		"nothing there":  {map[string]string{"a/README": ""}, "./...", "no Go packages match ./..."},
		"go.mod":         {map[string]string{"go.mod": "modul m\n", "a.go": "package a\n"}, ".", "go.mod:1: unknown directive: modul"},
		"no Go":          {map[string]string{"a.go": "packag a\n"}, ".", "a.go:1:1: expected 'package'"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if test.files["go.mod"] == "" {
				test.files["go.mod"] = "module m\n\ngo 1.26.0\n"
			}
			_, err := loaded(t, module(t, test.files), load.Config{}, test.pattern)
			if err == nil || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("%v\nwant %s", err, test.want)
			}
		})
	}
}

// TestRefused is what the go command answers nothing to.
func TestRefused(t *testing.T) {
	newer := map[string]string{"go.mod": "module m\n\ngo 1.9999.0\n", "m.go": "package m\n"}
	for _, test := range []struct {
		variable, value string
		files           map[string]string
		want            string
	}{
		{"GOCACHE", "off", twoPackages, "build cache is disabled by GOCACHE=off"},
		{"GOTOOLCHAIN", "local", newer, "GOTOOLCHAIN=local); install that Go, or have the go command fetch it with GOTOOLCHAIN=auto"},
	} {
		t.Run(test.variable, func(t *testing.T) {
			t.Setenv(test.variable, test.value)
			_, err := loaded(t, module(t, test.files), load.Config{}, "./...")
			if err == nil || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("%v\nwant %s", err, test.want)
			}
		})
	}
}

// TestFaults is what costs a part of a package: what is wrong, each in one line, and
// what is left out for it.
func TestFaults(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		files  map[string]string
		faults []string
		lost   []string // functions
	}{
		"syntax": {
			map[string]string{"a.go": "package a\n\nfunc F() {\n\tif {\n\t}\n}\n\nfunc G() {}\n"},
			[]string{"a.go:4:5: missing condition in if statement"}, []string{"m.F"},
		},
		"types": {
			map[string]string{"a.go": "package a\n\nfunc F() int { return \"\" }\n\nfunc G() string {\n\tn := 1\n\treturn \"\"\n}\n"},
			[]string{"a.go:3:23: cannot use", "a.go:6:2: declared and not used: n"}, []string{"m.F"},
		},
		"twice": {
			map[string]string{"a.go": "package a\n\nfunc F() {}\n", "b.go": "package a\n\nfunc F() {}\n"},
			[]string{"a.go:3:6: other declaration of F"}, []string{"m.F"},
		},
		"import": {
			map[string]string{"a.go": "package a\n\nimport \"example.com/nowhere\"\n\nfunc F() { nowhere.F() }\n\nfunc G() {}\n"},
			[]string{"a.go:3:8: could not import example.com/nowhere (no required module provides package example.com/nowhere; to add it: go get example.com/nowhere)"}, []string{"m.F"},
		},
		"generated": {
			map[string]string{"go.mod": "module example.com/m\n\ngo 1.26.0\n", "a.go": "package a\n\nimport \"example.com/m/gen\"\n\nfunc F() { gen.F() }\n\nfunc G() {}\n"},
			[]string{"a.go:3:8: could not import example.com/m/gen (there is no such package in this module)"}, []string{"example.com/m.F"},
		},
		"cycle": {
			map[string]string{"a/a.go": "package a\n\nimport \"m/b\"\n\nfunc F() { b.F() }\n", "b/b.go": "package b\n\nimport \"m/a\"\n\nfunc F() { a.F() }\n"},
			[]string{"import cycle not allowed: import stack: [m/a m/b m/a]", "a.go:3:8: could not import m/b"}, []string{"m/a.F"},
		},
		"embedded file": {
			map[string]string{"a.go": "package a\n\nimport _ \"embed\"\n\n//go:embed dist\nvar dist string\n\nfunc F() string { return dist }\n"},
			[]string{"a.go:5:12: pattern dist: no matching files found"}, nil,
		},
		"own dependency": {
			map[string]string{"a.go": "package a\n\nimport \"m/b\"\n\nfunc F() { b.F(); b.G() }\n\nfunc H() { b.F() }\n", "b/b.go": "package b\n\nfunc F() {}\n\nfunc G() missing { return 1 }\n"},
			[]string{"b.go:5:10: undefined: missing"}, []string{"m.F", "m/b.G"},
		},
		"cgo": {
			map[string]string{"a.go": "package a\n\n// #include <no/such/header.h>\nimport \"C\"\n\nfunc F() { C.f() }\n\nfunc G() {}\n"},
			[]string{"a.go:3:11: fatal error: no/such/header.h: No such file or directory"}, []string{"m.F"},
		},
		"pkg-config": {
			map[string]string{"a.go": "package a\n\n// #cgo pkg-config: no-such-library\nimport \"C\"\n\nfunc F() { C.f() }\n\nfunc G() {}\n"},
			[]string{"pkg-config"}, []string{"m.F"},
		},
		"test": {
			map[string]string{"a.go": "package a\n\nfunc F() {}\n", "a_test.go": "package a\n\nfunc G() { H() }\n", "x_test.go": "package a_test\n\nimport \"m\"\n\nfunc I() { a.J() }\n"},
			[]string{"a_test.go:3:12: undefined: H", "x_test.go:5:14: undefined: a.J"}, []string{"m.G", "m_test.I"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if test.files["go.mod"] == "" {
				test.files["go.mod"] = "module m\n\ngo 1.26.0\n"
			}
			result, err := loaded(t, module(t, test.files), load.Config{Tests: true}, "./...")
			if err != nil {
				t.Fatal(err)
			}
			var faults, lost []string
			for _, l := range result.Losses {
				for _, f := range l.Faults {
					faults = append(faults, f.String())
				}
				for _, f := range l.Functions {
					lost = append(lost, f.Name)
				}
			}
			if len(faults) != len(test.faults) || !slices.Equal(lost, test.lost) {
				t.Errorf("%d faults:\n%s\nlost: %v", len(faults), strings.Join(faults, "\n"), lost)
			}
			for i, want := range test.faults {
				if i < len(faults) && (!strings.Contains(faults[i], want) || strings.Contains(faults[i], "\n")) {
					t.Errorf("%q\nwant %s", faults[i], want)
				}
			}
		})
	}
}

// TestTidy loads a module whose go.mod lacks what it requires by what it requires: a copy
// gets it, and go.mod stays as it is.
func TestTidy(t *testing.T) {
	t.Parallel()
	gomod := "module m\n\ngo 1.26.0\n\nrequire example.com/a v1.0.0\n\nreplace (\n\texample.com/a => ./a\n\texample.com/b => ./b\n)\n"
	dir := module(t, map[string]string{
		"go.mod":   gomod,
		"m.go":     "package m\n\nimport \"example.com/a\"\n\nfunc F() { a.F() }\n",
		"a/go.mod": "module example.com/a\n\ngo 1.26.0\n\nrequire example.com/b v1.0.0\n",
		"a/a.go":   "package a\n\nimport \"example.com/b\"\n\nfunc F() { b.F() }\n",
		"b/go.mod": "module example.com/b\n\ngo 1.26.0\n",
		"b/b.go":   "package b\n\nfunc F() {}\n",
	})
	result, err := loaded(t, dir, load.Config{}, "./...")
	if err != nil {
		t.Fatal(err)
	}
	if len(result.Packages) != 1 || len(result.Losses) != 0 || len(result.Notes) != 1 || !strings.Contains(result.Notes[0], "go mod tidy") {
		t.Errorf("%d packages, losses %v, notes %q", len(result.Packages), result.Losses, result.Notes)
	}
	if text, err := os.ReadFile(filepath.Join(dir, "go.mod")); err != nil || string(text) != gomod {
		t.Errorf("go.mod has become %q, %v", text, err)
	}
}

// TestUnreachable loads a module, alone and in a workspace, that requires one whose go.mod
// nobody hands out: in a workspace the go command finds none of the others then, either.
func TestUnreachable(t *testing.T) {
	t.Setenv("GOPROXY", "off")
	t.Setenv("GOFLAGS", "-mod=readonly")
	files := map[string]string{
		"go.mod":   "module example.com/m\n\ngo 1.26.0\n\nrequire (\n\texample.com/a v1.0.0\n\texample.com/private v1.0.0\n)\n\nreplace example.com/a => ./a\n",
		"go.sum":   "example.com/private v1.0.0 h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\nexample.com/private v1.0.0/go.mod h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
		"m.go":     "package m\n\nimport (\n\t\"example.com/a\"\n\t\"example.com/private\"\n)\n\nfunc F() { a.F(); private.F() }\n",
		"a/go.mod": "module example.com/a\n\ngo 1.26.0\n",
		"a/a.go":   "package a\n\nfunc F() {}\n",
	}
	alone := files["go.mod"]
	for _, test := range []struct{ name, replace, work string }{
		{"alone", "", ""},
		{"replaced", "replace example.com/private v1.0.0 => example.com/fork v1.0.0", ""},
		{"workspace", "", "go 1.26.0\n\nuse .\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			work := test.work
			if files["go.mod"] = alone + test.replace; work != "" {
				files["go.work"] = work
			}
			dir := module(t, files)
			result, err := loaded(t, dir, load.Config{}, "./...")
			if err != nil {
				t.Fatal(err)
			}
			said := len(result.Notes) == 1 && strings.Contains(result.Notes[0], "example.com/private@v1.0.0 cannot be downloaded")
			if len(result.Packages) != 1 || work != "" && !said {
				t.Fatalf("%d packages, notes %q", len(result.Packages), result.Notes)
			}
			if dep := result.Packages[0].Imports["example.com/a"]; dep == nil || dep.Types == nil || dep.Types.Scope().Lookup("F") == nil {
				t.Errorf("example.com/a was not loaded: %v", result.Losses)
			}
			if text, err := os.ReadFile(filepath.Join(dir, "go.mod")); err != nil || string(text) != files["go.mod"] {
				t.Errorf("go.mod has become %q, %v", text, err)
			}
		})
	}
}

// TestVendor loads a module whose vendor folder is not what go.mod asks for.
func TestVendor(t *testing.T) {
	t.Parallel()
	dir := module(t, map[string]string{
		"go.mod":             "module m\n\ngo 1.26.0\n\nrequire example.com/v v1.1.0\n\nreplace example.com/v => ./v\n",
		"m.go":               "package m\n\nimport \"example.com/v\"\n\nfunc F() { v.F() }\n",
		"v/go.mod":           "module example.com/v\n\ngo 1.26.0\n",
		"v/v.go":             "package v\n\nfunc F() {}\n",
		"vendor/modules.txt": "# example.com/v v1.0.0\n## explicit\nexample.com/v\n",
	})
	result, err := loaded(t, dir, load.Config{}, "./...")
	if err != nil {
		t.Fatal(err)
	}
	if len(result.Packages) != 1 || len(result.Losses) != 0 || len(result.Notes) != 1 || !strings.Contains(result.Notes[0], "vendor is left aside") {
		t.Errorf("%+v", result)
	}
	if dep := result.Packages[0].Imports["example.com/v"]; dep == nil || len(dep.Syntax) != 1 {
		t.Errorf("a module that a folder replaces is not the user's own: %v", dep)
	}
}

// TestExecutes parses the bodies of a package that is executed, of those that import it,
// and of one that has a directive; of others it loads what they declare.
func TestExecutes(t *testing.T) {
	t.Parallel()
	dir := module(t, map[string]string{
		"go.mod":           "module m\n\ngo 1.26.0\n",
		"asks/a.go":        "package asks\n\nfunc F() { _ = 1 }\n",
		"user/u.go":        "package user\n\nimport \"m/asks\"\n\nfunc F() { asks.F() }\n",
		"directed/d.go":    "package directed\n\ntype T struct{}\n\n//errswallow:query\nfunc F() error { return nil }\n",
		"indifferent/i.go": "package indifferent\n\nvar Table = map[string]int{\n\t\"a\": 1,\n}\n\nfunc F() string {\n\treturn 1\n}\n\ntype T struct{ N int }\n",
	})
	config := load.Config{
		Executes: func(p *packages.Package) bool { return p.PkgPath == "m/asks" },
		Concerns: func(text []byte) bool { return bytes.Contains(text, []byte("errswallow:")) },
	}
	for _, p := range whole(t, dir, config, "./...") {
		statements := 0
		for _, file := range p.Syntax {
			for _, decl := range file.Decls {
				if decl, ok := decl.(*ast.FuncDecl); ok {
					statements += len(decl.Body.List)
				}
			}
		}
		if want := p.PkgPath != "m/indifferent"; (statements > 0) != want {
			t.Errorf("%s: %d statements", p.PkgPath, statements)
		}
		if p.PkgPath == "m/indifferent" {
			last := p.Types.Scope().Lookup("T")
			if line := p.Fset.Position(last.Pos()).Line; line != 11 || p.Types.Scope().Lookup("Table").Type().String() != "map[string]int" {
				t.Errorf("%v at line %d", last, line)
			}
		}
	}
}
