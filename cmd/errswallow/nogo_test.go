package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/errswallow/errswallow/internal/clitest"
)

// TestNogo drives the pass as Bazel's nogo does: a process for each package, which
// sees its sources, the export data of what it imports, and the facts of that as
// files; nothing says which module a package belongs to, and packages of others
// are analysed for their facts. Workers take packages in any order that builds
// them. The diagnostics are those of the vet tool.
func TestNogo(t *testing.T) {
	t.Parallel()
	clitest.Slow(t, "starts a process for each of some 200 packages, twice")
	const testdata = "../../analyzer/testdata"
	patterns := []string{"./fact/...", "./rule/...", "./own/...", "./gate/..."}
	_, vetted, _ := run(t, testdata, "go", append([]string{"vet", "-vettool=" + command}, patterns...)...)
	want := slices.DeleteFunc(diagnosed(vetted), func(d string) bool { return strings.Contains(d, "_test.go:") }) // a library has none
	if len(want) < 50 {
		t.Fatalf("only %d diagnostics of the vet tool:\n%s", len(want), vetted)
	}
	units := listUnits(t, testdata, patterns)
	for range 2 {
		seed := rand.Uint64()
		if got := diagnosed(analyseUnits(t, units, seed)); !slices.Equal(got, want) {
			t.Errorf("order %d: %d diagnostics, %d of the vet tool:\n%s\n\n%s", seed, len(got), len(want), strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
}

// diagnosed returns the diagnostics in what a driver prints, without folders.
func diagnosed(out string) []string {
	var found []string
	for _, m := range regexp.MustCompile(`(?m)^\S*?(\w+/\w+\.go:\d+:\d+: .* \(\w+\))$`).FindAllStringSubmatch(out, -1) {
		found = append(found, m[1])
	}
	slices.Sort(found)
	return found
}

// A goUnit is what go list says of a package.
type goUnit struct {
	ImportPath, Dir, Export  string
	CompiledGoFiles, Imports []string
	ImportMap                map[string]string
	Standard, DepOnly        bool
}

func listUnits(t *testing.T, dir string, patterns []string) map[string]*goUnit {
	t.Helper()
	args := append([]string{"list", "-deps", "-export", "-compiled", "-json=ImportPath,Dir,Export,CompiledGoFiles,Imports,ImportMap,Standard,DepOnly"}, patterns...)
	// Without cgo: what it writes imports packages that no source file names.
	stdout, stderr, status := run(t, dir, "env", append([]string{"CGO_ENABLED=0", "go"}, args...)...)
	if status != 0 {
		t.Fatal(stderr)
	}
	units := map[string]*goUnit{}
	for dec := json.NewDecoder(strings.NewReader(stdout)); ; {
		u := &goUnit{}
		if err := dec.Decode(u); err == io.EOF {
			return units
		} else if err != nil {
			t.Fatal(err)
		}
		units[u.ImportPath] = u
	}
}

// analyseUnits analyses packages once those that they import are, and returns what
// is printed.
func analyseUnits(t *testing.T, units map[string]*goUnit, seed uint64) string {
	t.Helper()
	facts := t.TempDir()
	random := rand.New(rand.NewPCG(seed, 0))
	var waiting []*goUnit
	done := map[string]bool{"unsafe": true, "C": true}
	for path, u := range units {
		if !done[path] {
			waiting = append(waiting, u)
		}
	}
	slices.SortFunc(waiting, func(a, b *goUnit) int { return strings.Compare(a.ImportPath, b.ImportPath) })
	var printed strings.Builder
	for len(waiting) > 0 {
		random.Shuffle(len(waiting), func(i, j int) { waiting[i], waiting[j] = waiting[j], waiting[i] })
		ready := slices.DeleteFunc(slices.Clone(waiting), func(u *goUnit) bool {
			return slices.ContainsFunc(u.Imports, func(path string) bool { return !done[path] })
		})
		if len(ready) == 0 {
			t.Fatal("packages import each other")
		}
		var workers sync.WaitGroup
		var mu sync.Mutex
		for _, u := range ready[:min(4, len(ready))] {
			workers.Go(func() {
				out := analyseUnit(t, units, u, facts)
				mu.Lock()
				defer mu.Unlock()
				printed.WriteString(out)
				done[u.ImportPath] = true
			})
		}
		workers.Wait()
		waiting = slices.DeleteFunc(waiting, func(u *goUnit) bool { return done[u.ImportPath] })
	}
	return printed.String()
}

// analyseUnit analyses one package in a folder of its own.
func analyseUnit(t *testing.T, units map[string]*goUnit, u *goUnit, facts string) string {
	file := func(path string) string { return filepath.Join(facts, fmt.Sprintf("%x.facts", path)) }
	config := map[string]any{
		"ID": u.ImportPath, "Compiler": "gc", "Dir": u.Dir, "ImportPath": u.ImportPath,
		"GoVersion": "go1.26", "VetxOutput": file(u.ImportPath), "VetxOnly": u.DepOnly,
	}
	var files []string
	for _, name := range u.CompiledGoFiles {
		if !filepath.IsAbs(name) {
			name = filepath.Join(u.Dir, name)
		}
		if strings.HasSuffix(name, ".go") {
			files = append(files, name)
		}
	}
	importMap, exports, imported := map[string]string{}, map[string]string{}, map[string]string{}
	for path, actual := range u.ImportMap {
		importMap[path] = actual
	}
	for path := range units {
		if importMap[path] == "" {
			importMap[path] = path
		}
		exports[path] = units[path].Export
	}
	for _, path := range u.Imports {
		if path != "unsafe" && path != "C" {
			imported[path] = file(path)
		}
	}
	config["GoFiles"], config["ImportMap"], config["PackageFile"], config["PackageVetx"] = files, importMap, exports, imported
	text, err := json.Marshal(config)
	if err != nil {
		t.Error(err)
	}
	dir, err := os.MkdirTemp(facts, "worker")
	if err != nil {
		t.Error(err)
	}
	name := filepath.Join(dir, "unit.cfg")
	if err := os.WriteFile(name, text, 0o644); err != nil {
		t.Error(err)
	}
	cmd := exec.Command(command, name)
	cmd.Dir, cmd.Env = dir, []string{"PATH=" + os.Getenv("PATH"), "HOME=" + dir}
	out, err := cmd.CombinedOutput()
	if err != nil && (cmd.ProcessState.ExitCode() != 1 || len(diagnosed(string(out))) == 0) {
		t.Errorf("%s: %v\n%s", u.ImportPath, err, out)
	}
	return string(out)
}
