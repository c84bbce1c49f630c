package fix

import (
	"fmt"
	"go/ast"
	"go/token"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// empty answers the error.
func (s *site) empty() []analysis.SuggestedFix {
	if s.finding.Message() != nil {
		return nil
	}
	return s.before(false, "answer the error", "")
}

// before puts a return that tells of the fault before the one that is reported.
// message says so, and silently if the fault is told without an error; both may
// show the verdict.
func (s *site) before(verdict bool, message, silently string) []analysis.SuggestedFix {
	ret, around := node[*ast.ReturnStmt](s.path)
	if ret == nil || !s.errIsOwn(ret.Pos()) {
		return nil
	}
	edits := s.need(ret.Pos())
	answer, ok := s.answer(edits, verdict, s.err.Name())
	if !ok {
		return nil
	}
	if !s.answersError() {
		message = silently
	}
	if strings.Contains(message, "%v") {
		message = fmt.Sprintf(message, verdict)
	}
	var conditions []string
	failed := s.failed(ret, around)
	if !failed {
		conditions = append(conditions, s.err.Name()+" != nil")
	}
	if !s.finding.Query().Lists && !s.gated() {
		gate, ok := s.gate(edits, s.finding.Query().Gates())
		if !ok {
			return nil
		}
		conditions = append(conditions, "!"+gate+"("+s.err.Name()+")")
		message = "tell absence from a fault: " + message
	}
	var change analysis.TextEdit
	if len(conditions) == 0 {
		change = edit(ret.Pos(), ret.End(), answer)
	} else {
		margin := s.margin(ret)
		change = edit(ret.Pos(), ret.Pos(), lines(margin, "if "+strings.Join(conditions, " && ")+" {", "\t"+answer, "}", ""))
	}
	fix := analysis.SuggestedFix{Message: message}
	if fix.TextEdits, ok = edits.edits(change); !ok {
		return nil
	}
	return []analysis.SuggestedFix{fix}
}

// failed reports whether a return stands in the branch of "if err != nil".
func (s *site) failed(ret *ast.ReturnStmt, around []ast.Node) bool {
	if len(around) < 2 {
		return false
	}
	branch, ok := around[1].(*ast.IfStmt)
	if !ok || branch.Body != around[0] {
		return false
	}
	cmp, ok := ast.Unparen(branch.Cond).(*ast.BinaryExpr)
	return ok && cmp.Op == token.NEQ && s.isErr(cmp.X) && s.isNil(cmp.Y)
}
