package trial

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/summary"
)

// replies returns how a helper answers a remote caller: with one status, its own or one that
// it is handed, in all its calls that do; nil if it does not, or asks somebody itself.
func (in *inference) replies(fn *ssa.Function) (reply *summary.Reply) {
	if fn.Signature.Results().Len() > 0 && !absint.IsError(fn.Signature.Results().At(0).Type()) {
		return nil
	}
	for call := range callsOf(fn) {
		if _, _, asks := in.query(call); asks {
			return nil
		}
		effect := in.calls.Call(call.Common())
		if effect.Kind != absint.Reply || effect.Status < 0 && effect.Absence == "" {
			continue
		}
		found := &summary.Reply{Status: -1, Code: effect.Absence}
		if effect.Status >= 0 {
			args := call.Common().Args
			if call.Common().IsInvoke() {
				args = append([]ssa.Value{call.Common().Value}, args...)
			}
			if effect.Status >= len(args) {
				return nil
			}
			switch status := args[effect.Status].(type) {
			case *ssa.Parameter:
				found.Status = slices.Index(fn.Params, status)
			case *ssa.Const:
				if b, ok := status.Type().Underlying().(*types.Basic); !ok || b.Info()&types.IsInteger == 0 {
					return nil
				}
				found.Code = status.Value.ExactString()
			}
			if found.Status < 0 && found.Code == "" {
				return nil
			}
		}
		if reply != nil && *reply != *found {
			return nil
		}
		reply = found
	}
	return reply
}
