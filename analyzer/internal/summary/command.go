package summary

import (
	"go/constant"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/catalogue"
)

// lookup returns the catalogue's entry of a call: of the function that it
// names, or of the command line that it runs.
func (in *inference) lookup(call *ssa.CallCommon) (catalogue.Symbol, bool) {
	obj := callee(call)
	if s, ok := in.cat.Lookup(obj); ok {
		return s, true
	}
	fn, ok := obj.(*types.Func)
	if !ok || fn.Pkg() == nil || fn.Pkg().Path() != "os/exec" || fn.Signature().Recv() == nil || len(call.Args) != 1 {
		return catalogue.Symbol{}, false
	}
	switch fn.Name() {
	case "Run", "Output", "CombinedOutput":
	default:
		return catalogue.Symbol{}, false
	}
	program, args := commandLine(call.Args[0])
	return in.cat.Command(program, args)
}

// commandLine returns the constant arguments of the exec.Command that made v,
// "" for each that is not constant.
func commandLine(v ssa.Value) (program string, args []string) {
	call, ok := v.(*ssa.Call)
	if !ok {
		return "", nil
	}
	fn := call.Call.StaticCallee()
	if fn == nil || fn.Pkg == nil || fn.Pkg.Pkg.Path() != "os/exec" {
		return "", nil
	}
	words := call.Call.Args
	switch fn.Name() {
	case "CommandContext":
		words = words[1:]
	case "Command":
	default:
		return "", nil
	}
	return text(words[0]), variadic(words[1])
}

// variadic returns the constant strings of a slice that a call's variadic
// arguments made.
func variadic(v ssa.Value) []string {
	slice, ok := v.(*ssa.Slice)
	if !ok {
		return nil
	}
	array, ok := slice.X.(*ssa.Alloc)
	if !ok {
		return nil
	}
	out := make([]string, len(*array.Referrers()))
	n := 0
	for _, ref := range *array.Referrers() {
		addr, ok := ref.(*ssa.IndexAddr)
		if !ok {
			continue
		}
		i, ok := addr.Index.(*ssa.Const)
		if !ok || int(i.Int64()) >= len(out) {
			return nil
		}
		for _, use := range *addr.Referrers() {
			if st, ok := use.(*ssa.Store); ok {
				out[i.Int64()] = text(st.Val)
				n = max(n, int(i.Int64())+1)
			}
		}
	}
	return out[:n]
}

func text(v ssa.Value) string {
	if c, ok := v.(*ssa.Const); ok && c.Value != nil && c.Value.Kind() == constant.String {
		return constant.StringVal(c.Value)
	}
	return ""
}

// commandAnswer is what a command line answers: CombinedOutput prints the text
// of the error beside it.
func commandAnswer(fn types.Object, a absint.Answer) absint.Answer {
	if fn.Name() == "CombinedOutput" && a.Results[1].From&absint.Carries != 0 {
		a.Results[0] = absint.Text
	}
	return a
}
