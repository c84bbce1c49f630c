package trial

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/calls"
	"github.com/errswallow/errswallow/analyzer/internal/summary"
)

// replies returns how a helper answers a remote caller: with one status, its own or one that
// it is handed, in all its calls that do, but for its own trouble; the zero Reply if it does
// not, or asks somebody itself.
func (in *inference) replies(fn *ssa.Function) (reply summary.Reply) {
	if fn.Signature.Results().Len() > 0 && !absint.IsError(fn.Signature.Results().At(0).Type()) {
		return summary.Reply{}
	}
	for call := range callsOf(fn) {
		if _, _, asks := in.query(call); asks {
			return summary.Reply{}
		}
		effect := in.calls.Call(call.Common())
		if effect.Kind != absint.Reply || effect.Status < 0 && effect.Absence == "" {
			continue
		}
		found := summary.Reply{Code: effect.Absence}
		if effect.Status >= 0 {
			args := call.Common().Args
			if call.Common().IsInvoke() {
				args = append([]ssa.Value{call.Common().Value}, args...)
			}
			if effect.Status >= len(args) {
				return summary.Reply{}
			}
			switch status := args[effect.Status].(type) {
			case *ssa.Parameter:
				found.Param = slices.Index(fn.Params, status) + 1
			case *ssa.Const:
				if b, ok := status.Type().Underlying().(*types.Basic); !ok || b.Info()&types.IsInteger == 0 {
					return summary.Reply{}
				}
				found.Code = status.Value.ExactString()
			}
			if found == (summary.Reply{}) {
				return summary.Reply{}
			}
		}
		switch {
		case reply == (summary.Reply{}) || trouble(reply):
			reply = found
		case reply != found && !trouble(found):
			return summary.Reply{}
		}
	}
	if i := calls.StatusParam(fn.Signature); i >= 0 && trouble(reply) { // what it answers otherwise is not seen
		return summary.Reply{Param: len(fn.Params) - fn.Signature.Params().Len() + i + 1}
	}
	return reply
}

// codeOf returns the status that is in the error, or the reply, that a function makes, whatever it
// is handed: "400" of func badRequest(text string) error; "" where it may make another.
func (in *inference) codeOf(fn *ssa.Function) (code string) {
	if fn.Signature.Results().Len() != 1 {
		return ""
	}
	for _, b := range fn.Blocks {
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok {
			continue
		}
		call, ok := absint.Unboxed(ret.Results[0]).(*ssa.Call)
		if !ok {
			return ""
		}
		made := in.statusOf(&call.Call, absint.Keep)
		if made == "" || code != "" && made != code {
			return ""
		}
		code = made
	}
	return code
}

// statusOf returns the constant status of the reply that a call makes, or of the error, as its effect
// says; "" where it is of another, or the status is not known.
func (in *inference) statusOf(call *ssa.CallCommon, kind absint.EffectKind) string {
	effect := in.calls.Call(call)
	if effect.Kind != kind {
		return ""
	}
	if effect.Status >= 0 {
		if n := len(call.Args); effect.Status > n || effect.Status == n && !call.IsInvoke() {
			return ""
		}
		switch status := absint.Unboxed(absint.Operand(call, effect.Status)).(type) {
		case *ssa.Const:
			if status.Value != nil {
				return status.Value.ExactString()
			}
		case *ssa.Call: // an error that says that something is absent: c.Error(NewNotFoundError(id))
			if kind == absint.Reply && in.calls.Call(&status.Call).Absence != "" {
				return absint.NotFound
			}
		}
		return ""
	}
	if kind == absint.Reply {
		return effect.Absence
	}
	return effect.Code
}

// repliesToIt reports whether it is known what a remote caller is answered when a function is handed
// a fault: a status on every way, or another than when it is handed a not-found error.
func repliesToIt(p summary.Param) bool {
	statuses := func(answers []summary.Answer) (out []string) {
		for _, a := range answers {
			if a.Replies == absint.SomeStatus {
				a.Replies = "" // not known
			}
			out = append(out, a.Replies)
		}
		slices.Sort(out)
		return slices.Compact(out)
	}
	faults := statuses(p.Faults)
	return len(faults) > 0 && faults[0] != "" || !slices.Equal(faults, statuses(p.Absent))
}

// trouble reports whether a reply says that the server itself failed: a helper that answers so
// where it cannot encode what it was handed answers what it was asked to otherwise.
func trouble(r summary.Reply) bool { return len(r.Code) == 3 && r.Code[0] == '5' }
