package calls

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
)

// CommandAnswer is what a command line answers that fails. CombinedOutput prints
// the text of the error beside it; what the program prints into buffers is in
// them. A helper that runs it may answer more than its output beside the error.
func CommandAnswer(call *ssa.CallCommon, a absint.Answer) absint.Answer {
	fn := Callee(call)
	if fn != nil && fn.Name() == "CombinedOutput" && len(a.Results) == 2 && a.Results[1].From&absint.Carries != 0 {
		a.Results[0] = absint.Text
	}
	for i := range len(a.Results) - 1 {
		switch call.Signature().Results().At(i).Type().Underlying().(type) {
		case *types.Basic, *types.Slice:
		default: // of a helper: the text of the failure is in it, say
			a.Results[i] = absint.Value{From: absint.Beside | absint.Carries}
		}
	}
	return prints(call, a, absint.Text)
}

// CommandPrintsNothing is what a command line answers that succeeds, and prints nothing.
func CommandPrintsNothing(call *ssa.CallCommon, a absint.Answer) absint.Answer {
	return prints(call, a, absint.Nothing)
}

// prints adds to an answer what a command leaves in its buffers, see printed.
func prints(call *ssa.CallCommon, a absint.Answer, why absint.Value) absint.Answer {
	for _, arg := range call.Args {
		if isCommand(arg) && arg.Referrers() != nil {
			a.Prints = printed(arg, why)
		}
	}
	return a
}

// printed returns what a command leaves in the buffers that it prints to: why it fails, if it
// does, on standard error, and nothing on standard output alone.
func printed(cmd ssa.Value, why absint.Value) map[ssa.Value]absint.Value {
	out := map[ssa.Value]absint.Value{}
	for _, ref := range *cmd.Referrers() {
		field, ok := ref.(*ssa.FieldAddr)
		if !ok {
			continue
		}
		name := field.X.Type().Underlying().(*types.Pointer).Elem().Underlying().(*types.Struct).Field(field.Field).Name()
		for _, use := range *field.Referrers() {
			st, ok := use.(*ssa.Store)
			if !ok || st.Addr != field {
				continue
			}
			for _, buffer := range buffers(st.Val, 0) {
				switch {
				case name == "Stderr":
					out[buffer] = why
				case name == "Stdout" && out[buffer].Kind == absint.Unknown:
					out[buffer] = absint.Nothing
				}
			}
		}
	}
	return out
}

// buffers returns the allocations that a writer writes to: itself, or those that
// it was made of, as by io.MultiWriter.
func buffers(w ssa.Value, depth int) []ssa.Value {
	if depth > 4 {
		return nil
	}
	var out []ssa.Value
	switch w := w.(type) {
	case *ssa.MakeInterface:
		return buffers(w.X, depth+1)
	case *ssa.ChangeInterface:
		return buffers(w.X, depth+1)
	case *ssa.Call:
		for _, arg := range w.Call.Args {
			out = append(out, buffers(arg, depth+1)...)
		}
	case *ssa.Slice:
		return buffers(w.X, depth+1)
	case *ssa.Alloc:
		if _, ok := w.Type().Underlying().(*types.Pointer).Elem().Underlying().(*types.Array); !ok {
			return []ssa.Value{w}
		}
		for _, writer := range absint.Elements(w) { // those of a MultiWriter
			out = append(out, buffers(writer, depth+1)...)
		}
	}
	return out
}
