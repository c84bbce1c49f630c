package main

import (
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/errswallow/errswallow/internal/clitest"
)

// TestCached runs the command twice over each tree that something is wrong with, or that
// is odd otherwise: the second time it says what it said the first time, in every form.
func TestCached(t *testing.T) {
	clitest.Slow(t, "runs the command a hundred times")
	t.Parallel()
	every := [][]string{nil, {"-json"}, {"-sarif=-"}, {"-format=github"}, {"-c=2"}, {"-diff"}, {"-verbose"}, {"-test=false"}}
	try := func(t *testing.T, dir string, env, args []string) {
		env = append(env, "ERRSWALLOW_CACHE="+t.TempDir())
		for _, form := range every {
			args := append(form[:len(form):len(form)], args...)
			stdout, stderr, status := clitest.Run(t, dir, env, command, append([]string{"-cache=off"}, args...)...)
			for _, which := range []string{"first", "second"} {
				if out, errs, s := clitest.Run(t, dir, env, command, args...); out != stdout || errs != stderr || s != status {
					t.Errorf("%v, the %s time: status %d\n%s%s\nwithout a cache: status %d\n%s%s", args, which, s, out, errs, status, stdout, stderr)
				}
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(causes)) {
		cause := causes[name]
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			try(t, tree(t, cause.files), cause.env, []string{"./..."})
		})
	}
	for _, name := range slices.Sorted(maps.Keys(trees)) {
		tree := trees[name]
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			for name, text := range tree.files {
				clitest.Write(t, filepath.Join(dir, name), text)
			}
			try(t, filepath.Join(dir, tree.dir), nil, tree.args)
		})
	}
}

// TestChanged changes one thing after the other in a module: what the command says with
// a cache is what it says without, and packages that nothing has changed of are not
// looked at again.
func TestChanged(t *testing.T) {
	clitest.Slow(t, "changes packages, one after the other, and runs the command each time")
	t.Parallel()
	const (
		asks   = "package rt\n\nimport \"os/exec\"\n\nfunc Inspect(id string) error { return exec.Command(\"docker\", \"inspect\", id).Run() }\n"
		silent = "package rt\n\nfunc Inspect(id string) error { return nil }\n"
	)
	dir := tree(t, map[string]string{"main.go": "package main\n\nimport \"example.com/m/user\"\n\nfunc main() { user.IsUp(\"a\") }\n"})
	env := []string{"ERRSWALLOW_CACHE=" + t.TempDir()}
	for _, step := range []struct {
		name  string
		files map[string]string
		args  []string
		want  int
	}{
		{"as it is", nil, []string{"./..."}, 3},
		{"one package of it", nil, []string{"./user"}, 1},
		{"other rules", nil, []string{"-rules=discard", "./..."}, 0},
		{"the query is gone", map[string]string{"rt/rt.go": silent, "rt/rt_test.go": "package rt\n"}, []string{"./..."}, 0},
		{"it is back", map[string]string{"rt/rt.go": asks}, []string{"./..."}, 1},
		{"lines moved", map[string]string{"user/user.go": "package user\n\n\n\nimport \"example.com/m/rt\"\n\nfunc IsUp(id string) bool { return rt.Inspect(id) == nil }\n"}, []string{"./..."}, 1},
		{"accepted", map[string]string{"user/user.go": "package user\n\nimport \"example.com/m/rt\"\n\nfunc IsUp(id string) bool {\n\treturn rt.Inspect(id) == nil //nolint:errswallow // a reason\n}\n"}, []string{"./..."}, 0},
		{"a package more, of which nobody knows", map[string]string{"more/more.go": "package more\n\nimport \"example.com/m/rt\"\n\nfunc IsUp(id string) bool { return rt.Inspect(id) != nil }\n"}, []string{"./..."}, 1},
		{"a file that is not there", map[string]string{"more/web.go": "package more\n\nimport _ \"embed\"\n\n//go:embed web.txt\nvar web string\n"}, []string{"-verbose", "./..."}, 1},
		{"it is there", map[string]string{"more/web.txt": ""}, []string{"-verbose", "./..."}, 1},
		{"broken", map[string]string{"rt/broken.go": "package rt\n\nfunc broken() int { return \"\" }\n"}, []string{"./..."}, 1},
		{"a comment for nothing", map[string]string{"user/user.go": "package user\n\n//errswallow:ignore collapse for nothing\nfunc F() {}\n"}, []string{"./..."}, 1},
		{"whole again", map[string]string{"rt/broken.go": "package rt\n"}, []string{"./..."}, 1},
	} {
		for name, text := range step.files {
			clitest.Write(t, filepath.Join(dir, name), text)
		}
		without, errs, status := clitest.Run(t, dir, env, command, append([]string{"-cache=off"}, step.args...)...)
		if n := len(found(without)); n != step.want {
			t.Errorf("%s: %d findings, want %d:\n%s%s", step.name, n, step.want, without, errs)
		}
		for range 2 {
			if out, stderr, s := clitest.Run(t, dir, env, command, step.args...); out != without || stderr != errs || s != status {
				t.Errorf("%s: status %d, want %d\n%s%s\nwithout a cache:\n%s%s", step.name, s, status, out, stderr, without, errs)
			}
		}
	}
	fixed, _, _ := clitest.Run(t, dir, env, command, "-diff", "./...")
	if without, _, _ := clitest.Run(t, dir, env, command, "-cache=off", "-diff", "./..."); fixed != without {
		t.Errorf("a patch:\n%s\nwithout a cache:\n%s", fixed, without)
	}
}

// TestBaselineCached writes baselines with a cache, with and without test files.
func TestBaselineCached(t *testing.T) {
	t.Parallel()
	dir := tree(t, nil)
	env := []string{"ERRSWALLOW_CACHE=" + t.TempDir()}
	for _, args := range [][]string{{"-baseline=b", "-write-baseline", "./..."}, {"-baseline=b", "-write-baseline", "-test=false", "./..."}} {
		var texts []string
		for range 3 {
			if _, stderr, status := clitest.Run(t, dir, env, command, args...); status != 0 || stderr != "" {
				t.Errorf("%v: status %d: %s", args, status, stderr)
			}
			texts = append(texts, clitest.Read(t, filepath.Join(dir, "b")))
		}
		if texts[1] != texts[0] || texts[2] != texts[0] || !regexp.MustCompile(`(?m)^collapse example.com/m/rt.running$`).MatchString(texts[0]) {
			t.Errorf("%v: %s", args, strings.Join(texts, "\n"))
		}
	}
}
