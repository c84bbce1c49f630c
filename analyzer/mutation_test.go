package analyzer

import (
	"bufio"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/errswallow/errswallow/internal/clitest"
	"github.com/errswallow/errswallow/internal/partial"
)

// A mutant is one edit that breaks correct code.
type mutant struct {
	operator   string
	pkg, file  string
	fn         string
	n          int // which of its kind in the function
	start, end int // offsets into the file
	text       string
}

// String identifies a mutant in testdata/mutation/survivors.txt.
func (m mutant) String() string {
	return fmt.Sprintf("%s/%s %s %s %d", m.pkg, filepath.Base(m.file), m.fn, m.operator, m.n)
}

// TestMutation breaks the reference provisioner and the cases that must stay
// silent, one mechanical edit at a time: a gate is dropped or inverted, (true, err)
// becomes (false, nil), an error is forgotten, a match is widened. Of the mutants in
// which a fault of a query becomes absence the pass reports 97 in 100 at least. Those
// that survive are listed: as missed, as doing harm of another kind, or as harmless,
// each with the reason.
func TestMutation(t *testing.T) {
	clitest.Slow(t, "analyses hundreds of packages")
	t.Parallel()
	explained := survivors(t)
	pkgs := slices.Concat(
		loaded(t, testdata(t), "./rule/..."),
		loaded(t, "../provisioner", "."),
	)
	for _, name := range few {
		if _, err := os.Stat(filepath.Join(folder(name), "silent")); err == nil {
			pkgs = append(pkgs, loaded(t, folder(name), "./...")...)
		}
	}
	type tally struct{ reported, missed, other, harmless int }
	byOperator := map[string]*tally{}
	used := map[string]bool{}
	for _, pkg := range pkgs {
		if pkg.Name != "silent" && pkg.Name != "provisioner" {
			continue
		}
		for _, m := range mutants(t, pkg) {
			broken := m.apply(t, pkg)
			if broken == nil {
				continue // it does not compile
			}
			count := byOperator[m.operator]
			if count == nil {
				count = &tally{}
				byOperator[m.operator] = count
			}
			why, survives := explained[m.String()]
			used[m.String()] = true
			switch found := reported(t, broken); {
			case found && survives:
				t.Errorf("%s is reported: it is no survivor", m)
			case found:
				count.reported++
			case strings.HasPrefix(why, "harmless, "):
				count.harmless++
			case strings.HasPrefix(why, "other, "):
				count.other++
			case strings.HasPrefix(why, "missed, "):
				count.missed++
			default:
				t.Errorf("%s survives, and is not explained: %s", m, m.text)
			}
		}
	}
	var all tally
	row := func(name string, c tally) {
		t.Logf("%-12s  %3d reported  %d missed  %d of another kind  %d harmless", name, c.reported, c.missed, c.other, c.harmless)
	}
	for _, operator := range operators {
		c := byOperator[operator]
		row(operator, *c)
		all = tally{all.reported + c.reported, all.missed + c.missed, all.other + c.other, all.harmless + c.harmless}
	}
	row("all", all)
	if float64(all.reported) < 0.97*float64(all.reported+all.missed) || all.reported < 80 {
		t.Errorf("%d of %d harmful mutants are reported", all.reported, all.reported+all.missed)
	}
	for name := range explained {
		if !used[name] {
			t.Errorf("%s is explained, and is no mutant", name)
		}
	}
}

// survivors reads what explains each mutant that is not reported.
func survivors(t *testing.T) map[string]string {
	t.Helper()
	f, err := os.Open(filepath.Join(testdata(t), "mutation", "survivors.txt"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	out := map[string]string{}
	for lines := bufio.NewScanner(f); lines.Scan(); {
		name, why, ok := strings.Cut(lines.Text(), ": ")
		if ok && !strings.HasPrefix(name, "#") {
			out[name] = why
		}
	}
	return out
}

// operators are the ways in which code is broken.
var operators = []string{"drop-gate", "invert-gate", "false-nil", "forget-error", "widen-match"}

// mutantGate matches the predicates that mutants drop.
var mutantGate = regexp.MustCompile(`NotFound|NoSuch|IsAbsent|isAbsent|IsMissing|isMissing|isGone`)

// mutants returns the mutants of a package, its tests aside.
func mutants(t *testing.T, pkg *packages.Package) []mutant {
	t.Helper()
	var out []mutant
	local := strings.TrimPrefix(strings.TrimPrefix(pkg.PkgPath, "testdata/"), "github.com/errswallow/errswallow/")
	for _, file := range pkg.Syntax {
		name := pkg.Fset.Position(file.FileStart).Filename
		if _, of, ok := strings.Cut(filepath.ToSlash(name), "/libraries/"); ok {
			local = "libraries/" + strings.ReplaceAll(filepath.ToSlash(filepath.Dir(of)), "/testdata", "")
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range file.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok || fn.Body == nil {
				continue
			}
			count := map[string]int{}
			add := func(operator string, from, to token.Pos, with string) {
				count[operator]++
				offset := func(p token.Pos) int { return pkg.Fset.Position(p).Offset }
				out = append(out, mutant{operator, local, name, fn.Name.Name, count[operator], offset(from), offset(to), with})
			}
			source := func(n ast.Node) string {
				return string(text[pkg.Fset.Position(n.Pos()).Offset:pkg.Fset.Position(n.End()).Offset])
			}
			ast.Inspect(fn.Body, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.CallExpr:
					mutateCall(pkg, n, source, add)
				case *ast.ReturnStmt:
					if len(n.Results) == 2 && source(n.Results[0]) == "true" && source(n.Results[1]) != "nil" && isErrorType(pkg.TypesInfo.TypeOf(n.Results[1])) {
						if conditional(fn.Body, n) {
							add("false-nil", n.Pos(), n.End(), "return false, nil")
						} else if err, ok := n.Results[1].(*ast.Ident); ok { // it covers success, too
							add("false-nil", n.Pos(), n.End(), "return "+err.Name+" == nil, nil")
						}
					}
				case *ast.AssignStmt:
					call, ok := n.Rhs[0].(*ast.CallExpr)
					last, named := n.Lhs[len(n.Lhs)-1].(*ast.Ident)
					if !ok || !named || last.Name == "_" || source(n.Lhs[0]) == "_" || len(n.Lhs) < 2 || !isErrorType(pkg.TypesInfo.TypeOf(last)) || !asksClient(pkg, call) {
						return true
					}
					if !parentIsInit(fn.Body, n) {
						add("forget-error", n.End(), n.End(), "; "+last.Name+" = nil")
					}
				}
				return true
			})
		}
	}
	return out
}

// mutateCall breaks gates and matches.
func mutateCall(pkg *packages.Package, call *ast.CallExpr, source func(ast.Node) string, add func(operator string, from, to token.Pos, with string)) {
	name := ""
	switch fun := call.Fun.(type) {
	case *ast.Ident:
		name = fun.Name
	case *ast.SelectorExpr:
		name = fun.Sel.Name
	}
	if len(call.Args) == 1 && mutantGate.MatchString(name) && isErrorType(pkg.TypesInfo.TypeOf(call.Args[0])) {
		err := source(call.Args[0])
		add("drop-gate", call.Pos(), call.End(), "("+err+" != nil)")
		add("invert-gate", call.Pos(), call.End(), "("+err+" != nil && !"+source(call)+")")
	}
	if sel, ok := call.Fun.(*ast.SelectorExpr); ok && len(call.Args) == 2 && source(sel.X) == "strings" && slices.Contains([]string{"Contains", "HasPrefix", "HasSuffix"}, name) {
		if lit, ok := call.Args[1].(*ast.BasicLit); ok {
			if text, err := strconv.Unquote(lit.Value); err == nil && (strings.Contains(strings.ToLower(text), "no such") || strings.Contains(text, "not found")) {
				add("widen-match", call.Pos(), call.End(), "(strings.Contains("+source(call.Args[0])+`, "such") || strings.Contains(`+source(call.Args[0])+`, "found"))`)
			}
		}
	}
}

// asksClient reports whether a call is of a method of a client library.
func asksClient(pkg *packages.Package, call *ast.CallExpr) bool {
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	fn, ok := pkg.TypesInfo.Uses[sel.Sel].(*types.Func)
	return ok && regexp.MustCompile(`Inspect|List|Status$|^Containers$|^Output$|LoadContainer`).MatchString(fn.Name())
}

// conditional reports whether a statement stands in an if or a switch.
func conditional(body, stmt ast.Node) bool {
	in := false
	ast.Inspect(body, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.IfStmt, *ast.SwitchStmt:
			in = in || n.Pos() <= stmt.Pos() && stmt.End() <= n.End()
		}
		return true
	})
	return in
}

// parentIsInit reports whether a statement is the first half of an if.
func parentIsInit(body ast.Node, stmt ast.Stmt) bool {
	init := false
	ast.Inspect(body, func(n ast.Node) bool {
		if s, ok := n.(*ast.IfStmt); ok && s.Init == stmt {
			init = true
		}
		return true
	})
	return init
}

func isErrorType(t types.Type) bool {
	return t != nil && types.Identical(t, types.Universe.Lookup("error").Type())
}

// apply returns the package with the edit, or nil if that does not compile.
func (m mutant) apply(t *testing.T, pkg *packages.Package) *packages.Package {
	t.Helper()
	broken := *pkg
	broken.Syntax, broken.TypesInfo = nil, partial.NewInfo()
	for _, file := range pkg.Syntax {
		name := pkg.Fset.Position(file.FileStart).Filename
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if name == m.file {
			text = slices.Concat(text[:m.start], []byte(m.text), text[m.end:])
		}
		parsed, err := parser.ParseFile(pkg.Fset, name, text, parser.SkipObjectResolution|parser.ParseComments)
		if err != nil {
			return nil
		}
		broken.Syntax = append(broken.Syntax, parsed)
	}
	config := &types.Config{Importer: mutantImports(pkg.Imports), Sizes: pkg.TypesSizes}
	var err error
	// What a mutant does not use any more is no reason to leave it out.
	config.Error = func(e error) {
		if text := e.Error(); !strings.Contains(text, "declared and not used") && !strings.Contains(text, "imported and not used") {
			err = e
		}
	}
	broken.Types, _ = config.Check(pkg.PkgPath, pkg.Fset, broken.Syntax, broken.TypesInfo)
	if err != nil {
		return nil
	}
	return &broken
}

// mutantImports finds what a package imports among its loaded imports.
type mutantImports map[string]*packages.Package

// Import implements types.Importer.
func (i mutantImports) Import(path string) (*types.Package, error) {
	if p := i[path]; p != nil {
		return p.Types, nil
	}
	return types.Unsafe, nil
}

// reported reports whether the pass reports anything in a package.
func reported(t *testing.T, pkg *packages.Package) bool {
	t.Helper()
	graph, err := checker.Analyze([]*analysis.Analyzer{New(Settings{})}, []*packages.Package{pkg}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := graph.Roots[0].Err; err != nil {
		t.Fatal(err)
	}
	return len(graph.Roots[0].Diagnostics) > 0
}
