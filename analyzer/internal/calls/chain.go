package calls

import (
	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
)

// Handed returns the first argument of each method of a name that was called before in the
// chain that ends with a call: &user, of db.Model(&user).Where(...).Select() and Model.
func Handed(call *ssa.CallCommon, method string) (handed []ssa.Value) {
	seen := map[ssa.Value]bool{}
	var before func(v ssa.Value)
	before = func(v ssa.Value) {
		if seen[v] {
			return
		}
		seen[v] = true
		switch v := v.(type) {
		case *ssa.Phi: // built up in several ways
			for _, edge := range v.Edges {
				before(edge)
			}
		case *ssa.Call:
			switch sig, obj := v.Call.Signature(), Callee(&v.Call); {
			case obj == nil || sig.Recv() == nil: // the chain begins here
			case obj.Name() == method && sig.Params().Len() > 0:
				handed = append(handed, absint.Operand(&v.Call, 1))
			default:
				before(absint.Operand(&v.Call, 0))
			}
		}
	}
	if call.Signature().Recv() != nil {
		before(absint.Operand(call, 0))
	}
	return handed
}
