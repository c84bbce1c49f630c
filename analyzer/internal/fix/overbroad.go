package fix

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
)

// overbroad puts the gate in place of the match on the error's text, if the
// function has one and the package one library whose errors these can be.
func (s *site) overbroad() []analysis.SuggestedFix {
	match, err := s.match()
	if match == nil {
		return nil
	}
	edits := s.need(match.Pos())
	gate, ok := s.gate(edits, s.library())
	if !ok {
		return nil
	}
	text := gate + "(" + err + ")"
	fix := analysis.SuggestedFix{Message: "ask for the kind of the error: " + text}
	if fix.TextEdits, ok = edits.edits(edit(match.Pos(), match.End(), text)); !ok {
		return nil
	}
	return []analysis.SuggestedFix{fix}
}

// library returns the library whose errors are matched: the query's, or the only
// one with a gate that the package imports.
func (s *site) library() string {
	if s.finding.Query().Name != "" {
		return s.finding.Query().Library
	}
	found := map[string]bool{}
	for _, p := range s.Types.Imports() {
		for _, lib := range s.Catalogue.Declaring(p.Path()) {
			if len(s.Catalogue.Gates(lib)) > 0 {
				found[lib] = true
			}
		}
	}
	if len(found) != 1 {
		return ""
	}
	for lib := range found {
		return lib
	}
	return ""
}

// match returns the expression that matches the text of an error, and that
// error's name: a call of package strings, or several of one error between "||".
// It returns nil if the function has none, or more than one.
func (s *site) match() (match ast.Expr, err string) {
	found := 0
	ast.Inspect(s.fn, func(n ast.Node) bool {
		e, ok := n.(ast.Expr)
		if !ok {
			return true
		}
		name := s.matches(e)
		if name == "" {
			return true
		}
		found++
		match, err = e, name
		return false
	})
	if found != 1 {
		return nil, ""
	}
	return match, err
}

// matches returns the name of the error whose text an expression matches, or "".
func (s *site) matches(e ast.Expr) string {
	switch e := ast.Unparen(e).(type) {
	case *ast.BinaryExpr:
		if left := s.matches(e.X); e.Op == token.LOR && left != "" && left == s.matches(e.Y) {
			return left
		}
	case *ast.CallExpr:
		fn, ok := typeutil.Callee(s.Info, e).(*types.Func)
		if !ok || fn.Pkg() == nil || fn.Pkg().Path() != "strings" || len(e.Args) != 2 {
			return ""
		}
		switch fn.Name() {
		case "Contains", "HasPrefix", "HasSuffix", "EqualFold":
			if s.Info.Types[e.Args[1]].Value != nil { // else something else is asked, too
				return s.text(e.Args[0])
			}
		}
	}
	return ""
}

// text returns the name of the error whose text an expression is, in whatever
// case, or "".
func (s *site) text(e ast.Expr) string {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return ""
	}
	if fn, ok := typeutil.Callee(s.Info, call).(*types.Func); ok && fn.Pkg() != nil && fn.Pkg().Path() == "strings" && len(call.Args) == 1 {
		return s.text(call.Args[0])
	}
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || sel.Sel.Name != "Error" || len(call.Args) != 0 {
		return ""
	}
	if id, ok := sel.X.(*ast.Ident); ok && absint.IsError(s.Info.TypeOf(id)) {
		return id.Name
	}
	return ""
}
