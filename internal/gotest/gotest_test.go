package gotest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"
	"testing"
)

const text = `package p

import "testing"

var kept = func() { keep() }

var _ = Describe("all", func() { lose() })

func TestOne(t *testing.T) { lose() }

func Test(t *testing.T) { lose() }

func BenchmarkOne(b *testing.B) { lose() }

func FuzzOne(f *testing.F) { lose() }

func ExampleOne() { lose() }

func (s *suite) TestOne() { lose() }

func TestMain(m *testing.M) { keep() }

func Testify(t *testing.T) { keep() }

func TestHelper(t *testing.T, name string) { keep() }

func TestAnswer(t *testing.T) bool { keep(); return true }

func helper(t *testing.T) { keep() }

func Example(name string) { keep() }

func (s *suite) SetupTest() { keep() }
`

// TestHollow drops what go test, or a framework under it, calls, and nothing else.
func TestHollow(t *testing.T) {
	t.Parallel()
	calls := func(file *ast.File) (names []string) {
		ast.Inspect(file, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				if id, ok := call.Fun.(*ast.Ident); ok && (id.Name == "keep" || id.Name == "lose") {
					names = append(names, id.Name)
				}
			}
			return true
		})
		return names
	}
	file, err := parser.ParseFile(token.NewFileSet(), "p_test.go", text, 0)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := calls(Hollow("p_test.go", file)), strings.Count(text, "keep()"); len(got) != want || slices.Contains(got, "lose") {
		t.Errorf("%v, want %d kept", got, want)
	}
	if got, want := calls(file), strings.Count(text, "keep()")+strings.Count(text, "lose()"); len(got) != want {
		t.Errorf("the file itself has %d calls, and had %d", len(got), want)
	}
	if Hollow("p.go", file) != file {
		t.Error("a file that is no test file is another")
	}
}
