package load_test

import (
	"fmt"
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

func packagesOf(t *testing.T, dir string, config load.Config, patterns ...string) ([]*packages.Package, error) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	config.Dir, config.Compiler = dir, []string{self, "toolexec"}
	return load.Packages(config, patterns...)
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
		pkgs, err := packagesOf(t, dir, load.Config{Tests: true}, "./...")
		if err != nil {
			t.Fatal(err)
		}
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
	pkgs, err := packagesOf(t, dir, load.Config{Tags: "tagged"}, "./a")
	if err != nil {
		t.Fatal(err)
	}
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
	pkgs, err := packagesOf(t, dir, load.Config{}, ".")
	if err != nil {
		t.Fatal(err)
	}
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
	pkgs, err := packagesOf(t, dir, load.Config{}, "./m")
	if err != nil {
		t.Fatal(err)
	}
	dep := pkgs[0].Imports["example.com/n"]
	if dep == nil || len(dep.Syntax) != 1 {
		t.Errorf("the other module of the workspace is not loaded from source: %v", dep)
	}
}

// TestErrors is what is wrong with packages: every place, in order.
func TestErrors(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		files   map[string]string
		pattern string
		want    []string
	}{
		"syntax":         {map[string]string{"a.go": "package a\n\nfunc {\n"}, ".", []string{"a.go:3:6: "}},
		"types":          {map[string]string{"a.go": "package a\n\nvar a int = \"\"\nvar b string = 1\n"}, ".", []string{"a.go:3:13: cannot use", "a.go:4:16: cannot use"}},
		"import":         {map[string]string{"a.go": "package a\n\nimport _ \"example.com/nowhere\"\n"}, ".", []string{"a.go:3:8: ", "example.com/nowhere"}},
		"cycle":          {map[string]string{"a/a.go": "package a\n\nimport _ \"m/b\"\n", "b/b.go": "package b\n\nimport _ \"m/a\"\n"}, "./...", []string{"import cycle not allowed"}},
		"own dependency": {map[string]string{"a/a.go": "package a\n\nimport _ \"m/b\"\n", "b/b.go": "package b\n\nvar b int = \"\"\n"}, "./a", []string{"b.go:3:13: cannot use"}},
		"no such folder": {map[string]string{"a.go": "package a\n"}, "./nowhere", []string{"nowhere"}},
		"nothing there":  {map[string]string{"a/README": ""}, "./...", []string{"no Go packages match ./..."}},
		"go.mod":         {map[string]string{"go.mod": "modul m\n", "a.go": "package a\n"}, ".", []string{"go.mod:1: unknown directive: modul"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if test.files["go.mod"] == "" {
				test.files["go.mod"] = "module m\n\ngo 1.26.0\n"
			}
			_, err := packagesOf(t, module(t, test.files), load.Config{}, test.pattern)
			if err == nil {
				t.Fatal("no error")
			}
			for _, want := range test.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("%v\nwant %s", err, want)
				}
			}
		})
	}
}
