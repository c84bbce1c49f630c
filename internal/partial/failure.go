package partial

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// A call of somebody who is not there answers an error where a variable called so, err or closeErr,
// gets what it answers last: that is what the rest of the function hangs on.

var errorType = types.Universe.Lookup("error").Type()

// namedError reports whether a variable of this name is an error.
func namedError(name string) bool { return name == "err" || strings.HasSuffix(name, "Err") }

// errors gives the variables of a function that are named for errors, and have no type, that of
// errors, if a call answers them last.
func (m *mender) errors(root ast.Node) {
	typed := map[types.Object]*types.Var{}
	ast.Inspect(root, func(n ast.Node) bool {
		s, ok := n.(*ast.AssignStmt)
		if !ok || s.Tok != token.DEFINE || answering(s) == nil {
			return true
		}
		id, ok := s.Lhs[len(s.Lhs)-1].(*ast.Ident)
		if !ok || !namedError(id.Name) {
			return true
		}
		if v, ok := m.info.Defs[id].(*types.Var); ok && invalid(v.Type()) {
			typed[v] = types.NewVar(v.Pos(), v.Pkg(), v.Name(), errorType)
			m.info.Defs[id] = typed[v]
		}
		return true
	})
	if len(typed) == 0 {
		return
	}
	ast.Inspect(root, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok {
			return true
		}
		if v := typed[m.info.Uses[id]]; v != nil {
			tv := m.stand.value
			tv.Type = errorType
			m.info.Uses[id], m.info.Types[id] = v, tv
		}
		return true
	})
}

// answering returns the only call that an assignment stores the answers of, or nil.
func answering(s *ast.AssignStmt) *ast.CallExpr {
	if len(s.Rhs) != 1 {
		return nil
	}
	call, _ := ast.Unparen(s.Rhs[0]).(*ast.CallExpr)
	return call
}

// failing returns, in the place of an assignment of what somebody answers who is not there, one of
// what a stand-in of that name answers, if the last is an error. It is handed the same, and the texts
// among it, too.
func (m *mender) failing(s *ast.AssignStmt) (ast.Stmt, bool) {
	call := answering(s)
	if call == nil || m.callee(call) && !invalid(m.info.TypeOf(call.Fun)) {
		return nil, false
	}
	copied := &ast.AssignStmt{TokPos: s.TokPos, Tok: token.ASSIGN}
	var results []*types.Var
	for i, lhs := range s.Lhs {
		id, ok := lhs.(*ast.Ident)
		if last := i == len(s.Lhs)-1; last && (!ok || id.Name == "_" || !m.identified(id) || !types.Identical(m.info.ObjectOf(id).Type(), errorType)) {
			return nil, false
		}
		if !ok || id.Name == "_" || !m.identified(id) {
			continue
		}
		if m.info.Defs[id] != nil {
			copied.Tok = token.DEFINE
		}
		copied.Lhs = append(copied.Lhs, id)
		results = append(results, types.NewParam(token.NoPos, m.stand.pkg, "", m.info.ObjectOf(id).Type()))
	}
	m.lose(s)
	m.words = true // what it is handed may be a command line
	args := m.handed(call)
	m.words = false
	copied.Rhs = []ast.Expr{m.stand.answer(call, calleeName(call.Fun), args, types.NewTuple(results...))}
	return copied, true
}

// calleeName is the name of what is called.
func calleeName(fun ast.Expr) string {
	switch f := ast.Unparen(fun).(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	case *ast.IndexExpr:
		return calleeName(f.X)
	}
	return unnamed
}

// condition returns a condition that has no type, of which a part is an error that is compared
// with nil.
func (m *mender) condition(b *ast.BinaryExpr) (ast.Expr, bool) {
	if m.sick(b) {
		return nil, false
	}
	copied := *b
	switch b.Op {
	case token.EQL, token.NEQ:
		x, ok := m.expr(b.X)
		null, isIdent := b.Y.(*ast.Ident)
		if !ok || !isIdent || !types.Identical(m.info.TypeOf(x), errorType) {
			return nil, false
		}
		if _, isNil := m.info.Uses[null].(*types.Nil); !isNil {
			return nil, false
		}
		copied.X, copied.Y = x, m.stand.null(null, errorType)
	case token.LAND, token.LOR:
		_, left := m.expr(b.X)
		_, right := m.expr(b.Y)
		if !left && !right {
			return nil, false
		}
		copied.X, copied.Y = m.want(b.X, types.Typ[types.Bool]), m.want(b.Y, types.Typ[types.Bool])
	default:
		return nil, false
	}
	tv := m.stand.computed
	tv.Type = types.Typ[types.Bool]
	return m.as(&copied, tv), true
}
