package docs_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/errswallow/errswallow/internal/clitest"
)

// TestContributing does what CONTRIBUTING.md says, in a copy of the sources: the
// library's cases and the rule's pass, and no test of the others fails.
func TestContributing(t *testing.T) {
	clitest.Slow(t, "compiles the tests of the pass, twice")
	t.Parallel()
	for _, test := range []struct {
		name string
		// edits are what the text says in words: a file, what is there, and what
		// comes in its place.
		edits [][3]string
		run   string // the tests that look at the new files
	}{
		{"health", [][3]string{{"docs/configuration.md", "gorunc,", "gorunc, health,"}}, "TestLibrary/health|TestDocs"},
		{"mute", [][3]string{
			{"analyzer/internal/rule/rule.go", "discard, empty}", "discard, empty, mute}"},
			{"README.md", "| [empty]", "| [mute](docs/rules/mute.md) | changes nothing | |\n| [empty]"},
			{"analyzer/doc.go", "//   - empty:", "//   - mute: the answer is true whatever the query says\n//   - empty:"},
			{"docs/rules/mute.md", "", strings.NewReplacer("empty", "mute", "A fault is answered with nothing, and no error", "The answer is true whatever the query says").Replace(read(t, "docs/rules/empty.md"))},
		}, "TestRules|TestDocs"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			for _, name := range []string{"go.mod", "go.sum", "README.md", "analyzer", "docs", "internal"} {
				if out, err := exec.Command("cp", "-r", filepath.Join("..", name), dir).CombinedOutput(); err != nil {
					t.Fatalf("%v\n%s", err, out)
				}
			}
			written := 0
			for i, block := range strings.Split(read(t, "CONTRIBUTING.md"), "```") {
				_, code, _ := strings.Cut(block, "\n")
				first, rest, _ := strings.Cut(code, "\n")
				file := strings.TrimLeft(first, "#/ ")
				if i%2 == 0 || !strings.HasPrefix(file, "analyzer/") || !strings.Contains(file, test.name) {
					continue
				}
				clitest.Write(t, filepath.Join(dir, file), rest)
				written++
			}
			if want := map[string]int{"health": 4, "mute": 3}[test.name]; written != want {
				t.Fatalf("CONTRIBUTING.md has %d files of %s, want %d", written, test.name, want)
			}
			if module := filepath.Join(dir, "analyzer/libraries/health/testdata"); test.name == "health" {
				tidy := exec.Command("go", "mod", "tidy")
				tidy.Dir = module
				if out, err := tidy.CombinedOutput(); err != nil {
					t.Fatalf("%v\n%s", err, out)
				}
			}
			for _, edit := range test.edits {
				name := filepath.Join(dir, edit[0])
				text, _ := os.ReadFile(name) // it may be a new one
				if edit[1] != "" && strings.Count(string(text), edit[1]) != 1 {
					t.Fatalf("%s: %d times %q", edit[0], strings.Count(string(text), edit[1]), edit[1])
				}
				clitest.Write(t, name, strings.Replace(string(text), edit[1], edit[2], 1))
			}
			cmd := exec.Command("go", "test", "-run", test.run, "./analyzer", "-libraries")
			cmd.Dir = dir
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
}
