package analyzer

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/errswallow/errswallow/analyzer/internal/catalogue"
	"github.com/errswallow/errswallow/analyzer/internal/trial"
)

// A Form says how a call is written, as far as somebody needs to know who puts another
// function in the place of the one that is called.
type Form struct {
	// Start and End are the offsets of what is called, in its file.
	Start, End int
	// Params and Results are how many there are; Variadic is the last of the parameters.
	Params, Results int
	Variadic        bool
	// Fails: the last result is an error.
	Fails bool
	// Objects are the results that are objects with nothing in them beside an error.
	Objects []int
	// Scans: all that it is handed is where it writes its answer to.
	Scans bool
	// Types are what a generic function is to be instantiated with, in the words of the
	// file, where the call leaves that to the compiler.
	Types string
	// Field is where in the first result the error is, and Receiver what the method is
	// called on, if it is needed for that.
	Field    string
	Receiver *Receiver
	// Command: the call runs a command line; Process: by a method of an *exec.Cmd, which
	// ends at offset Receiver.End, that starts the program.
	Command, Process bool
}

// A Receiver is what a method is called on.
type Receiver struct {
	// End is the offset behind it, in its file.
	End int
	// Path are the embedded fields in between, Address says that it is a value, and the
	// method one of its pointer.
	Path    string
	Address bool
	// Package and Name are those of the type, Pointer whether the method wants a pointer to
	// it, and Method is the method's name.
	Package, Name string
	Pointer       bool
	Method        string
	// Same: the method answers what it is called on.
	Same bool
}

// form returns how a call is written, or why nothing can be put in its place.
func (c *collector) form(call *ast.CallExpr, known trial.Call) (f Form, alone string) {
	info := c.pass.TypesInfo
	sig, ok := info.TypeOf(call.Fun).Underlying().(*types.Signature)
	if !ok {
		return f, "what it calls has no single type"
	}
	f.Start, f.End = c.offset(call.Fun.Pos()), c.offset(call.Fun.End())
	f.Params, f.Results, f.Variadic = sig.Params().Len(), sig.Results().Len(), sig.Variadic()
	f.Command = known.Command
	if f.Results > 0 {
		f.Fails = types.Identical(sig.Results().At(f.Results-1).Type(), types.Universe.Lookup("error").Type())
	}
	answer := known.Query.Answer
	if answer.Object {
		for i := range sig.Results().Len() {
			if _, ok := sig.Results().At(i).Type().Underlying().(*types.Pointer); ok {
				f.Objects = append(f.Objects, i)
			}
		}
	}
	f.Scans = answer.Through && answer.Out == 0 && f.Params == 1 && f.Variadic
	if f.Types, alone = c.instance(call); alone != "" {
		return f, alone
	}
	switch {
	case known.Kind != catalogue.Query:
	case answer.Error != "" && answer.Error != catalogue.Dropped:
		f.Field = answer.Error
		f.Receiver, alone = c.receiver(call, sig)
	case known.Command && c.starts(call):
		f.Receiver, alone = c.receiver(call, sig)
		f.Process = alone == ""
		alone = "" // then it is wrapped as any other function is
	case !f.Fails && answer.Error != catalogue.Dropped:
		alone = "it answers no error"
	}
	return f, alone
}

// offset is that of a position in the file that somebody wrote.
func (c *collector) offset(pos token.Pos) int { return c.pass.Fset.PositionFor(pos, false).Offset }

// starts reports whether a call starts a process, by a method of an *exec.Cmd.
func (c *collector) starts(call *ast.CallExpr) bool {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || !slices.Contains([]string{"Run", "Output", "CombinedOutput"}, sel.Sel.Name) {
		return false
	}
	fn, ok := c.pass.TypesInfo.Uses[sel.Sel].(*types.Func)
	return ok && strings.HasPrefix(fn.FullName(), "(*os/exec.Cmd).")
}

// instance returns the type arguments that a call leaves to the compiler, in the words of
// its file.
func (c *collector) instance(call *ast.CallExpr) (string, string) {
	var name *ast.Ident
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		name = fun
	case *ast.SelectorExpr:
		name = fun.Sel
	default:
		return "", "" // f[T] says it itself
	}
	instance, ok := c.pass.TypesInfo.Instances[name]
	if !ok {
		return "", ""
	}
	names := c.imports(call.Pos())
	var args []string
	for t := range instance.TypeArgs.Types() {
		unknown := ""
		args = append(args, types.TypeString(t, func(p *types.Package) string {
			if p == c.pass.Pkg {
				return ""
			}
			if names[p.Path()] == "" {
				unknown = p.Path()
			}
			return names[p.Path()]
		}))
		if unknown != "" {
			return "", fmt.Sprintf("it is generic, and its file does not import %s", unknown)
		}
		if c.hidden(t) {
			return "", "it is generic, and nobody else can spell its types"
		}
	}
	return "[" + strings.Join(args, ", ") + "]", ""
}

// hidden reports whether a type is of another package, and its name is not exported, or is
// one of a function's own.
func (c *collector) hidden(t types.Type) bool {
	switch t := types.Unalias(t).(type) {
	case *types.Named:
		if obj := t.Obj(); obj.Pkg() != nil && obj.Pkg() != c.pass.Pkg && !obj.Exported() {
			return true
		}
		for arg := range t.TypeArgs().Types() {
			if c.hidden(arg) {
				return true
			}
		}
	case interface{ Elem() types.Type }:
		return c.hidden(t.Elem())
	}
	return false
}

// imports returns the names of what the file around a position imports, by path.
func (c *collector) imports(pos token.Pos) map[string]string {
	out := map[string]string{}
	file := fileAt(c.pass, pos)
	if file == nil {
		return out
	}
	for _, spec := range file.Imports {
		if p := c.pass.TypesInfo.PkgNameOf(spec); p != nil && p.Name() != "_" && p.Name() != "." {
			out[p.Imported().Path()] = p.Name()
		}
	}
	return out
}

// receiver returns what the method of a call is called on, or why it cannot be named.
func (c *collector) receiver(call *ast.CallExpr, sig *types.Signature) (*Receiver, string) {
	const unnamed = "what it is called on cannot be named"
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || sel != call.Fun {
		return nil, unnamed
	}
	selection := c.pass.TypesInfo.Selections[sel]
	if selection == nil || selection.Kind() != types.MethodVal {
		return nil, unnamed
	}
	r := &Receiver{End: c.offset(sel.X.End()), Method: sel.Sel.Name}
	// The fields in between.
	at := selection.Recv()
	for _, i := range selection.Index()[:len(selection.Index())-1] {
		if p, ok := at.Underlying().(*types.Pointer); ok {
			at = p.Elem()
		}
		s, ok := at.Underlying().(*types.Struct)
		if !ok || !s.Field(i).Exported() && s.Field(i).Pkg() != c.pass.Pkg {
			return nil, unnamed
		}
		r.Path += "." + s.Field(i).Name()
		at = s.Field(i).Type()
	}
	recv := selection.Obj().(*types.Func).Signature().Recv().Type()
	pointer, wants := types.Unalias(recv).(*types.Pointer)
	if r.Pointer = wants; wants {
		recv = pointer.Elem()
	}
	named, ok := types.Unalias(recv).(*types.Named)
	if !ok || named.TypeArgs().Len() > 0 || named.Obj().Pkg() == nil {
		return nil, unnamed
	}
	r.Package, r.Name = named.Obj().Pkg().Path(), named.Obj().Name()
	if r.Package != c.pass.Pkg.Path() && (!named.Obj().Exported() || !visible(r.Package, c.pass.Pkg.Path())) {
		return nil, unnamed
	}
	_, has := at.Underlying().(*types.Pointer)
	if r.Address = wants && !has; !wants && has {
		return nil, unnamed
	}
	r.Same = sig.Results().Len() > 0 && types.Identical(sig.Results().At(0).Type(), at)
	return r, ""
}
