package analyzer

import (
	"bytes"
	"encoding/gob"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/errswallow/errswallow/internal/clitest"
)

// TestFacts checks what packages tell each other, and what their callers are
// told because of it. Facts are wanted where they are made only.
func TestFacts(t *testing.T) {
	t.Parallel()
	analysistest.Run(t, testdata(t), New(Settings{}), "./fact/state", "./fact/action", "./fact/hears", "./fact/word", "./fact/rows")
	analysistest.Run(diagnosticsOnly{t}, testdata(t), New(Settings{}), "./fact/caller", "./fact/iface", "./fact/remote", "./fact/runs", "./fact/hands", "./fact/typed", "./fact/said")
}

// maxFact is the size that no fact in testdata may exceed, in bytes: facts are
// read for every package that imports theirs.
const maxFact = 1250

// TestFactBytes encodes every fact ten times: the bytes are the same, decode to
// the same fact, and are few.
func TestFactBytes(t *testing.T) {
	t.Parallel()
	results := analysistest.Run(quiet{t}, testdata(t), New(Settings{}), "./fact/...", "./rule/...")
	seen := 0
	for _, result := range results {
		for obj, facts := range result.Facts {
			for _, fact := range facts {
				seen++
				first := encode(t, fact)
				if len(first) > maxFact {
					t.Errorf("%v: %d bytes, at most %d are allowed", obj, len(first), maxFact)
				}
				for range 10 {
					if !bytes.Equal(encode(t, fact), first) {
						t.Fatalf("%v: two encodings of %v differ", obj, fact)
					}
				}
				back := reflect.New(reflect.TypeOf(fact).Elem()).Interface().(interface {
					analysis.Fact
					fmt.Stringer
				})
				if err := gob.NewDecoder(bytes.NewReader(first)).Decode(back); err != nil {
					t.Fatal(err)
				}
				if !bytes.Equal(encode(t, back), first) || back.String() != fmt.Sprint(fact) {
					t.Errorf("%v: %v comes back as %v", obj, fact, back)
				}
			}
		}
	}
	if seen == 0 {
		t.Error("no facts")
	}
}

func encode(t *testing.T, fact analysis.Fact) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := gob.NewEncoder(&b).Encode(fact); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// quiet is a test that does not look at what is wanted.
type quiet struct{ *testing.T }

func (quiet) Errorf(string, ...any) {}

// TestStable runs the pass ten times over the same packages: the diagnostics
// are the same, in the same order.
func TestStable(t *testing.T) {
	clitest.Slow(t, "analyses the cases several times")
	t.Parallel()
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadAllSyntax, Dir: testdata(t)}, "./fact/...", "./rule/...")
	if err != nil {
		t.Fatal(err)
	}
	var first string
	for range 10 {
		graph, err := checker.Analyze([]*analysis.Analyzer{New(Settings{})}, pkgs, nil)
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		for _, act := range graph.Roots {
			for _, d := range act.Diagnostics {
				fmt.Fprintln(&b, act.Package.Fset.Position(d.Pos), d.Message)
			}
		}
		if first == "" {
			first = b.String()
		}
		if first == "" || b.String() != first {
			t.Fatalf("two runs differ:\n%s\n%s", first, b.String())
		}
	}
}
