package partial

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"maps"
)

// standIns are variables in the place of what has no type. Nobody assigns to them, and
// each stands in one place, so that an execution knows nothing of any two.
type standIns struct {
	pkg      *types.Package
	info     *types.Info
	names    []*ast.Ident
	value    types.TypeAndValue // of a variable
	void     types.TypeAndValue // of a call that answers nothing
	computed types.TypeAndValue // of what is no variable
	nothing  types.TypeAndValue // of nil
}

// newStandIns returns an info that stand-ins can be added to, and nothing that is in the
// one that it is made from changes.
func newStandIns(pkg *types.Package, info *types.Info) *standIns {
	known := *info
	known.Types, known.Defs, known.Uses = maps.Clone(info.Types), maps.Clone(info.Defs), maps.Clone(info.Uses)
	known.Selections, known.Implicits = maps.Clone(info.Selections), maps.Clone(info.Implicits)
	s := &standIns{pkg: pkg, info: &known}
	// Only the type checker can say of an expression that it is a variable.
	model := types.NewPackage("model", "model")
	model.Scope().Insert(types.NewVar(token.NoPos, model, "f", types.NewSignatureType(nil, nil, nil, nil, nil, false)))
	s.value, _ = types.Eval(token.NewFileSet(), model, token.NoPos, "f")
	s.void, _ = types.Eval(token.NewFileSet(), model, token.NoPos, "f()")
	s.computed, _ = types.Eval(token.NewFileSet(), model, token.NoPos, "f == nil")
	s.nothing, _ = types.Eval(token.NewFileSet(), model, token.NoPos, "nil")
	return s
}

// unnamed is what a stand-in is called that stands in for nobody who has a name.
const unnamed = "no type"

// in returns a variable of a type, in the place of a node.
func (s *standIns) in(n ast.Node, t types.Type) ast.Expr { return s.named(n, t, unnamed) }

// named returns a variable of a type, in the place of a node, that is called after somebody.
func (s *standIns) named(n ast.Node, t types.Type, after string) ast.Expr {
	name := fmt.Sprintf("%s %d", after, len(s.names)) // which nobody else is called
	v := types.NewVar(n.Pos(), s.pkg, name, t)
	def := &ast.Ident{NamePos: n.Pos(), Name: name}
	s.info.Defs[def] = v
	s.names = append(s.names, def)
	use := &ast.Ident{NamePos: n.Pos(), Name: name}
	s.info.Uses[use] = v
	tv := s.value
	tv.Type = t
	s.info.Types[use] = tv
	return use
}

// call returns the call of somebody of a name who is handed some values.
func (s *standIns) call(n ast.Node, name string, args []ast.Expr) ast.Stmt {
	anything := types.NewSlice(types.NewInterfaceType(nil, nil))
	params := types.NewTuple(types.NewParam(token.NoPos, s.pkg, "", anything))
	call := &ast.CallExpr{Fun: s.named(n, types.NewSignatureType(nil, nil, nil, params, nil, true), name), Lparen: n.Pos(), Args: args, Rparen: n.End()}
	s.info.Types[call] = s.void
	return &ast.ExprStmt{X: call}
}

// answer returns the call of somebody of a name who is handed some values, and answers others. Its
// parameters have the types of the values: a list of texts may be a command line.
func (s *standIns) answer(n ast.Node, name string, args []ast.Expr, results *types.Tuple) ast.Expr {
	var params []*types.Var
	for _, arg := range args {
		params = append(params, types.NewParam(token.NoPos, s.pkg, "", types.Default(s.info.TypeOf(arg))))
	}
	call := &ast.CallExpr{Fun: s.named(n, types.NewSignatureType(nil, nil, nil, types.NewTuple(params...), results, false), name), Lparen: n.Pos(), Args: args, Rparen: n.End()}
	tv := s.computed
	if tv.Type = results; results.Len() == 1 {
		tv.Type = results.At(0).Type()
	}
	s.info.Types[call] = tv
	return call
}

// null returns nil, of a type.
func (s *standIns) null(n ast.Node, t types.Type) ast.Expr {
	id := &ast.Ident{NamePos: n.Pos(), Name: "nil"}
	s.info.Uses[id] = types.Universe.Lookup("nil")
	tv := s.nothing
	tv.Type = t
	s.info.Types[id] = tv
	return id
}

// file returns a file that declares the stand-ins, nil if there are none.
func (s *standIns) file(like *ast.File) *ast.File {
	if len(s.names) == 0 {
		return nil
	}
	decl := &ast.GenDecl{Tok: token.VAR, Specs: []ast.Spec{&ast.ValueSpec{Names: s.names}}}
	return &ast.File{Package: like.Package, Name: like.Name, Decls: []ast.Decl{decl}, FileStart: like.FileStart, FileEnd: like.FileStart}
}

// want returns an expression that can be executed, or what stands in for it, of a type that
// somebody needs.
func (m *mender) want(e ast.Expr, t types.Type) ast.Expr {
	if mended, ok := m.expr(e); ok && !m.sick(e) {
		if is := m.info.TypeOf(mended); is != nil && types.AssignableTo(is, t) {
			return mended
		}
	}
	return m.instead(e, t)
}

// expr returns an expression of the same type that can be executed; ok is false if it has
// no type.
func (m *mender) expr(e ast.Expr) (mended ast.Expr, ok bool) {
	if m.well(e) {
		return e, true
	}
	mended, known := m.done[e]
	if !known {
		mended, _ = m.mended(e)
		m.done[e] = mended
	}
	return mended, mended != nil
}

// mended is expr for an expression with something in it that has no type.
func (m *mender) mended(e ast.Expr) (mended ast.Expr, ok bool) {
	tv := m.info.Types[e]
	t := tv.Type
	if b, ok := e.(*ast.BinaryExpr); ok && (t == nil || invalid(t)) {
		return m.condition(b)
	}
	if t == nil || invalid(t) || !tv.IsValue() && !tv.IsVoid() {
		return nil, false
	}
	switch e := e.(type) {
	case *ast.FuncLit:
		copied := *e
		if sig, fine := t.(*types.Signature); fine {
			copied.Body, ok = m.body(e.Body, sig)
		}
		if ok && !m.sick(e) && m.nameless(copied.Body) == nil {
			return m.as(&copied, tv), true
		}
	case *ast.CallExpr:
		if call, ok := m.call(e); ok {
			return m.as(call, tv), true
		}
	case *ast.CompositeLit:
		if !hasInvalidField(t) {
			if lit, ok := m.literal(e); ok {
				return m.as(lit, tv), true
			}
		}
	case *ast.ParenExpr:
		return m.expr(e.X)
	case *ast.UnaryExpr:
		copied := *e
		if copied.X, ok = m.expr(e.X); ok && !m.sick(e) {
			if _, lit := ast.Unparen(copied.X).(*ast.CompositeLit); lit || e.Op != token.AND {
				return m.as(&copied, tv), true
			}
		}
	case *ast.BinaryExpr:
		copied := *e
		var other bool
		copied.X, ok = m.expr(e.X)
		copied.Y, other = m.expr(e.Y)
		if ok && other && !m.sick(e) {
			return m.as(&copied, tv), true
		}
	case *ast.SelectorExpr:
		copied := *e
		if copied.X, ok = m.expr(e.X); ok && !m.sick(e) {
			if selection := m.info.Selections[e]; selection != nil {
				m.info.Selections[&copied] = selection
				return m.as(&copied, tv), true
			}
		}
	}
	if !single(t) || tv.IsVoid() || m.nameless(e) == nil {
		return nil, false // what is wrong with it is how it is used
	}
	if basic, untyped := t.(*types.Basic); untyped && basic.Info()&types.IsUntyped != 0 {
		if t = types.Default(t); basic.Kind() == types.UntypedNil {
			return nil, false
		}
	}
	return m.instead(e, t), true
}

// as gives an expression the type of the one that it is a copy of.
func (m *mender) as(e ast.Expr, tv types.TypeAndValue) ast.Expr {
	m.info.Types[e] = tv
	return e
}

// call mends the arguments of a call.
func (m *mender) call(e *ast.CallExpr) (*ast.CallExpr, bool) {
	if !m.callee(e) {
		return nil, false
	}
	copied := *e
	var ok bool
	sig, isFunc := m.info.TypeOf(e.Fun).Underlying().(*types.Signature)
	if copied.Fun, ok = m.expr(e.Fun); !ok || !isFunc || sig.TypeParams().Len() > 0 {
		return nil, false
	}
	n := sig.Params().Len()
	if len(e.Args) < n-1 || len(e.Args) < n && !sig.Variadic() || len(e.Args) > n && !sig.Variadic() {
		return nil, false
	}
	copied.Args = nil
	for i, arg := range e.Args {
		t := sig.Params().At(min(i, n-1)).Type()
		if sig.Variadic() && i >= n-1 && !e.Ellipsis.IsValid() {
			t = t.(*types.Slice).Elem()
		}
		copied.Args = append(copied.Args, m.want(arg, t))
	}
	return &copied, !m.sick(e)
}

// literal mends the elements of a composite literal: a field that cannot be is not set.
func (m *mender) literal(e *ast.CompositeLit) (*ast.CompositeLit, bool) {
	copied := *e
	copied.Elts = nil
	for i, elt := range e.Elts {
		pair, keyed := elt.(*ast.KeyValueExpr)
		switch {
		case m.well(elt):
			copied.Elts = append(copied.Elts, elt)
		case !keyed:
			t := element(m.info.TypeOf(e), "", i)
			if t == nil || invalid(t) {
				return nil, false
			}
			copied.Elts = append(copied.Elts, m.want(elt, t))
		default:
			p := *pair
			name, _ := pair.Key.(*ast.Ident)
			if name == nil {
				name = &ast.Ident{}
			}
			t := element(m.info.TypeOf(e), name.Name, -1)
			if t == nil || invalid(t) || !m.well(pair.Key) {
				m.lose(pair)
				continue
			}
			p.Value = m.want(pair.Value, t)
			copied.Elts = append(copied.Elts, &p)
		}
	}
	return &copied, !m.sick(e)
}

// element returns the type of a field, by its name or by its number, or that of all
// elements of what is no struct; nil if there is no such field.
func element(t types.Type, field string, i int) types.Type {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	switch u := t.Underlying().(type) {
	case *types.Struct:
		for n := range u.NumFields() {
			if f := u.Field(n); n == i || f.Name() == field {
				return f.Type()
			}
		}
	case interface{ Elem() types.Type }:
		return u.Elem()
	}
	return nil
}
