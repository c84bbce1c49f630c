package edit

import (
	"os"
	"path/filepath"
	"testing"
)

// TestWrite writes all files, through links and with their permissions, or none.
func TestWrite(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	name := func(base string) string { return filepath.Join(dir, base) }
	for _, base := range []string{"a.go", "b.go"} {
		if err := os.WriteFile(name(base), []byte("old"), 0o640); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("b.go", name("link.go")); err != nil {
		t.Fatal(err)
	}
	check := func(base, text string) {
		t.Helper()
		got, err := os.ReadFile(name(base))
		if err != nil || string(got) != text {
			t.Errorf("%s: %q, %v, want %q", base, got, err, text)
		}
		if info, err := os.Stat(name(base)); err != nil || info.Mode() != 0o640 {
			t.Errorf("%s: %v, %v", base, info.Mode(), err)
		}
		if left, _ := filepath.Glob(name(".errswallow-*")); len(left) > 0 {
			t.Errorf("left over: %v", left)
		}
	}
	text := &change{after: []byte("new")}
	if err := (&Changes{files: map[string]*change{name("a.go"): text, name("gone.go"): text}}).Write(); err == nil {
		t.Error("a file that is gone is written")
	}
	check("a.go", "old")
	if err := (&Changes{files: map[string]*change{name("a.go"): text, name("link.go"): text}}).Write(); err != nil {
		t.Error(err)
	}
	check("a.go", "new")
	check("b.go", "new")
	if info, err := os.Lstat(name("link.go")); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is gone: %v", err)
	}
}
