package main

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/errswallow/errswallow/internal/clitest"
)

const (
	asks     = "func Inspect(id string) error { return exec.Command(\"docker\", \"inspect\", id).Run() }\n"
	isUp     = "func IsUp(id string) bool { return Inspect(id) == nil }\n"
	usesLib  = "package m\n\nimport \"example.com/lib\"\n\nfunc IsUp(id string) bool { return lib.Inspect(id) == nil }\n"
	lib      = "package lib\n\nimport \"os/exec\"\n\n" + asks + "\nfunc Exists(id string) bool { return Inspect(id) == nil }\n"
	requires = "module example.com/m\n\ngo 1.26.0\n\nrequire example.com/lib v1.0.0\n"
)

// trees are modules of every kind: in which folder the command runs, with which
// arguments, and how much it finds.
var trees = map[string]struct {
	files map[string]string
	dir   string
	args  []string
	want  []string
}{
	"replaced by a folder": {
		map[string]string{
			"m/go.mod": requires + "\nreplace example.com/lib => ../lib\n", "m/m.go": usesLib,
			"lib/go.mod": "module example.com/lib\n\ngo 1.26.0\n", "lib/lib.go": lib,
		},
		"m", []string{"./...", "example.com/lib"}, []string{"../lib/lib.go:7:31", "m.go:5:29"},
	},
	"workspace": {
		map[string]string{
			"go.work":  "go 1.26.0\n\nuse (\n\t./m\n\t./lib\n)\n",
			"m/go.mod": "module example.com/m\n\ngo 1.26.0\n", "m/m.go": usesLib,
			"lib/go.mod": "module example.com/lib\n\ngo 1.26.0\n", "lib/lib.go": lib,
		},
		".", []string{"./m", "./lib"}, []string{"lib/lib.go:7:31", "m/m.go:5:29"},
	},
	"vendored": {
		map[string]string{
			"go.mod": requires, "m.go": usesLib, "n/n.go": "package n\n\nimport \"os/exec\"\n\n" + asks + isUp,
			"vendor/modules.txt": "# example.com/lib v1.0.0\n## explicit\nexample.com/lib\n", "vendor/example.com/lib/lib.go": lib,
		},
		".", []string{"./..."}, []string{"n/n.go:6:29"},
	},
	"build tags": {
		map[string]string{
			"go.mod": "module example.com/m\n\ngo 1.26.0\n", "m.go": "package m\n\nimport \"os/exec\"\n\n" + asks,
			"tagged.go": "//go:build tagged\n\npackage m\n\n" + isUp, "untagged.go": "//go:build !tagged\n\npackage m\n\nfunc IsOff(id string) bool { return Inspect(id) != nil }\n",
		},
		".", []string{"-tags=tagged", "./..."}, []string{"tagged.go:5:29"},
	},
	"cgo": {
		map[string]string{
			"go.mod": "module example.com/m\n\ngo 1.26.0\n",
			"m.go":   "package m\n\n// static int one(void) { return 1; }\nimport \"C\"\n\nimport \"os/exec\"\n\n" + asks + isUp + "\nfunc IsOne(id string) bool { return C.one() == 1 && Inspect(id) == nil }\n",
		},
		".", []string{"./..."}, []string{"m.go:11:30", "m.go:9:29"},
	},
	"tests only": {
		map[string]string{
			".errswallow.yaml": "evidence: possible\n", // it is no more
			"go.mod":           "module example.com/m\n\ngo 1.26.0\n", "m.go": "package m\n\nimport \"os/exec\"\n\n" + asks,
			"m_test.go": "package m\n\n" + isUp, "x_test.go": "package m_test\n\nimport . \"example.com/m\"\n\nfunc IsOn(id string) bool { return Inspect(id) == nil }\n",
		},
		".", []string{"./..."}, []string{"m_test.go:3:29", "x_test.go:5:29"},
	},
	"func literals": {
		map[string]string{
			"go.mod": "module example.com/m\n\ngo 1.26.0\n",
			"m.go":   "package m\n\nimport \"os/exec\"\n\n" + asks + "\nvar isUp = func(id string) bool { return Inspect(id) == nil }\n\nvar checks = []func(string) bool{func(id string) bool { return Inspect(id) == nil }}\n",
		},
		".", []string{"./..."}, []string{"m.go:7:35", "m.go:9:57"},
	},
	"decorators": {
		map[string]string{
			"go.mod":      "module example.com/m\n\ngo 1.26.0\n",
			"before/m.go": "package m\n\nimport \"os/exec\"\n\n" + asks + "\ntype runtime interface{ Inspect(string) error }\n\ntype docker struct{}\n\nfunc (docker) Inspect(id string) error { return Inspect(id) }\n\ntype logged struct{ runtime }\n\nfunc (l logged) Inspect(id string) error { return l.runtime.Inspect(id) }\n\nfunc New() runtime { return logged{docker{}} }\n\nfunc IsUp(l logged, id string) bool { return l.Inspect(id) == nil }\n",
		},
		".", []string{"./..."}, []string{"before/m.go:19:39"},
	},
	"line directives": {
		map[string]string{
			"go.mod": "module example.com/m\n\ngo 1.26.0\n",
			"m.go":   "package m\n\nimport \"os/exec\"\n\n" + asks + "\n//line template.go:40:1\n" + isUp,
		},
		".", []string{"./..."}, []string{"template.go:40:29"},
	},
}

// TestSameTrees compares what the command says of a module alone and as a vet tool.
func TestSameTrees(t *testing.T) {
	clitest.Slow(t, "runs the command and go vet over trees of every kind")
	t.Parallel()
	for name, tree := range trees {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			for name, text := range tree.files {
				clitest.Write(t, filepath.Join(dir, name), text)
			}
			dir = filepath.Join(dir, tree.dir)
			alone, stderr, _ := run(t, dir, command, tree.args...)
			if stderr != "" {
				t.Error(stderr)
			}
			_, vetted, _ := run(t, dir, "go", append([]string{"vet", "-vettool=" + command}, tree.args...)...)
			here := func(out string) []string { return found(strings.ReplaceAll(out, filepath.Dir(dir)+"/", "../")) }
			got, same := here(alone), here(vetted)
			if !slices.Equal(got, same) {
				t.Errorf("alone:\n%s\n\nas a vet tool:\n%s\n\n%s", strings.Join(got, "\n"), strings.Join(same, "\n"), vetted)
			}
			var at []string
			for _, line := range got {
				where, _, _ := strings.Cut(line, ": ")
				at = append(at, where)
			}
			if !slices.Equal(at, tree.want) {
				t.Errorf("%v, want %v", at, tree.want)
			}
		})
	}
}

var everyLibrary = flag.Bool("libraries", false, "run over the cases of every library")

// TestSameLibraries runs the command over the cases of each library that must not fire: of
// packages that others import it knows what these mention of them only, where the tests of
// the analyzer know all. As a vet tool it runs over one: go vet compiles what is imported.
func TestSameLibraries(t *testing.T) {
	t.Parallel()
	modules, err := filepath.Glob("../../analyzer/libraries/*/testdata/go.mod")
	if err != nil || len(modules) == 0 {
		t.Fatal(err, "no libraries")
	}
	for _, module := range modules {
		dir := filepath.Dir(module)
		if name := filepath.Base(filepath.Dir(dir)); !*everyLibrary && name != "cli" && name != "docker" {
			continue // make libraries has the modules
		}
		if _, err := os.Stat(filepath.Join(dir, "silent")); err != nil {
			continue
		}
		t.Run(filepath.Base(filepath.Dir(dir)), func(t *testing.T) {
			t.Parallel()
			if out, stderr, status := run(t, dir, command, "./silent/..."); status != 0 {
				t.Errorf("alone:\n%s%s", out, stderr)
			}
			if filepath.Base(filepath.Dir(dir)) != "redis" {
				return
			}
			if out, stderr, status := run(t, dir, "go", "vet", "-vettool="+command, "./silent/..."); status != 0 {
				t.Errorf("as a vet tool:\n%s%s", out, stderr)
			}
		})
	}
}
