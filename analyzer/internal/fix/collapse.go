package fix

import (
	"go/ast"
	"go/token"

	"golang.org/x/tools/go/analysis"
)

// collapse puts the gate before the return that is reported. Where there is an
// error result a second way tells the fault with the verdict as it was.
func (s *site) collapse() []analysis.SuggestedFix {
	if s.finding.Message() != nil {
		return nil
	}
	if fix, ok := s.compared(); ok {
		return []analysis.SuggestedFix{fix}
	}
	fixes := s.before(!s.truth, "answer %v and the error, as of an object that is there", "answer %v when in doubt")
	if s.answersError() && len(fixes) > 0 {
		fixes = append(fixes, s.before(s.truth, "answer %v and the error", "")...)
	}
	return fixes
}

// compared mends "return err == nil" and "return err != nil": the gate is all
// there is to say.
func (s *site) compared() (fix analysis.SuggestedFix, ok bool) {
	ret, _ := node[*ast.ReturnStmt](s.path)
	if ret == nil || len(ret.Results) != 1 || s.finding.Query().Lists || !s.errIsOwn(ret.Pos()) || s.gated() {
		return fix, false
	}
	cmp, ok := ast.Unparen(ret.Results[0]).(*ast.BinaryExpr)
	if !ok || !s.isErr(cmp.X) || !s.isNil(cmp.Y) {
		return fix, false
	}
	edits := s.need(ret.Pos())
	gate, ok := s.gate(edits, s.finding.Query().Gates())
	if !ok {
		return fix, false
	}
	text := gate + "(" + s.err.Name() + ")"
	if cmp.Op == token.EQL {
		text = "!" + text
	}
	fix.Message = "tell absence from a fault: " + text
	fix.TextEdits, ok = edits.edits(edit(cmp.Pos(), cmp.End(), text))
	return fix, ok
}

func (s *site) isErr(e ast.Expr) bool {
	id, ok := ast.Unparen(e).(*ast.Ident)
	return ok && s.err != nil && s.Info.ObjectOf(id) == s.err
}

func (s *site) isNil(e ast.Expr) bool {
	return s.Info.Types[ast.Unparen(e)].IsNil()
}
