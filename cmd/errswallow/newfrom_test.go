package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/errswallow/errswallow/internal/clitest"
)

// TestNewFrom reports what a branch adds, in a module below the repository's folder.
func TestNewFrom(t *testing.T) {
	t.Parallel()
	const old = "package m\n\nimport \"os/exec\"\n\n" + asks + isUp
	root := written(t, map[string]string{"sub/m/go.mod": "module example.com/m\n\ngo 1.26.0\n", "sub/m/m.go": old, "go.mod": "module example.com/top\n"})
	dir := filepath.Join(root, "sub", "m")
	commit(t, root, "sub")
	cached, temp := t.TempDir(), t.TempDir()
	look := func(env []string, args ...string) (string, int) {
		t.Helper()
		env = append([]string{"ERRSWALLOW_CACHE=" + cached, "TMPDIR=" + temp}, env...)
		stdout, stderr, status := clitest.Run(t, dir, env, command, args...)
		return stdout + stderr, status
	}
	// The branch moves what is there, and adds one.
	git := func(args ...string) {
		t.Helper()
		if out, stderr, status := run(t, dir, "git", args...); status != 0 {
			t.Fatalf("git %v:\n%s%s", args, out, stderr)
		}
	}
	git("switch", "--quiet", "-c", "branch")
	if out, status := look(nil, "-new-from=main", "./..."); status != 0 || out != "" {
		t.Errorf("nothing is new: status %d:\n%s", status, out)
	}
	clitest.Write(t, filepath.Join(dir, "m.go"), strings.Replace(old, "func Inspect", "// A line more.\n\nfunc Inspect", 1)+"\nfunc IsThere(id string) bool { return Inspect(id) == nil }\n")
	clitest.Write(t, filepath.Join(dir, "new", "new.go"), strings.Replace(old, "package m", "package new", 1))
	for _, turn := range []string{"first", "second"} { // the second time the old ones are known
		out, status := look(nil, "-new-from=main", "./...")
		if status != 3 || !strings.Contains(out, "IsThere: answers false") || !strings.Contains(out, "new/new.go:6:29: IsUp") || !strings.HasSuffix(out, "2 findings in 2 packages (2 warnings)\n") {
			t.Errorf("the %s time: status %d:\n%s", turn, status, out)
		}
	}
	if out, _ := look([]string{"TMPDIR=" + filepath.Join(dir, "nowhere")}, "-new-from=main", "./..."); !strings.HasSuffix(out, "2 findings in 2 packages (2 warnings)\n") {
		t.Errorf("what was found before is not kept:\n%s", out)
	}
	// With other settings something else was found before.
	if out, status := look(nil, "-new-from=main", "-query=example.com/m/new.Inspect", "-rules=collapse", "./..."); status != 3 || !strings.HasSuffix(out, "2 findings in 2 packages (2 warnings)\n") {
		t.Errorf("a query that is new: status %d:\n%s", status, out)
	}
	for _, test := range []struct {
		args []string
		want string
	}{
		{[]string{"-new-from=nowhere", "./..."}, `errswallow: -new-from: git knows no revision "nowhere" (a checkout of a pull request needs its history: fetch-depth: 0)` + "\n"},
		{[]string{"-new-from=--all", "./..."}, `errswallow: -new-from: git knows no revision "--all" (`},
		{[]string{"-new-from=main", dir}, "errswallow: -new-from: "},
		{[]string{"-new-from=main", "-baseline=b", "-write-baseline", "./..."}, "errswallow: -write-baseline and -new-from do not go together: what is not new goes into a baseline, too"},
	} {
		if out, status := look(nil, test.args...); status != 1 && status != 2 || !strings.HasPrefix(out, test.want) || strings.Count(out, "\n") != 1 {
			t.Errorf("%v: status %d:\n%s", test.args, status, out)
		}
	}
	nowhere := written(t, map[string]string{"go.mod": "module example.com/m\n\ngo 1.26.0\n", "m.go": old})
	if _, stderr, status := run(t, nowhere, command, "-new-from=main"); status != 1 || !strings.HasPrefix(stderr, "errswallow: -new-from: git rev-parse: ") {
		t.Errorf("no repository: status %d: %s", status, stderr)
	}
	// Nothing is left behind.
	if left, err := os.ReadDir(temp); err != nil || len(left) > 0 {
		t.Errorf("left over: %v, %v", left, err)
	}
}
