package calls

import (
	"go/constant"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/catalogue"
)

// Lookup returns the catalogue's entry of a call: of the function that it
// names, or of the command line that it runs; command reports the latter.
func (r *Resolver) Lookup(call *ssa.CallCommon) (s catalogue.Symbol, command, ok bool) {
	obj := Callee(call)
	if s, ok := r.Catalogue.Lookup(obj); ok {
		return s, false, true
	}
	if !r.Catalogue.Programs() || !AnswersError(call.Signature()) {
		return catalogue.Symbol{}, false, false
	}
	s, ok = r.Catalogue.Command(ran(call, obj))
	return s, true, ok
}

// Only reports whether the last argument of a call is a constant, in Go syntax.
func (r *Resolver) Only(call *ssa.CallCommon, constant string) bool {
	if len(call.Args) == 0 {
		return false
	}
	c, ok := call.Args[len(call.Args)-1].(*ssa.Const)
	return ok && c.Value != nil && c.Value.ExactString() == constant
}

// ran returns the command line that a call runs, as far as it is known: that of an
// exec.Cmd, by its own methods or by a helper that it is handed to; or the
// strings that a helper is handed, as in run(ctx, "docker", "inspect", id).
func ran(call *ssa.CallCommon, obj types.Object) (program string, args []string) {
	if fn, ok := obj.(*types.Func); ok && fn.Pkg() != nil && fn.Pkg().Path() == "os/exec" {
		switch fn.Name() {
		case "Run", "Output", "CombinedOutput":
			if len(call.Args) == 1 { // a method value has none
				return commandLine(call.Args[0])
			}
		}
		return "", nil
	}
	for i, arg := range call.Args {
		switch t := arg.Type().Underlying().(type) {
		case *types.Pointer:
			if isCommand(arg) {
				return commandLine(arg)
			}
		case *types.Basic:
			if t.Info()&types.IsString == 0 {
				continue
			}
			for _, arg := range call.Args[i+1:] {
				if _, ok := arg.Type().Underlying().(*types.Slice); ok {
					args = append(args, variadic(arg)...)
				} else {
					args = append(args, text(arg))
				}
			}
			return text(arg), args
		case *types.Slice: // run(ctx, args ...string)
			if words := variadic(arg); len(words) > 0 {
				return words[0], words[1:]
			}
		case *types.Struct: // run(Command{Name: "docker", Args: []string{"inspect", id}})
			if program, args = fields(arg); len(args) > 0 {
				return program, args
			}
		}
	}
	return "", nil
}

// fields returns the command line that a struct literal holds: its first text, and
// its first list of texts.
func fields(v ssa.Value) (program string, args []string) {
	load, ok := v.(*ssa.UnOp)
	if !ok {
		return "", nil
	}
	literal, ok := load.X.(*ssa.Alloc)
	if !ok {
		return "", nil
	}
	for _, ref := range *literal.Referrers() {
		field, ok := ref.(*ssa.FieldAddr)
		if !ok {
			continue
		}
		for _, use := range *field.Referrers() {
			if st, ok := use.(*ssa.Store); ok {
				if len(args) == 0 {
					args = variadic(st.Val)
				}
				if program == "" {
					program = text(st.Val)
				}
			}
		}
	}
	return program, args
}

// isCommand reports whether v is an *exec.Cmd.
func isCommand(v ssa.Value) bool { return types.TypeString(v.Type(), nil) == "*os/exec.Cmd" }

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
	for index, element := range absint.Elements(array) {
		i, ok := index.(*ssa.Const)
		if !ok || int(i.Int64()) >= len(out) {
			return nil
		}
		out[i.Int64()] = text(element)
		n = max(n, int(i.Int64())+1)
	}
	return out[:n]
}

func text(v ssa.Value) string {
	if c, ok := v.(*ssa.Const); ok && c.Value != nil && c.Value.Kind() == constant.String {
		return constant.StringVal(c.Value)
	}
	return ""
}

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
	for _, arg := range call.Args {
		if cmd, ok := arg.(*ssa.Call); ok && isCommand(cmd) {
			a.Prints = printed(cmd)
		}
	}
	return a
}

// printed returns what a failing command leaves in the buffers that it prints to:
// why, on standard error, and nothing on standard output alone.
func printed(cmd *ssa.Call) map[ssa.Value]absint.Value {
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
					out[buffer] = absint.Text
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
