package calls

import (
	"go/constant"
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
)

// Gate reports whether a condition that is true, or false, says that something is absent:
// a not-found predicate, or a comparison with a sentinel, or with a code that says so.
func (r *Resolver) Gate(cond ssa.Value, truth bool) bool {
	switch cond := cond.(type) {
	case *ssa.Call:
		if fn := cond.Call.StaticCallee(); fn != nil && fn.Pkg != nil && fn.Name() == "Is" && len(cond.Call.Args) == 2 {
			return truth && r.sentinel(cond.Call.Args[1])
		}
		return truth && r.Call(&cond.Call).Kind == absint.Gate
	case *ssa.BinOp:
		return (cond.Op == token.EQL && truth || cond.Op == token.NEQ && !truth) && (r.sentinel(cond.X) || r.sentinel(cond.Y) || r.code(cond.X) || r.code(cond.Y))
	}
	return false
}

// sentinel reports whether a value is a sentinel that stands for absence.
func (r *Resolver) sentinel(v ssa.Value) bool {
	load, ok := absint.Unboxed(v).(*ssa.UnOp)
	if !ok || load.Op != token.MUL {
		return false
	}
	g, ok := load.X.(*ssa.Global)
	return ok && r.AbsenceVar(g.Object())
}

// code reports whether a value is a number that stands for absence: 404.
func (r *Resolver) code(v ssa.Value) bool {
	c, ok := v.(*ssa.Const)
	return ok && c.Value != nil && c.Value.Kind() == constant.Int && r.AbsenceConst(c.Value, c.Type())
}
