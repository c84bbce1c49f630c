package load

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestOutdated loads a module that asks for a newer Go than this command was built
// with: one line says so, and what can be analysed is there all the same.
func TestOutdated(t *testing.T) {
	was := built
	built = func() string { return "go1.25.3" }
	defer func() { built = was }()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"go.mod":   "module example.com/m\n\ngo 1.26.0\n",
		"m.go":     "package m\n\nimport \"net/http\"\n\nfunc F() *http.Client { return http.DefaultClient }\n",
		"m_new.go": "//go:build go1.26\n\npackage m\n\nfunc G() *int { return new(1) }\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	result, err := Packages(Config{Dir: dir}, "./...")
	if err != nil {
		t.Fatal(err)
	}
	const want = "example.com/m asks for Go 1.26.0, and errswallow was built with Go 1.25.3: build it with the newer one"
	if len(result.Notes) != 1 || !strings.HasPrefix(result.Notes[0], want) || strings.Contains(result.Notes[0], "\n") {
		t.Errorf("%q, want %q", result.Notes, want)
	}
	scope := result.Packages[0].Types.Scope()
	if f := scope.Lookup("F"); f == nil || f.String() != "func example.com/m.F() *net/http.Client" || scope.Lookup("G") == nil {
		t.Errorf("%v", f)
	}
	if len(result.Losses) > 0 {
		t.Errorf("%+v", result.Losses)
	}
}
