package fix

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
	"unicode"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/astutil"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/rule"
)

// A site is the syntax around a finding.
type site struct {
	*Package
	finding *rule.Finding
	// truth is the bool that the fault is answered by, if it is known.
	truth, known bool
	file         *ast.File
	fn           ast.Node // *ast.FuncDecl or *ast.FuncLit
	sig          *types.Signature
	// path leads from the node that is reported to the file.
	path []ast.Node
	// query is the call that fails, assign the statement that takes its answer, and
	// err the variable that takes its error; nil where there is none.
	query  *ast.CallExpr
	assign *ast.AssignStmt
	err    *types.Var
}

// newSite finds the syntax, or returns nil.
func newSite(pkg *Package, f *rule.Finding) *site {
	s := &site{Package: pkg, finding: f, sig: f.Fn.Signature}
	s.truth, s.known = f.Truth()
	for _, file := range pkg.Files {
		if file.FileStart <= f.Pos && f.Pos < file.FileEnd {
			s.file = file
		}
	}
	if s.file == nil {
		return nil
	}
	s.path, _ = astutil.PathEnclosingInterval(s.file, f.Pos, f.Pos)
	s.fn = function(s.path)
	if s.fn == nil || s.fn != f.Fn.Syntax() || generic(s.sig) {
		return nil
	}
	if f.Trial != nil {
		s.findQuery()
	}
	return s
}

// findQuery finds the call that fails, in the function that is reported.
func (s *site) findQuery() {
	path, _ := astutil.PathEnclosingInterval(s.file, s.finding.Trial.Pos(), s.finding.Trial.Pos())
	if function(path) != s.fn {
		return
	}
	for _, n := range path {
		switch n := n.(type) {
		case *ast.CallExpr:
			if n.Lparen == s.finding.Trial.Pos() {
				s.query = n
			}
		case *ast.AssignStmt:
			if s.query == nil || len(n.Rhs) != 1 || n.Rhs[0] != s.query {
				return
			}
			s.assign = n
			if id, ok := n.Lhs[len(n.Lhs)-1].(*ast.Ident); ok {
				s.err, _ = s.Info.ObjectOf(id).(*types.Var)
			}
			return
		}
	}
}

// function returns the innermost function of a path.
func function(path []ast.Node) ast.Node {
	for _, n := range path {
		switch n.(type) {
		case *ast.FuncDecl, *ast.FuncLit:
			return n
		}
	}
	return nil
}

// generic reports whether a result's type is a parameter: it has no zero literal.
func generic(sig *types.Signature) bool {
	for v := range sig.Results().Variables() {
		if _, ok := types.Unalias(v.Type()).(*types.TypeParam); ok {
			return true
		}
	}
	return false
}

// node returns the innermost node of a type on a path, and the nodes around it.
func node[T ast.Node](path []ast.Node) (found T, around []ast.Node) {
	for i, n := range path {
		if t, ok := n.(T); ok {
			return t, path[i+1:]
		}
	}
	return found, nil
}

// errIsOwn reports whether the name of the error stands for the query's error at
// pos: it is visible, and nothing else was assigned to it since.
func (s *site) errIsOwn(pos token.Pos) bool {
	if s.err == nil || s.err.Name() == "_" || !absint.IsError(s.err.Type()) || s.visible(s.err.Name(), pos) != s.err {
		return false
	}
	own := true
	ast.Inspect(s.fn, func(n ast.Node) bool {
		if assign, ok := n.(*ast.AssignStmt); ok && assign != s.assign {
			for _, lhs := range assign.Lhs {
				if id, ok := lhs.(*ast.Ident); ok && s.Info.ObjectOf(id) == s.err && s.assign.End() < assign.Pos() && assign.Pos() < pos {
					own = false
				}
			}
		}
		return own
	})
	return own
}

// visible returns what a name stands for at a position, or nil.
func (s *site) visible(name string, pos token.Pos) types.Object {
	if scope := s.Types.Scope().Innermost(pos); scope != nil {
		_, obj := scope.LookupParent(name, pos)
		return obj
	}
	return nil
}

// wrapped is the error as the caller is to see it.
func (s *site) wrapped(edits *imports, name string) string {
	return fmt.Sprintf("%s.Errorf(%q, %s)", edits.name("fmt"), s.words()+": %w", name)
}

// words spells the name of the query as people do: ContainerInspect is "container
// inspect".
func (s *site) words() string {
	name := s.finding.Query().Name
	if s.finding.Query().Via != "" {
		name = s.finding.Query().Via
	}
	var out strings.Builder
	runes := []rune(name)
	for i, r := range runes {
		if i > 0 && unicode.IsUpper(r) && (!unicode.IsUpper(runes[i-1]) || i+1 < len(runes) && unicode.IsLower(runes[i+1])) {
			out.WriteRune(' ')
		}
		out.WriteRune(unicode.ToLower(r))
	}
	return out.String()
}

// answer is a return statement that tells of a fault: an error if there is a
// result for it, and a verdict, or the zero value, for the others. ok is false if
// the results leave no way to tell.
func (s *site) answer(edits *imports, verdict bool, err string) (text string, ok bool) {
	results := s.sig.Results()
	var out []string
	told := false
	for i := range results.Len() {
		t := results.At(i).Type()
		switch {
		case i == results.Len()-1 && absint.IsError(t):
			out = append(out, s.wrapped(edits, err))
			told = true
		case absint.IsBool(t):
			out = append(out, fmt.Sprint(verdict))
			told = told || results.Len() == 1
			verdict = false // the first is the verdict
		default:
			zero, ok := s.zero(edits, t)
			if !ok {
				return "", false
			}
			out = append(out, zero)
		}
	}
	return "return " + strings.Join(out, ", "), told
}

// answersError reports whether the last result is an error.
func (s *site) answersError() bool {
	n := s.sig.Results().Len()
	return n > 0 && absint.IsError(s.sig.Results().At(n-1).Type())
}

// zero spells the zero value of a type.
func (s *site) zero(edits *imports, t types.Type) (string, bool) {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		switch {
		case u.Info()&types.IsString != 0:
			return `""`, true
		case u.Info()&types.IsNumeric != 0:
			return "0", true
		case u.Info()&types.IsBoolean != 0:
			return "false", true
		}
		return "nil", u.Kind() == types.UnsafePointer
	case *types.Struct, *types.Array:
		ok := true
		name := types.TypeString(t, func(p *types.Package) string {
			if p == s.Types {
				return ""
			}
			name, imported := edits.imported(p.Path())
			ok = ok && imported
			return name
		})
		return name + "{}", ok
	}
	return "nil", true
}

// margin is what stands before a statement on its line, as gofmt has it.
func (s *site) margin(n ast.Node) string {
	line := s.Fset.File(n.Pos()).Line(n.Pos())
	for _, stmt := range s.path {
		if _, ok := stmt.(ast.Stmt); ok && s.Fset.File(stmt.Pos()).Line(stmt.Pos()) == line {
			n = stmt
		}
	}
	return strings.Repeat("\t", max(0, s.Fset.PositionFor(n.Pos(), false).Column-1))
}

// lines joins lines of code, each but the first behind a margin.
func lines(margin string, code ...string) string {
	return strings.Join(code, "\n"+margin)
}

// edit replaces what stands between two positions.
func edit(pos, end token.Pos, text string) analysis.TextEdit {
	return analysis.TextEdit{Pos: pos, End: end, NewText: []byte(text)}
}
