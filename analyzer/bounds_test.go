package analyzer

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/go/packages"

	"github.com/errswallow/errswallow/analyzer/internal/generate"
)

// A hardness is code that is made to be hard to execute abstractly.
type hardness struct {
	name, source string
	// gaveUp: the budget of some execution runs out.
	gaveUp bool
}

// hard returns one of each kind.
func hard() []hardness {
	ask := func(name, body string) string {
		return fmt.Sprintf("func %s(e *env) (bool, error) {\nr, err := query(e, 1)\n%s\nreturn r.running, nil\n}\n", name, body)
	}
	times := func(n int, part func(i int) string) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(part(i))
		}
		return b.String()
	}
	same := func(text string) func(int) string { return func(int) string { return text + "\n" } }
	const answer = "\nif err != nil { return false, nil }\n"
	return []hardness{
		{"nesting", ask("Nesting", answer+times(300, same("if e.cond(1) {"))+"_ = r\n"+times(300, same("}"))), false},
		{"branches", ask("Branches", "flag := false\n"+times(300, same("if e.cond(1) { flag = !flag }"))+"if err != nil { return flag, nil }"), false},
		{"width", ask("Width", "flag := false\nswitch {\n"+times(2000, func(i int) string { return fmt.Sprintf("case e.cond(%d):\nflag = !flag\n", i) })+"}\nif err != nil { return flag, nil }"), false},
		{"loops", ask("Loops", times(100, same("for range 2 {\nif err != nil { r, err = query(e, 2) }"))+"_ = r\n"+times(100, same("}"))+answer), true},
		{"closures", ask("Closures", times(12, same("func() {"))+"if err != nil { r.running = false }\n"+times(12, same("}()"))+answer), false},
		{"queries", ask("Queries", times(400, same("if err == nil { r, err = query(e, 2) }"))+answer), true},
		{"calls", times(500, func(i int) string {
			return fmt.Sprintf("func Call%d(e *env) (bool, error) { return Call%d(e) }\n", i, i+1)
		}) + "func Call500(e *env) (bool, error) { _, err := query(e, 1); return err == nil, nil }\n", false},
		{"recursion", times(500, func(i int) string {
			return fmt.Sprintf("func Turn%d(e *env) (bool, error) { if e.cond(1) { return Turn%d(e) }; _, err := query(e, 1); return err == nil, nil }\n", i, (i+1)%500)
		}), false},
	}
}

// packages returns the code as a loaded package.
func (h hardness) packages(tb testing.TB) []*packages.Package {
	tb.Helper()
	dir := tb.TempDir()
	for name, text := range map[string]string{"go.mod": "module example.com/hard\n\ngo 1.26\n", "hard.go": generate.Prelude + h.source + "\nfunc main() {}\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			tb.Fatal(err)
		}
	}
	return loaded(tb, dir, ".")
}

// BenchmarkBounds analyses what is hard.
func BenchmarkBounds(b *testing.B) {
	for _, h := range hard() {
		pkgs := h.packages(b)
		b.Run(h.name, func(b *testing.B) { analyse(b, New(Settings{}), pkgs) })
	}
}

// TestBounds analyses what is hard: the pass is done soon, and says where it gave
// up. It sets what -verbose writes to, so it is not parallel.
func TestBounds(t *testing.T) {
	for _, h := range hard() {
		t.Run(h.name, func(t *testing.T) {
			pkgs := h.packages(t)
			var said strings.Builder
			defer func(w io.Writer) { debugOutput = w }(debugOutput)
			debugOutput = &said
			began := time.Now()
			analyse(t, New(Settings{Verbose: true}), pkgs)
			// Each takes seconds on a quiet machine, and would take hours without bounds.
			if took := time.Since(began); took > 2*time.Minute {
				t.Errorf("it took %s", took)
			}
			if gaveUp := strings.Count(said.String(), "the budget of abstract execution ran out"); (gaveUp > 0) != h.gaveUp || gaveUp > 1 {
				t.Errorf("it gave up %d times, want that it does: %t\n%s", gaveUp, h.gaveUp, said.String())
			}
		})
	}
}
