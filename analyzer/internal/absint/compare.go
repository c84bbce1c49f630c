package absint

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

func (f *frame) binOp(s *state, i *ssa.BinOp) Value {
	x, y := f.value(s, i.X), f.value(s, i.Y)
	from := x.From | y.From
	switch i.Op {
	case token.EQL, token.NEQ:
		tx, ty := i.X.Type(), i.Y.Type()
		if x.Got != Unknown { // of a code in an interface what is in that counts
			y, ty = f.unboxed(s, i.Y)
		} else if y.Got != Unknown {
			x, tx = f.unboxed(s, i.X)
		}
		same, from, known := f.compare(x, y, tx, ty)
		if x.Got != Unknown && f.codeOf(i.X, y) || y.Got != Unknown && f.codeOf(i.Y, x) {
			same, known = decided(max(x.Got, y.Got)).Truth()
		}
		if !known {
			return Value{From: from}
		}
		return Bool(same == (i.Op == token.EQL)).with(from)
	}
	from = examined(from)
	a, okA := x.AsConst(i.X.Type())
	b, okB := y.AsConst(i.Y.Type())
	if x.Kind == NonZero && okB { // a length
		a, okA = constant.MakeInt64(1), constant.Compare(constant.ToInt(b), token.EQL, constant.MakeInt64(0)) && i.Op == token.GTR
	}
	if !okA || !okB || a.Kind() != b.Kind() {
		if x.From&Carries != 0 || y.From&Carries != 0 {
			return Value{Kind: NonZero, From: x.From | y.From} // a message built from the error
		}
		return Value{From: from}
	}
	switch i.Op {
	case token.LSS, token.LEQ, token.GTR, token.GEQ:
		return Bool(constant.Compare(a, i.Op, b)).with(from)
	case token.ADD:
		return fromConst(constant.BinaryOp(a, token.ADD, b)).with(x.From | y.From)
	case token.SUB:
		return fromConst(constant.BinaryOp(a, token.SUB, b)).with(from)
	case token.QUO, token.REM:
		if op := i.Op; a.Kind() == constant.Int && b.Kind() == constant.Int && constant.Sign(b) != 0 {
			if op == token.QUO {
				op = token.QUO_ASSIGN // of integers
			}
			return fromConst(constant.BinaryOp(a, op, b)).with(from)
		}
	}
	return Value{From: from}
}

// examined turns "holds the error" into "was decided by it": the outcome of a
// comparison does not tell anybody what the error was.
func examined(from Origin) Origin {
	if from&Carries != 0 {
		from = from&^Carries | Decided
	}
	return from
}

// compare decides x == y.
func (f *frame) compare(x, y Value, tx, ty types.Type) (same bool, from Origin, known bool) {
	from = examined(x.From | y.From)
	for _, p := range [][2]Value{{x, y}, {y, x}} {
		err, sentinel := p[0], p[1]
		if v := isSentinel(err, sentinel); v.Kind != Unknown && sentinel.Var != nil {
			same, known := v.Truth()
			return same, v.From, known
		}
		if sentinel.Var != nil && err.From&Carries != 0 && err.Got == Unknown {
			if !f.x.oracle.AbsenceVar(sentinel.Var) {
				return false, from, err.Kind == Zero || err.Kind == Fault && !f.x.oracle.FaultVar(sentinel.Var)
			}
			same, known := decided(err.Kind).Truth()
			return same, from, known
		}
	}
	// se.StatusCode == 404, as well as err == ErrNotFound, is a gate.
	if x.Got != Unknown && f.absent(y, ty) || y.Got != Unknown && f.absent(x, tx) {
		same, known := decided(max(x.Got, y.Got)).Truth()
		return same, from, known
	}
	if x.Got == Fault && f.foreign(y) || y.Got == Fault && f.foreign(x) {
		return false, from, true
	}
	xNil, xKnown := x.isNil()
	yNil, yKnown := y.isNil()
	if xKnown && yKnown && (xNil || yNil) {
		return xNil == yNil, from, true
	}
	a, okA := x.AsConst(tx)
	b, okB := y.AsConst(ty)
	if okA && okB && a.Kind() == b.Kind() {
		if from&Beside != 0 && a.Kind() == constant.String { // RUNNING is what is supposed of an object that is running
			return strings.EqualFold(constant.StringVal(a), constant.StringVal(b)), from, true
		}
		return constant.Compare(a, token.EQL, b), from, true
	}
	hidden := isText(tx) && (x.carries() || y.carries()) && !(x.carries() && okB || y.carries() && okA)
	if hidden || from&Decided != 0 && (f.saysAbsent(a) || f.saysAbsent(b)) {
		from |= Unsure // a text that nobody can see, or follow, may be that of an absence
	}
	return false, from, false
}

// saysAbsent reports whether a constant is a text that says that something is absent.
func (f *frame) saysAbsent(c constant.Value) bool {
	return c != nil && c.Kind() == constant.String && f.x.oracle.AbsenceText(constant.StringVal(c))
}

// foreign reports whether a code, or the whole text of an error, is that of another error than
// a fault that passes: 403, "23503". Small numbers mean something else to everybody.
func (f *frame) foreign(v Value) bool {
	if v.Kind != Const {
		return false
	}
	if text, ok := v.Text(); ok {
		return !f.x.oracle.FaultText(text)
	}
	code, exact := constant.Int64Val(constant.ToInt(v.Const))
	status := code >= 400 && code < 500 && code != 408 && code != 425 && code != 429
	return exact && (status || code >= 1000 && !f.x.oracle.FaultText(v.Const.ExactString()))
}

// isText reports whether t is a string type.
func isText(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsString != 0
}

// absent reports whether a value stands for absence: a code or a word that says so.
func (f *frame) absent(v Value, t types.Type) bool {
	if v.Var != nil {
		return f.x.oracle.AbsenceVar(v.Var)
	}
	return v.Kind == Const && (f.x.oracle.AbsenceConst(v.Const, t) || f.status(v))
}

// codeOf reports whether a part of an error is compared with the code of absence, of those that are
// declared where the error's type is: etcd.ErrorCodeKeyNotFound of an etcd.Error.
func (f *frame) codeOf(part ssa.Value, v Value) bool {
	pkg := declaring(part)
	return v.Kind == Const && pkg != nil && f.x.oracle.AbsenceCode(v.Const, pkg)
}

// declaring returns the package of the type that a part is got from, nil where it is no field.
func declaring(part ssa.Value) *types.Package {
	var whole types.Type
	switch part := part.(type) {
	case *ssa.Field:
		whole = part.X.Type()
	case *ssa.UnOp:
		addr, ok := part.X.(*ssa.FieldAddr)
		if !ok {
			return nil
		}
		whole = addr.X.Type().Underlying().(*types.Pointer).Elem()
	default:
		return nil
	}
	if named, ok := types.Unalias(whole).(*types.Named); ok {
		return named.Obj().Pkg()
	}
	return nil
}

// status reports whether a value is a number that a program ends with for absence.
func (f *frame) status(v Value) bool {
	return slices.ContainsFunc(f.x.hypothesis.Statuses, func(n int) bool {
		return v.Const.Kind() == constant.Int && constant.Compare(v.Const, token.EQL, constant.MakeInt64(int64(n)))
	})
}

// IsStatus reports whether a number is a status of HTTP that says of a failure.
func IsStatus(c constant.Value) bool {
	n, ok := constant.Int64Val(constant.ToInt(c))
	return ok && 400 <= n && n < 600
}
