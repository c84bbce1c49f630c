package absint

import (
	"go/ast"
	"go/constant"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/ssa/ssautil"
)

// oracle knows the functions of testdata by their names.
type oracle struct{}

func (oracle) Call(call *ssa.CallCommon) Effect {
	fn := call.StaticCallee()
	if fn == nil {
		return Effect{}
	}
	switch fn.Name() {
	case "isAbsent":
		return Effect{Kind: Gate}
	case "show":
		return Effect{Kind: Show}
	case "stop":
		return Effect{Kind: Stop}
	case "Errorf", "Join":
		return Effect{Kind: Keep, Status: -1}
	}
	return Effect{}
}

func (oracle) InputType(types.Type) bool { return false }

func (oracle) AbsenceVar(obj types.Object) bool { return obj.Name() == "errAbsent" }

func (oracle) FaultVar(types.Object) bool                       { return true }
func (oracle) FaultText(string) bool                            { return true }
func (oracle) AbsenceText(text string) bool                     { return text == "not found" }
func (oracle) AbsenceCode(constant.Value, *types.Package) bool  { return false }
func (oracle) AbsenceConst(c constant.Value, _ types.Type) bool { return c.ExactString() == "404" }

func (oracle) AbsenceType(t types.Type) bool { return strings.Contains(t.String(), "NotFound") }

// TestFunctions executes every function of testdata/functions.go and compares
// the ways out with its comment.
func TestFunctions(t *testing.T) {
	t.Parallel()
	file, fns := build(t, "testdata/functions.go")
	for _, decl := range file.Decls {
		decl, ok := decl.(*ast.FuncDecl)
		if !ok || decl.Doc == nil || !strings.Contains(decl.Doc.Text(), "-> ") {
			continue
		}
		t.Run(decl.Name.Name, func(t *testing.T) {
			t.Parallel()
			var want []string
			for line := range strings.Lines(decl.Doc.Text()) {
				if way, ok := strings.CutPrefix(strings.TrimSpace(line), "-> "); ok {
					want = append(want, sorted(way))
				}
			}
			fn := fns[decl.Name.Name]
			got := ways(New(oracle{}).Execute(fn, Hypothesis{Site: site(t, fn), Answers: []Answer{FaultAnswer(2)}}), fn)
			slices.Sort(want)
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

// TestSweep executes a function that fills a struct in two ways, and reads it no more: it is left
// in one state.
func TestSweep(t *testing.T) {
	t.Parallel()
	_, fns := build(t, "testdata/functions.go")
	for name, want := range map[string]int{"swept": 1, "unswept": 2} {
		fn := fns[name]
		out := New(oracle{}).Execute(fn, Hypothesis{Site: site(t, fn), Answers: []Answer{FaultAnswer(2)}})
		if len(out.Exits) != want {
			t.Errorf("%s: left in %d states, want %d", name, len(out.Exits), want)
		}
	}
}

// sorted brings the words of a way into the order of ways.
func sorted(way string) string {
	words := strings.Fields(way)
	slices.Sort(words)
	return strings.Join(words, " ")
}

func ways(out Outcome, fn *ssa.Function) []string {
	if out.Exhausted {
		return []string{"exhausted"}
	}
	if out.ReadsText {
		return []string{"text"}
	}
	var ways []string
	for _, e := range out.Exits {
		var words []string
		switch e.How {
		case Stopped:
			ways = append(ways, "stopped")
			continue
		case Crashed:
			words = append(words, "crashed")
		}
		if e.Vague {
			words = append(words, "vague")
		}
		for i, v := range e.Results {
			word := "unknown"
			b, basic := fn.Signature.Results().At(i).Type().Underlying().(*types.Basic)
			truth, known := v.Truth()
			switch {
			case v.Kind == Fault:
				word = "fault"
			case basic && b.Kind() == types.Bool && known:
				word = map[bool]string{true: "true", false: "false"}[truth]
			case v.Kind == Zero && IsError(fn.Signature.Results().At(i).Type()):
				word = "nil"
			case v.Kind == Zero:
				word = "zero"
			}
			if v.From&Carries != 0 && v.Kind != Fault {
				words = append(words, "told")
			}
			if i < len(e.Results)-1 {
				word += ","
			}
			words = append(words, word)
		}
		if e.Fate&Kept != 0 {
			words = append(words, "told")
		}
		way := sorted(strings.Join(words, " "))
		if !slices.Contains(ways, way) {
			ways = append(ways, way)
		}
	}
	return ways
}

// site returns the one call of query in a function or its func literals.
func site(t testing.TB, fn *ssa.Function) ssa.CallInstruction {
	t.Helper()
	for _, b := range fn.Blocks {
		for _, in := range b.Instrs {
			if call, ok := in.(*ssa.Call); ok {
				if callee := call.Call.StaticCallee(); callee != nil && callee.Name() == "query" {
					return call
				}
			}
		}
	}
	for _, anon := range fn.AnonFuncs {
		if call := site(t, anon); call != nil {
			return call
		}
	}
	return nil
}

func build(t testing.TB, name string) (*ast.File, map[string]*ssa.Function) {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return buildText(t, string(text))
}

func buildText(t testing.TB, text string) (*ast.File, map[string]*ssa.Function) {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "functions.go", text, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	pkg, _, err := ssautil.BuildPackage(
		&types.Config{Importer: importer.ForCompiler(fset, "source", nil)}, fset,
		types.NewPackage("functions", "functions"), []*ast.File{file}, 0)
	if err != nil {
		t.Fatal(err)
	}
	fns := map[string]*ssa.Function{}
	for name, m := range pkg.Members {
		if fn, ok := m.(*ssa.Function); ok {
			fns[name] = fn
		}
	}
	return file, fns
}

// BenchmarkExecute executes every function of testdata/functions.go under a fault.
func BenchmarkExecute(b *testing.B) {
	file, fns := build(b, "testdata/functions.go")
	var all []*ssa.Function
	for _, decl := range file.Decls {
		if decl, ok := decl.(*ast.FuncDecl); ok && decl.Doc != nil && strings.Contains(decl.Doc.Text(), "-> ") {
			all = append(all, fns[decl.Name.Name])
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		m := New(oracle{})
		for _, fn := range all {
			m.Execute(fn, Hypothesis{Site: site(b, fn), Answers: []Answer{FaultAnswer(2)}})
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(all)), "ns/function")
}

// TestBudget says that a function beyond the bounds is given up, in a time that
// does not depend on how far beyond it is.
func TestBudget(t *testing.T) {
	t.Parallel()
	var body strings.Builder
	for range 3000 {
		body.WriteString("\tif unknown() { n++; ok = !ok }\n")
	}
	_, fns := buildText(t, `package functions
func query() (int, error) { return 0, nil }
func unknown() bool { return false }
func large() (ok bool) {
	_, err := query()
	n := 0
`+body.String()+`	_, _ = err, n
	return ok
}`)
	out := New(oracle{}).Execute(fns["large"], Hypothesis{Site: site(t, fns["large"]), Answers: []Answer{FaultAnswer(2)}})
	if !out.Exhausted {
		t.Error("the budget is larger than it says")
	}
}
