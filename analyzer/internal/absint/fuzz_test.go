package absint

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"strconv"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/ssa/ssautil"

	"github.com/errswallow/errswallow/analyzer/internal/generate"
)

// FuzzExecute executes generated functions under a fault, an absence and a success
// at each of their queries: it ends, and says the same again.
func FuzzExecute(f *testing.F) {
	f.Add([]byte{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13})
	f.Add([]byte("if err != nil { return false, nil }"))
	f.Fuzz(func(t *testing.T, data []byte) {
		fn := built(t, generate.Prelude+generate.New("F", &generate.Bytes{Data: data}).Source).Func("F")
		for _, call := range queries(fn) {
			for _, answer := range []Answer{FaultAnswer(2), AbsentAnswer(2), ZeroAnswer(2)} {
				h := Hypothesis{Site: call, Answers: []Answer{answer}}
				once, again := New(generated{}).Execute(fn, h), New(generated{}).Execute(fn, h)
				if len(once.Exits) != len(again.Exits) || once.Exhausted != again.Exhausted {
					t.Errorf("%d ways out, and then %d", len(once.Exits), len(again.Exits))
				}
				for i := range once.Exits {
					if a, b := once.Exits[i], again.Exits[i]; a.Pos != b.Pos || a.Free != b.Free || a.Fate != b.Fate {
						t.Errorf("way %d is another: %+v, %+v", i, a, b)
					}
				}
			}
		}
	})
}

// generated is the oracle of generated programs.
type generated struct{ oracle }

// Call implements Oracle.
func (generated) Call(call *ssa.CallCommon) Effect {
	if fn := call.StaticCallee(); fn != nil && (fn.Name() == "Println" || fn.Name() == "cond") {
		return Effect{Kind: Show}
	}
	return oracle{}.Call(call)
}

// matches are ways to match the text of an error, and what they really say of a
// text and a pattern, which % stands for.
var matches = []struct {
	body   string
	really func(text, pattern string) bool
}{
	{`strings.Contains(err.Error(), %)`, strings.Contains},
	{`strings.HasPrefix(err.Error(), %)`, strings.HasPrefix},
	{`strings.HasSuffix(err.Error(), %)`, strings.HasSuffix},
	{`strings.EqualFold(err.Error(), %)`, strings.EqualFold},
	{`strings.Index(err.Error(), %) >= 0`, strings.Contains},
	{`strings.HasPrefix("x" + err.Error(), "x" + %)`, strings.HasPrefix},
	{`err.Error() == %`, func(text, pattern string) bool { return text == pattern }},
	{`strings.Contains(strings.ToLower(err.Error()), strings.ToLower(%))`, func(text, pattern string) bool {
		return strings.Contains(strings.ToLower(text), strings.ToLower(pattern))
	}},
	{`strings.Contains(strings.TrimSpace(err.Error()), %)`, func(text, pattern string) bool {
		return strings.Contains(strings.TrimSpace(text), pattern)
	}},
}

// FuzzMatch executes predicates on the text of an error, and compares what they say
// with really matching it: a verdict that is certain is right.
func FuzzMatch(f *testing.F) {
	f.Add("No such container: ws-abc123", "No such container")
	f.Add("dial unix /var/run/docker.sock: connect: no such file or directory", "no such")
	f.Add("ſ", "S")
	f.Fuzz(func(t *testing.T, text, pattern string) {
		if text == "" {
			return // no text is supposed
		}
		program := "package functions\n\nimport \"strings\"\n"
		for i, m := range matches {
			program += fmt.Sprintf("\nfunc F%d(err error) bool { return %s }\n", i, strings.ReplaceAll(m.body, "%", strconv.Quote(pattern)))
		}
		pkg := built(t, program)
		for i, m := range matches {
			out := New(oracle{}).Execute(pkg.Func(fmt.Sprint("F", i)), Hypothesis{Params: map[int]Value{0: FaultParam}, Message: text})
			for _, e := range out.Exits {
				if truth, known := e.Results[0].Truth(); !known {
					t.Errorf("%s of %q and %q is not known", m.body, text, pattern)
				} else if truth != m.really(text, pattern) {
					t.Errorf("%s of %q and %q is %t", m.body, text, pattern, truth)
				}
			}
		}
	})
}

// standard imports the standard library, once for all that is built.
var standard = sync.OnceValue(func() types.Importer { return importer.ForCompiler(token.NewFileSet(), "source", nil) })

// built returns the package of a program.
func built(t *testing.T, text string) *ssa.Package {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "f.go", text, 0)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	pkg, _, err := ssautil.BuildPackage(&types.Config{Importer: standard()}, fset, types.NewPackage("functions", ""), []*ast.File{file}, 0)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return pkg
}

// queries returns the calls of query in a function and its func literals.
func queries(fn *ssa.Function) []ssa.CallInstruction {
	var out []ssa.CallInstruction
	for _, b := range fn.Blocks {
		for _, in := range b.Instrs {
			if call, ok := in.(*ssa.Call); ok && call.Call.StaticCallee() != nil && call.Call.StaticCallee().Name() == "query" {
				out = append(out, call)
			}
		}
	}
	for _, anon := range fn.AnonFuncs {
		out = append(out, queries(anon)...)
	}
	return out
}
