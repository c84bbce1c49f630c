package calls

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/catalogue"
)

// Lookup returns the catalogue's entry of a call: of the function that it
// names, or of the command line that it runs; command reports the latter.
func (r *Resolver) Lookup(call *ssa.CallCommon) (s catalogue.Symbol, command, ok bool) {
	obj := Callee(call)
	if e := r.entry(obj); e.ok && e.symbol.Kind != catalogue.Waiting && (e.symbol.Kind != catalogue.Destructive || r.states(call, e.symbol.Answer.With)) {
		return e.symbol, false, true
	}
	if s, ok := r.unseen(call, obj); ok {
		return s, false, true
	}
	s = r.command(call)
	return s, s.Kind != "", s.Kind != ""
}

// command returns the entry of the command line that a call runs, the zero Symbol for none.
func (r *Resolver) command(call *ssa.CallCommon) catalogue.Symbol {
	if !r.Catalogue.Programs() {
		return catalogue.Symbol{}
	}
	if r.commands == nil {
		r.commands = map[*ssa.CallCommon]catalogue.Symbol{}
	}
	s, known := r.commands[call]
	if !known {
		s = r.ran(call)
		r.commands[call] = s
	}
	return s
}

// states reports whether a call is handed a text that begins with one of some words, as a
// statement of SQL does; or there are none.
func (r *Resolver) states(call *ssa.CallCommon, words []string) bool {
	return len(words) == 0 || slices.ContainsFunc(call.Args, func(arg ssa.Value) bool {
		if !isString(arg.Type()) {
			return false
		}
		text := r.reader().joined(arg)
		return len(text) > 0 && slices.ContainsFunc(words, func(w string) bool { return strings.EqualFold(w, text[0].Text) })
	})
}

// An entry is what the catalogue has of a function, if it has any.
type entry struct {
	symbol catalogue.Symbol
	ok     bool
}

// entry returns the catalogue's entry of a function. It is asked for at every call, several
// times.
func (r *Resolver) entry(obj types.Object) entry {
	e, known := r.entries[obj]
	if !known {
		if r.entries == nil {
			r.entries = map[types.Object]entry{}
		}
		e.symbol, e.ok = r.Catalogue.Lookup(obj)
		r.entries[obj] = e
	}
	return e
}

// unseen returns the entry of a function that nobody can see, where its name and its shape
// say what it does: one of another module, one that is left out, for it does not type-check, or
// one of an interface whose implementations no import leads to.
func (r *Resolver) unseen(call *ssa.CallCommon, obj types.Object) (catalogue.Symbol, bool) {
	if v, ok := obj.(*types.Var); ok {
		name, _, standsIn := strings.Cut(v.Name(), " ") // see package partial
		if !standsIn || !AnswersError(call.Signature()) {
			return catalogue.Symbol{}, false
		}
		return r.Catalogue.StandIn(name, call.Signature())
	}
	fn, ok := obj.(*types.Func)
	if !ok || fn.Pkg() == nil || catalogue.Standard(fn.Pkg().Path()) {
		return catalogue.Symbol{}, false
	}
	known := r.Summaries.SummaryOf(fn)
	s, ok := r.Catalogue.Unseen(fn, known != nil && known.Online)
	if !ok {
		return catalogue.Symbol{}, false
	}
	if known == nil {
		return s, call.IsInvoke() || !r.OwnTree(fn.Pkg())
	}
	if known.Runs != nil && r.command(call).Kind != "" { // what it is handed says more than its name
		return catalogue.Symbol{}, false
	}
	return s, known.LeftOut && known.Query == ""
}

// Only reports whether the last argument of a call is a constant, in Go syntax.
func (r *Resolver) Only(call *ssa.CallCommon, constant string) bool {
	if len(call.Args) == 0 {
		return false
	}
	c, ok := absint.Unboxed(call.Args[len(call.Args)-1]).(*ssa.Const)
	return ok && c.Value != nil && c.Value.ExactString() == constant
}

// ran returns the entry of the command line that a call runs.
func (r *Resolver) ran(call *ssa.CallCommon) catalogue.Symbol {
	l := r.reader()
	if line, ok := l.runs(call); ok {
		s, _ := r.Catalogue.Command(line)
		return s
	}
	if !AnswersError(call.Signature()) {
		return catalogue.Symbol{}
	}
	// Nobody knows what it does: if what it is handed is a command line, it runs that.
	line, before, ok := l.handed(call)
	if !ok {
		return catalogue.Symbol{}
	}
	if s, ok := r.Catalogue.Command(line); ok {
		return s
	}
	for i := 1; i <= before && i < len(line); i++ { // why, or where, stands before
		if line[i].Known && r.Catalogue.Runs(line[i].Text) {
			s, _ := r.Catalogue.Command(line[i:])
			return s
		}
	}
	return catalogue.Symbol{}
}

// runs returns the command line that a call is known to run: that of a command, by its own
// methods, or what a function runs that has been read.
func (l *reader) runs(call *ssa.CallCommon) ([]catalogue.Word, bool) {
	cmd := started(call)
	if e := l.entry(Callee(call)); e.ok && e.symbol.Kind == catalogue.Waiting {
		cmd = absint.Operand(call, 0)
	}
	if cmd != nil {
		line := l.command(cmd)
		return line, line != nil
	}
	fn, ok := Callee(call).(*types.Func)
	if !ok {
		return nil, false
	}
	if line := l.spelled(call); line != nil {
		return line, true
	}
	run := l.Runner(fn)
	if run == nil || run.Makes {
		return nil, false
	}
	return l.filled(run.Line, call), true
}

// spelled returns the line in the struct whose method a call is, where that can fail: a program
// and its arguments, which the method runs; nil where there is none.
func (l *reader) spelled(call *ssa.CallCommon) []catalogue.Word {
	if fn := call.StaticCallee(); fn == nil || fn.Signature.Recv() == nil || !AnswersError(fn.Signature) || !spells(call.Args[0].Type()) {
		return nil
	}
	recv := call.Args[0]
	if local, ok := recv.(*ssa.Alloc); ok {
		if whole := stores(local); len(whole) == 1 {
			recv = whole[0]
		}
	}
	if line := l.command(recv); l.isProgram(line) {
		return line
	}
	return nil
}

// isProgram reports whether a line begins with a program that the catalogue knows.
func (l *reader) isProgram(line []catalogue.Word) bool {
	return len(line) > 0 && line[0].Known && l.Catalogue.Runs(line[0].Text)
}

// spells reports whether a type is that of a struct with a program and its arguments in it: a
// text and a list of texts, and nobody else's command.
func spells(t types.Type) bool {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	s, ok := t.Underlying().(*types.Struct)
	if !ok || holdsCommand(t) {
		return false
	}
	program, args := false, false
	for field := range s.Fields() {
		program = program || isString(field.Type())
		args = args || isTexts(field.Type())
	}
	return program && args
}

// started returns the command that a call runs, by a method of its own that waits for it.
func started(call *ssa.CallCommon) ssa.Value {
	var recv ssa.Value
	name := ""
	switch fn := call.StaticCallee(); {
	case call.IsInvoke():
		recv, name = call.Value, call.Method.Name()
	case fn != nil && fn.Signature.Recv() != nil && len(call.Args) > 0:
		recv, name = call.Args[0], fn.Name()
	default:
		return nil // a method value has no receiver here
	}
	sig := call.Signature()
	if sig.Params().Len() > 0 || !AnswersError(sig) || !slices.Contains([]string{"Run", "Output", "CombinedOutput", "Wait"}, name) {
		return nil
	}
	if name == "Wait" && !isCommand(recv) {
		return nil
	}
	return recv
}

// Process returns the command of package os/exec that a call waits for, or nil.
func Process(call *ssa.CallCommon) ssa.Value {
	if recv := started(call); recv != nil && isCommand(recv) {
		return recv
	}
	return nil
}

// isCommand reports whether v is an *exec.Cmd.
func isCommand(v ssa.Value) bool { return types.TypeString(v.Type(), nil) == "*os/exec.Cmd" }

// command returns the line of a command, nil if nothing is known of it.
func (l *reader) command(v ssa.Value) []catalogue.Word {
	switch v := v.(type) {
	case *ssa.Parameter:
		if holdsCommand(v.Type()) {
			return parameter(v, true)
		}
	case *ssa.MakeInterface:
		return l.command(v.X)
	case *ssa.ChangeInterface:
		return l.command(v.X)
	case *ssa.ChangeType:
		return l.command(v.X)
	case *ssa.Phi:
		return l.phi(v, l.command)
	case *ssa.Call:
		return l.makes(&v.Call)
	case *ssa.Extract:
		if call, ok := v.Tuple.(*ssa.Call); ok {
			return l.makes(&call.Call)
		}
	case *ssa.Alloc:
		return l.inStruct(v)
	case *ssa.UnOp:
		if literal, ok := v.X.(*ssa.Alloc); ok && len(stores(literal)) == 0 {
			return l.inStruct(literal)
		}
		if addr, ok := v.X.(*ssa.FieldAddr); ok && holdsCommand(v.Type()) {
			if p, ok := addr.X.(*ssa.Parameter); ok && holdsCommand(p.Type()) {
				return parameter(p, true)
			}
		}
		return l.loaded(v, l.command, nil)
	case *ssa.FieldAddr: // a command that is embedded
		if literal, ok := v.X.(*ssa.Alloc); ok && !l.seen[v] && !l.tired() {
			l.seen[v] = true
			defer delete(l.seen, v)
			for _, held := range fieldStores(literal, v.Field) {
				if line := l.command(held); line != nil {
					return line
				}
			}
		}
	}
	return nil
}

// makes returns the line of the command that a call makes: package os/exec does, or a
// function that has been read, or one that answers a command and is handed a line.
func (l *reader) makes(call *ssa.CallCommon) []catalogue.Word {
	switch fullName(call) {
	case "os/exec.Command":
		return append([]catalogue.Word{l.program(call.Args[0])}, l.list(call.Args[1])...)
	case "os/exec.CommandContext":
		return append([]catalogue.Word{l.program(call.Args[1])}, l.list(call.Args[2])...)
	}
	if fn, ok := Callee(call).(*types.Func); ok {
		if run := l.Runner(fn); run != nil {
			return l.filled(run.Line, call)
		}
	}
	line, _, _ := l.handed(call)
	return line
}

// inStruct returns the line in a struct literal: of a command that is in a field of it, or
// its first text and first list of texts.
func (l *reader) inStruct(literal *ssa.Alloc) []catalogue.Word {
	p, ok := literal.Type().Underlying().(*types.Pointer)
	if !ok || l.seen[literal] || l.tired() {
		return nil // one may hold what was made of it
	}
	s, ok := p.Elem().Underlying().(*types.Struct)
	if !ok {
		return nil
	}
	l.seen[literal] = true
	defer delete(l.seen, literal)
	var program, args []catalogue.Word
	for i := range s.NumFields() {
		for _, v := range fieldStores(literal, i) {
			switch {
			case isTexts(v.Type()) && args == nil:
				args = l.list(v)
			case isString(v.Type()) && program == nil:
				program = []catalogue.Word{l.program(v)}
			case commandLike(v.Type()):
				if line := l.command(v); line != nil {
					return line
				}
			}
		}
	}
	switch {
	case args == nil:
		return nil
	case types.TypeString(s, nil) == types.TypeString(execCmd(p.Elem()), nil): // Args has the program, too
		return args
	}
	return slices.Concat(program, args)
}

// execCmd returns t's struct if it is exec.Cmd, and nothing else otherwise.
func execCmd(t types.Type) types.Type {
	if types.TypeString(t, nil) == "os/exec.Cmd" {
		return t.Underlying()
	}
	return types.Typ[types.Invalid]
}

// handed returns the texts that a call is handed as a command line, as in
// run(ctx, "docker", "inspect", id), or the line of a command that it is; before are the
// texts that stand before the first list.
func (l *reader) handed(call *ssa.CallCommon) (line []catalogue.Word, before int, ok bool) {
	args, listed := call.Args, false
	if !call.IsInvoke() && call.Signature().Recv() != nil && len(args) > 0 {
		args = args[1:]
	}
	for _, arg := range args {
		switch {
		case commandLike(arg.Type()):
			if line := l.command(arg); line != nil || isCommand(arg) {
				return line, 0, line != nil
			}
		case isString(arg.Type()):
			line, ok = append(line, l.word(arg)), true
			if !listed {
				before++
			}
		case isTexts(arg.Type()):
			line, ok, listed = slices.Concat(line, l.list(arg)), true, true
		default:
			if load, isLoad := arg.(*ssa.UnOp); isLoad {
				arg = load.X
			}
			if literal, isAlloc := arg.(*ssa.Alloc); isAlloc && !ok {
				if line := l.inStruct(literal); line != nil {
					return line, 0, true
				}
			}
		}
	}
	return line, before, ok
}
