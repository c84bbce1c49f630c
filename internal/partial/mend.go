package partial

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
)

// A mender rewrites a function of which a part has no type, so that the rest can be
// executed: what has none is taken for a call of somebody who cannot be seen, who is handed
// what it mentions and can answer anything. Nodes are copied before they change.
//
// A statement is mended from its parts up. What an expression was to be is known by its
// own type, or by who needs it: an argument by its parameter, a condition is a bool. Where
// neither is known nothing is mended, and the function is left out as a whole.
type mender struct {
	checker
	stand *standIns
	// gone are the places of what is not there any more, and of what is said to be wrong
	// with it.
	gone []span
	// words reports that the texts among what is handed on are, too.
	words bool
	// before is what is called before the statement that is mended, in the place of parts of it.
	before []ast.Stmt
	// done are expressions that were mended, nil for those that have no type.
	done map[ast.Expr]ast.Expr
	// results are those of the function whose body is mended.
	results *types.Tuple
}

// mend returns a function that can be executed; ok is false if nothing helps.
func (m *mender) mend(decl *ast.FuncDecl) (mended *ast.FuncDecl, ok bool) {
	fn, ok := m.info.Defs[decl.Name].(*types.Func)
	if !ok || decl.Body == nil || unsigned(fn) {
		return nil, false
	}
	m.errors(decl.Body)
	copied := *decl
	copied.Body, ok = m.body(decl.Body, fn.Signature())
	return &copied, ok && !m.sick(decl) && m.nameless(copied.Body) == nil
}

// value returns an initial value of a variable that can be executed.
func (m *mender) value(e ast.Expr) (mended ast.Expr, ok bool) {
	m.errors(e)
	mended, ok = m.expr(e)
	return mended, ok && !m.sick(e) && m.nameless(mended) == nil
}

// sick reports whether something is said to be wrong within a node that is still there.
func (m *mender) sick(n ast.Node) bool {
	return slices.ContainsFunc(m.errs, func(e types.Error) bool {
		return contains(n, e.Pos) && !slices.ContainsFunc(m.gone, func(g span) bool { return g.pos <= e.Pos && e.Pos <= g.end })
	})
}

// A span is where a node stands.
type span struct{ pos, end token.Pos }

// lose notes that a node is not there any more.
func (m *mender) lose(n ast.Node) { m.gone = append(m.gone, span{n.Pos(), n.End()}) }

func contains(n ast.Node, pos token.Pos) bool { return n.Pos() <= pos && pos <= n.End() }

// body mends the body of a function with a signature.
func (m *mender) body(body *ast.BlockStmt, sig *types.Signature) (*ast.BlockStmt, bool) {
	outer := m.results
	m.results = sig.Results()
	defer func() { m.results = outer }()
	return m.block(body)
}

func (m *mender) block(b *ast.BlockStmt) (*ast.BlockStmt, bool) {
	if b == nil {
		return nil, true
	}
	copied := *b
	var ok bool
	copied.List, ok = m.list(b.List)
	return &copied, ok
}

func (m *mender) list(stmts []ast.Stmt) (out []ast.Stmt, ok bool) {
	outer := m.before
	defer func() { m.before = outer }()
	for _, s := range stmts {
		m.before = nil
		mended, ok := m.stmt(s)
		if !ok {
			return nil, false
		}
		out = append(append(out, m.before...), mended...)
	}
	return out, true
}

// well reports whether nothing has to be mended in a node.
func (m *mender) well(n ast.Node) bool { return !m.sick(n) && m.nameless(n) == nil }

// stmt returns what takes the place of a statement.
func (m *mender) stmt(s ast.Stmt) (out []ast.Stmt, ok bool) {
	if m.well(s) {
		return []ast.Stmt{s}, true
	}
	switch s := s.(type) {
	case *ast.BlockStmt:
		b, ok := m.block(s)
		return []ast.Stmt{b}, ok
	case *ast.LabeledStmt:
		inner, ok := m.stmt(s.Stmt)
		if !ok || len(inner) != 1 {
			return nil, false
		}
		copied := *s
		copied.Stmt = inner[0]
		return []ast.Stmt{&copied}, true
	case *ast.IfStmt:
		return m.after(s.Init, func() (ast.Stmt, bool) { return m.ifStmt(s) })
	case *ast.ForStmt:
		return m.after(s.Init, func() (ast.Stmt, bool) { return m.forStmt(s) })
	case *ast.RangeStmt:
		return m.rangeStmt(s)
	case *ast.SwitchStmt:
		return m.after(s.Init, func() (ast.Stmt, bool) { return m.switchStmt(s) })
	case *ast.TypeSwitchStmt:
		return m.after(s.Init, func() (ast.Stmt, bool) { return m.typeSwitch(s) })
	case *ast.ReturnStmt:
		return m.returnStmt(s)
	case *ast.AssignStmt:
		return m.assign(s)
	case *ast.DeclStmt:
		return m.declStmt(s)
	case *ast.ExprStmt:
		if e, ok := m.expr(s.X); ok && !m.sick(s) {
			copied := *s
			copied.X = e
			return []ast.Stmt{&copied}, true
		}
	case *ast.GoStmt:
		if e, ok := m.expr(s.Call); ok && !m.sick(s) {
			copied := *s
			copied.Call, ok = e.(*ast.CallExpr)
			return []ast.Stmt{&copied}, ok
		}
	case *ast.DeferStmt:
		if e, ok := m.expr(s.Call); ok && !m.sick(s) {
			copied := *s
			copied.Call, ok = e.(*ast.CallExpr)
			return []ast.Stmt{&copied}, ok
		}
	case *ast.SelectStmt, *ast.BranchStmt:
		return nil, false
	}
	return []ast.Stmt{m.somebody(s)}, true
}

// after returns what takes the place of a statement that begins with another: that one, what
// is called before the rest of it, and the rest.
func (m *mender) after(init ast.Stmt, rest func() (ast.Stmt, bool)) ([]ast.Stmt, bool) {
	out, ok := m.optional(init)
	before := m.before
	m.before = nil
	s, restOK := rest()
	out = append(append(out, m.before...), s)
	m.before = before
	return out, ok && restOK
}

// optional is stmt for a statement that may not be there.
func (m *mender) optional(s ast.Stmt) ([]ast.Stmt, bool) {
	if s == nil {
		return nil, true
	}
	return m.stmt(s)
}

func (m *mender) forStmt(s *ast.ForStmt) (ast.Stmt, bool) {
	copied := *s
	post, ok := m.optional(s.Post)
	body, bodyOK := m.block(s.Body)
	copied.Init, copied.Post, copied.Body = nil, nil, body
	if len(post) == 1 {
		copied.Post = post[0]
	}
	if s.Cond != nil {
		copied.Cond = m.want(s.Cond, types.Typ[types.Bool])
	}
	return &copied, ok && bodyOK && len(post) < 2
}

// ifStmt leaves the first statement to [mender.after]: names are resolved already.
func (m *mender) ifStmt(s *ast.IfStmt) (ast.Stmt, bool) {
	copied := *s
	copied.Init, copied.Cond = nil, m.want(s.Cond, types.Typ[types.Bool])
	body, bodyOK := m.block(s.Body)
	copied.Body = body
	other, otherOK := m.optional(s.Else)
	switch len(other) {
	case 0:
	case 1:
		copied.Else = other[0]
	default:
		copied.Else = &ast.BlockStmt{Lbrace: s.Else.Pos(), List: other, Rbrace: s.Else.End()}
	}
	return &copied, bodyOK && otherOK
}

// rangeStmt makes a loop over nobody knows what a loop with a condition.
func (m *mender) rangeStmt(s *ast.RangeStmt) ([]ast.Stmt, bool) {
	body, ok := m.block(s.Body)
	if !ok {
		return nil, false
	}
	whole := *s
	whole.Body = body
	bad := func(e ast.Expr) bool { return e != nil && m.nameless(e) != nil }
	if x, ok := m.expr(s.X); ok && !bad(s.Key) && !bad(s.Value) {
		whole.X = x
		return []ast.Stmt{&whole}, true
	}
	for _, e := range []ast.Expr{s.Key, s.Value} {
		if id, ok := e.(*ast.Ident); ok && e != nil && m.identified(id) && id.Name != "_" && s.Tok == token.DEFINE {
			return nil, false // it is typed, though what it ranges over is not
		}
	}
	return []ast.Stmt{m.somebody(s.X), &ast.ForStmt{For: s.For, Cond: m.stand.in(s.X, types.Typ[types.Bool]), Body: body}}, true
}

func (m *mender) switchStmt(s *ast.SwitchStmt) (_ ast.Stmt, ok bool) {
	ok = true
	copied := *s
	copied.Init = nil
	tag := types.Type(types.Typ[types.Bool])
	if s.Tag != nil {
		if e, ok := m.expr(s.Tag); ok {
			copied.Tag, tag = e, m.info.TypeOf(s.Tag)
		} else {
			copied.Tag = nil
			m.before = append(m.before, m.somebody(s.Tag))
		}
	}
	body := *s.Body
	body.List = nil
	for _, clause := range s.Body.List {
		c := *clause.(*ast.CaseClause)
		c.List = nil
		for _, e := range clause.(*ast.CaseClause).List {
			if s.Tag != nil && copied.Tag == nil {
				c.List = append(c.List, m.instead(e, tag))
				continue
			}
			c.List = append(c.List, m.want(e, tag))
		}
		list, listOK := m.list(c.Body)
		c.Body = list
		ok = ok && listOK
		body.List = append(body.List, &c)
	}
	copied.Body = &body
	return &copied, ok
}

// typeSwitch keeps the cases whose types are there.
func (m *mender) typeSwitch(s *ast.TypeSwitchStmt) (_ ast.Stmt, ok bool) {
	ok = true
	copied := *s
	copied.Init = nil
	if m.nameless(s.Assign) != nil {
		return nil, false
	}
	body := *s.Body
	body.List = nil
	for _, clause := range s.Body.List {
		old := clause.(*ast.CaseClause)
		c := *old
		c.List = slices.DeleteFunc(slices.Clone(c.List), func(e ast.Expr) bool {
			if m.nameless(e) != nil {
				m.lose(e)
				return true
			}
			return false
		})
		if len(c.List) == 0 && len(old.List) > 0 || len(c.List) != len(old.List) && m.info.Implicits[old] != nil {
			m.lose(old)
			continue
		}
		if v := m.info.Implicits[old]; v != nil {
			m.info.Implicits[&c] = v
		}
		list, listOK := m.list(c.Body)
		c.Body = list
		ok = ok && listOK
		body.List = append(body.List, &c)
	}
	copied.Body = &body
	return &copied, ok
}

func (m *mender) returnStmt(s *ast.ReturnStmt) ([]ast.Stmt, bool) {
	copied := *s
	copied.Results = nil
	n := m.results.Len()
	if len(s.Results) == n && n > 0 {
		for i, e := range s.Results {
			copied.Results = append(copied.Results, m.want(e, m.results.At(i).Type()))
		}
		if !m.sick(s) {
			return []ast.Stmt{&copied}, true
		}
		copied.Results = nil
	} else if len(s.Results) == 1 && !single(m.info.TypeOf(s.Results[0])) {
		if e, ok := m.expr(s.Results[0]); ok && !m.sick(s) {
			copied.Results = []ast.Expr{e}
			return []ast.Stmt{&copied}, true
		}
	}
	said := m.somebody(s)
	for result := range m.results.Variables() {
		copied.Results = append(copied.Results, m.stand.in(s, result.Type()))
	}
	return []ast.Stmt{said, &copied}, true
}

// assign keeps of an assignment what is stored in variables that have a type.
func (m *mender) assign(s *ast.AssignStmt) ([]ast.Stmt, bool) {
	copied := *s
	copied.Lhs, copied.Rhs = nil, nil
	target := func(e ast.Expr) (ast.Expr, bool) {
		if id, ok := e.(*ast.Ident); ok {
			return e, m.identified(id)
		}
		return m.expr(e)
	}
	switch {
	case s.Tok != token.ASSIGN && s.Tok != token.DEFINE:
	case len(s.Rhs) == 1 && len(s.Lhs) > 1: // what one call answers, or a comma and ok
		e, ok := m.expr(s.Rhs[0])
		for _, lhs := range s.Lhs {
			l, fine := target(lhs)
			ok = ok && fine
			copied.Lhs = append(copied.Lhs, l)
		}
		if ok && !m.sick(s) {
			copied.Rhs = []ast.Expr{e}
			return []ast.Stmt{&copied}, true
		}
	case len(s.Lhs) == len(s.Rhs):
		for i := range s.Lhs {
			l, fine := target(s.Lhs[i])
			if !fine {
				break
			}
			if id, blank := l.(*ast.Ident); blank && id.Name == "_" {
				if e, ok := m.expr(s.Rhs[i]); ok {
					copied.Lhs, copied.Rhs = append(copied.Lhs, l), append(copied.Rhs, e)
				}
				continue
			}
			copied.Lhs, copied.Rhs = append(copied.Lhs, l), append(copied.Rhs, m.want(s.Rhs[i], m.info.TypeOf(l)))
		}
		if len(copied.Lhs) == len(s.Lhs) && !m.sick(s) {
			return []ast.Stmt{&copied}, true
		}
	}
	if failing, ok := m.failing(s); ok {
		return []ast.Stmt{failing}, true
	}
	out := []ast.Stmt{m.somebody(s)}
	copied.Lhs, copied.Rhs, copied.Tok = nil, nil, token.ASSIGN
	for _, lhs := range s.Lhs {
		id, ok := lhs.(*ast.Ident)
		if !ok || id.Name == "_" || !m.identified(id) {
			continue
		}
		if m.info.Defs[id] != nil {
			copied.Tok = token.DEFINE
		}
		copied.Lhs, copied.Rhs = append(copied.Lhs, id), append(copied.Rhs, m.stand.in(s, m.info.TypeOf(id)))
	}
	if len(copied.Lhs) > 0 {
		out = append(out, &copied)
	}
	return out, true
}

// declStmt keeps the variables that have a type.
func (m *mender) declStmt(s *ast.DeclStmt) ([]ast.Stmt, bool) {
	decl, ok := s.Decl.(*ast.GenDecl)
	if !ok || decl.Tok != token.VAR {
		m.lose(s)
		return nil, true // a type, or a constant: who uses it is mended, too
	}
	var out []ast.Stmt
	for _, spec := range decl.Specs {
		spec := m.valueSpec(*spec.(*ast.ValueSpec))
		out = append(out, m.before...)
		m.before = nil
		if len(spec.Names) > 0 {
			kept := *decl
			kept.Specs = []ast.Spec{&spec}
			out = append(out, &ast.DeclStmt{Decl: &kept})
		}
	}
	return out, true
}

func (m *mender) valueSpec(spec ast.ValueSpec) ast.ValueSpec {
	if m.well(&spec) {
		return spec
	}
	m.lose(&spec)
	names, values := spec.Names, spec.Values
	spec.Names, spec.Values = nil, nil
	for i, name := range names {
		if !m.identified(name) {
			continue
		}
		spec.Names = append(spec.Names, name)
		switch {
		case len(values) == len(names):
			spec.Values = append(spec.Values, m.want(values[i], m.info.TypeOf(name)))
		case len(values) > 0:
			spec.Values = append(spec.Values, m.stand.in(name, m.info.TypeOf(name)))
		}
	}
	return spec
}

// somebody is a call of somebody who cannot be seen, in the place of a statement or an
// expression. Whoever is called there has kept the name: a logger is one by it.
func (m *mender) somebody(n ast.Node) ast.Stmt {
	m.lose(n)
	after := unnamed
	if stmt, ok := n.(*ast.ExprStmt); ok {
		if call, ok := ast.Unparen(stmt.X).(*ast.CallExpr); ok {
			after = calleeName(call.Fun)
		}
	}
	return m.stand.call(n, after, m.handed(n))
}

// handed returns what is mentioned in a node, and has one value: variables, calls, and
// func literals. Calls that answer several are made before.
func (m *mender) handed(root ast.Node) (args []ast.Expr) {
	ast.Inspect(root, func(n ast.Node) bool {
		switch e := n.(type) {
		case *ast.FuncLit:
			if n != root {
				if lit, ok := m.expr(e); ok {
					args = append(args, lit)
				}
			}
			return false
		case *ast.CallExpr:
			t := m.info.TypeOf(e)
			if n == root || !m.callee(e) || t == nil || invalid(t) {
				return true
			}
			if call, ok := m.expr(e); ok && single(t) {
				args = append(args, call)
				return false
			} else if ok {
				m.before = append(m.before, &ast.ExprStmt{X: call})
				return false
			}
		case *ast.SelectorExpr:
			ast.Inspect(e.X, func(n ast.Node) bool {
				args = m.variable(args, n)
				_, lit := n.(*ast.FuncLit)
				return !lit
			})
			return false
		case *ast.Ident:
			args = m.variable(args, e)
		case *ast.BasicLit:
			if m.words && e.Kind == token.STRING {
				args = append(args, m.word(e))
			}
		}
		return true
	})
	return args
}

// word is a text as an argument of a string.
func (m *mender) word(lit *ast.BasicLit) ast.Expr {
	copied := *lit
	tv := m.stand.computed
	tv.Type, tv.Value = types.Typ[types.String], constant.MakeFromLiteral(lit.Value, token.STRING, 0)
	return m.as(&copied, tv)
}

// instead returns a variable of a type in the place of an expression, and has somebody called
// before whom that hands something to.
func (m *mender) instead(e ast.Expr, t types.Type) ast.Expr {
	m.lose(e)
	if args := m.handed(e); len(args) > 0 {
		m.before = append(m.before, m.stand.call(e, unnamed, args))
	}
	return m.stand.in(e, t)
}

// variable adds a variable that is read.
func (m *mender) variable(args []ast.Expr, n ast.Node) []ast.Expr {
	id, ok := n.(*ast.Ident)
	if !ok {
		return args
	}
	if v, ok := m.info.Uses[id].(*types.Var); ok && !v.IsField() && m.identified(id) && m.info.Types[id].IsValue() {
		args = append(args, id)
	}
	return args
}

// callee reports whether something is called, and not converted, and no predeclared function.
func (m *mender) callee(e *ast.CallExpr) bool {
	tv := m.info.Types[e.Fun]
	return tv.Type != nil && tv.IsValue()
}

func single(t types.Type) bool {
	if t == nil || invalid(t) {
		return false
	}
	_, tuple := t.(*types.Tuple)
	return !tuple
}
