package calls

import (
	"go/constant"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
)

// makesError reports whether a call answers an error, alone or beside a reply, and is handed none:
// with a code of absence, failure(codes.NotFound, text), it makes one.
func makesError(call *ssa.CallCommon) bool {
	sig := call.Signature()
	n := sig.Results().Len()
	return n > 0 && absint.IsAnError(sig.Results().At(n-1).Type()) && !takesError(sig) &&
		slices.ContainsFunc(slices.Collect(sig.Params().Variables()), isStatus)
}

// makesRecord reports whether a call answers an object with fields, and nothing else, and is handed
// no error: with a word of absence, newCondition(ReasonPodNotFound), it makes one that says so.
func (r *Resolver) makesRecord(call *ssa.CallCommon) bool {
	results := call.Signature().Results()
	if results.Len() != 1 || takesError(call.Signature()) {
		return false
	}
	named, ok := pointee(results.At(0).Type()).(*types.Named)
	if !ok {
		return false
	}
	record, known := r.records[named.Obj()]
	if !known {
		_, record = named.Underlying().(*types.Struct)
		record = record && recordName().MatchString(named.Obj().Name())
		if r.records == nil {
			r.records = map[*types.TypeName]bool{}
		}
		r.records[named.Obj()] = record
	}
	return record
}

// made returns the status of a reply that a call makes, as an error or as an object of its own, of
// a status that it is handed: 404 of NewResponse(404, "no such user"); "" for none.
func made(call *ssa.CallCommon) string {
	sig := call.Signature()
	if sig.Results().Len() != 1 || len(call.Args) < sig.Params().Len() || absint.HandsReply(call) {
		return ""
	}
	switch t := sig.Results().At(0).Type().Underlying().(type) {
	case *types.Interface, *types.Struct:
	case *types.Pointer:
		if _, ok := t.Elem().Underlying().(*types.Struct); !ok {
			return ""
		}
	default:
		return ""
	}
	args := call.Args[len(call.Args)-sig.Params().Len():]
	for i, arg := range args {
		c, ok := arg.(*ssa.Const)
		if !ok || c.Value == nil || c.Value.Kind() != constant.Int || !isStatus(sig.Params().At(i)) {
			continue
		}
		if absint.IsStatus(c.Value) {
			return c.Value.ExactString()
		}
	}
	return ""
}

// isStatus reports whether a parameter is the status of a reply, by its name or by that of its type.
func isStatus(v *types.Var) bool {
	b, ok := v.Type().Underlying().(*types.Basic)
	if !ok || b.Info()&types.IsInteger == 0 {
		return false
	}
	named, ok := types.Unalias(v.Type()).(*types.Named)
	return namedStatus(v.Name()) || ok && namedStatus(named.Obj().Name())
}

// statusFor returns which argument, a receiver first, is the status that a remote caller is
// answered, of a call that is handed where to write that to: Render(w, status, page); none where
// it is no such call.
func statusFor(call *ssa.CallCommon) int {
	if !absint.HandsReply(call) {
		return none
	}
	i := StatusParam(call.Signature())
	if i >= 0 && (call.IsInvoke() || call.Signature().Recv() != nil) {
		return i + 1
	}
	return i
}

// StatusParam returns which parameter, the receiver aside, is the status of a reply; negative for none.
func StatusParam(sig *types.Signature) int {
	return slices.IndexFunc(slices.Collect(sig.Params().Variables()), isStatus)
}
