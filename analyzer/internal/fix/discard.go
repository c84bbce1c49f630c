package fix

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/astutil"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
)

// discard looks at the error and returns when there is one.
func (s *site) discard() []analysis.SuggestedFix {
	if s.assign == nil || s.finding.Message() != nil {
		return nil
	}
	if s.finding.Logged() {
		return s.logged()
	}
	stmts, index := s.statement()
	if stmts == nil {
		return nil
	}
	blank, ok := s.assign.Lhs[len(s.assign.Lhs)-1].(*ast.Ident)
	if !ok || blank.Name != "_" || len(s.assign.Lhs) < 2 || !s.nameable() {
		return nil
	}
	edits := s.need(s.assign.Pos())
	margin := s.margin(s.assign)
	end := s.behind(stmts, index)
	code, message, ok := s.told(edits)
	if !ok {
		return nil
	}
	fix := analysis.SuggestedFix{Message: message}
	all, ok := edits.edits(
		edit(blank.Pos(), blank.End(), "err"),
		edit(end, end, "\n"+margin+lines(margin, code...)),
	)
	if !ok {
		return nil
	}
	fix.TextEdits = all
	return []analysis.SuggestedFix{fix}
}

// told is the code that looks at err behind the query.
func (s *site) told(edits *imports) (code []string, message string, ok bool) {
	verdict := s.known && s.truth
	absences := !s.finding.Query().Lists && !s.finding.Crash() // an absent object is told by an error, too
	tellsApart := s.known && absences
	failed := "if err != nil {"
	var gate string
	if absences {
		if gate, ok = s.gate(edits, s.finding.Query().Gates()); !ok {
			return nil, "", false
		}
		if !tellsApart { // what is done of an absent object is done as before
			failed = "if err != nil && !" + gate + "(err) {"
		}
	}
	if !s.answersError() && s.known && tellsApart {
		if s.sig.Results().Len() != 1 {
			return nil, "", false
		}
		answer := "return " + gate + "(err)"
		if !verdict {
			answer = "return !" + gate + "(err)"
		}
		return []string{"if err != nil {", "\t" + answer, "}"}, "tell absence from a fault", true
	}
	if !s.answersError() && !s.known {
		return nil, "", false
	}
	answer, ok := s.answer(edits, s.known && !verdict, "err")
	if !ok {
		return nil, "", false
	}
	code = []string{failed, "\t" + answer, "}"}
	if tellsApart && s.sig.Results().Len() == 2 {
		absent := "return false, nil"
		if verdict {
			absent = "return true, nil"
		}
		return append([]string{"if " + gate + "(err) {", "\t" + absent, "}"}, code...), "tell absence from a fault, and answer the error", true
	}
	return code, s.message(), true
}

// message says how a fault is told.
func (s *site) message() string {
	if s.answersError() {
		return "answer the error"
	}
	return fmt.Sprintf("answer %v when in doubt", !s.truth)
}

// logged returns at the end of the branch that shows the error.
func (s *site) logged() []analysis.SuggestedFix {
	stmts, index := s.statement()
	if stmts == nil || index+1 >= len(stmts) {
		return nil
	}
	branch, ok := stmts[index+1].(*ast.IfStmt)
	if !ok || branch.Init != nil || branch.Else != nil || len(branch.Body.List) == 0 {
		return nil
	}
	last := branch.Body.List[len(branch.Body.List)-1]
	ret := &ast.ReturnStmt{Return: last.Pos()}
	if !s.failed(ret, []ast.Node{branch.Body, branch}) || !s.errIsOwn(last.Pos()) || terminates(last) {
		return nil
	}
	edits := s.need(last.Pos())
	if s.known && !s.finding.Query().Lists || !s.known && !s.answersError() {
		return nil
	}
	answer, ok := s.answer(edits, s.known && !s.truth, s.err.Name())
	if !ok {
		return nil
	}
	fix := analysis.SuggestedFix{Message: s.message()}
	if fix.TextEdits, ok = edits.edits(edit(last.End(), last.End(), "\n"+s.margin(s.assign)+"\t"+answer)); !ok {
		return nil
	}
	return []analysis.SuggestedFix{fix}
}

// terminates reports whether nothing behind a statement is reached.
func terminates(stmt ast.Stmt) bool {
	switch stmt.(type) {
	case *ast.ReturnStmt, *ast.BranchStmt:
		return true
	}
	return false
}

// statement returns the statements among which the query's assignment stands by
// itself, and its index; none if it is part of another.
func (s *site) statement() (stmts []ast.Stmt, index int) {
	ast.Inspect(s.fn, func(n ast.Node) bool {
		var list []ast.Stmt
		switch n := n.(type) {
		case *ast.BlockStmt:
			list = n.List
		case *ast.CaseClause:
			list = n.Body
		case *ast.CommClause:
			list = n.Body
		}
		for i, stmt := range list {
			if stmt == ast.Stmt(s.assign) {
				stmts, index = list, i
			}
		}
		return stmts == nil
	})
	return stmts, index
}

// behind returns where the next statement can begin: behind the comment on the
// line, too.
func (s *site) behind(stmts []ast.Stmt, index int) token.Pos {
	end := stmts[index].End()
	source := s.Fset.File(end)
	line := source.Line(end)
	if line == source.LineCount() || index+1 < len(stmts) && source.Line(stmts[index+1].Pos()) == line {
		return end
	}
	for _, group := range s.file.Comments {
		if group.Pos() > end && source.Line(group.Pos()) == line {
			end = group.List[0].End()
		}
	}
	return end
}

// nameable reports whether the error can be called err where the query is.
func (s *site) nameable() bool {
	obj := s.visible("err", s.assign.End())
	v, isVar := obj.(*types.Var)
	isError := isVar && absint.IsError(v.Type())
	if s.assign.Tok == token.ASSIGN {
		return isError
	}
	scope := s.Types.Scope().Innermost(s.assign.Pos())
	if later := scope.Lookup("err"); later != nil && later.Pos() > s.assign.Pos() {
		return s.redeclares(later)
	}
	// A variable of the same scope is assigned to, one of another is shadowed.
	return obj == nil || isError || obj.Parent() != scope
}

// redeclares reports whether a declaration leaves a name alone that has been
// declared before: "x, err := f()" does.
func (s *site) redeclares(obj types.Object) bool {
	path, _ := astutil.PathEnclosingInterval(s.file, obj.Pos(), obj.Pos())
	assign, _ := node[*ast.AssignStmt](path)
	if assign == nil || !absint.IsError(obj.Type()) {
		return false
	}
	for _, lhs := range assign.Lhs {
		if id, ok := lhs.(*ast.Ident); ok && s.Info.Defs[id] != nil && s.Info.Defs[id] != obj {
			return true
		}
	}
	return false
}
