package calls

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/catalogue"
	"github.com/errswallow/errswallow/analyzer/internal/summary"
)

// Runner returns what a function runs of what it is handed, or nil.
func (r *Resolver) Runner(fn *types.Func) *summary.Runner {
	if body := r.Summaries.Body(fn.Origin()); body != nil {
		run, _ := r.Helper(body)
		return run
	}
	if recv := fn.Signature().Recv(); recv != nil && types.IsInterface(recv.Type()) {
		for _, impl := range r.methods(fn.Name()) {
			if summary.Implements(impl.Object().(*types.Func), fn) {
				if run, _ := r.Helper(impl); run != nil {
					return run
				}
			}
		}
	}
	if s := r.Summaries.SummaryOf(fn); s != nil {
		return s.Runs
	}
	return nil
}

// methods returns the methods of a name that the package declares.
func (r *Resolver) methods(name string) []*ssa.Function {
	if r.byName == nil {
		r.byName = map[string][]*ssa.Function{}
		for _, fn := range r.Functions {
			if obj, ok := fn.Object().(*types.Func); ok && obj.Signature().Recv() != nil {
				r.byName[obj.Name()] = append(r.byName[obj.Name()], fn)
			}
		}
	}
	return r.byName[name]
}

// A helper is a function that runs what it is handed, and the call by which it does.
type helper struct {
	run  *summary.Runner
	site ssa.CallInstruction
}

// Helper returns what a function of the package runs of what it is handed, and where; nil if
// it runs nothing, or a command that it knows itself.
func (r *Resolver) Helper(fn *ssa.Function) (*summary.Runner, ssa.CallInstruction) {
	if h, ok := r.helpers[fn]; ok {
		return h.run, h.site
	}
	if r.helpers == nil {
		r.helpers = map[*ssa.Function]helper{}
	}
	r.helpers[fn] = helper{} // what calls itself runs nothing
	run, site := r.reader().helper(fn)
	r.helpers[fn] = helper{run, site}
	return run, site
}

func (l *reader) helper(fn *ssa.Function) (*summary.Runner, ssa.CallInstruction) {
	if len(fn.Blocks) == 0 {
		return nil, nil
	}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(ssa.CallInstruction)
			if !ok {
				continue
			}
			line, ok := l.runs(call.Common())
			if !ok { // an interface, say, that is handed a program
				line, _, ok = l.handed(call.Common())
				ok = ok && l.isProgram(line) && AnswersError(call.Common().Signature())
			}
			if !ok || !catalogue.Open(line) {
				continue
			}
			if _, decided := l.Catalogue.Command(line); !decided {
				return &summary.Runner{Line: line}, call
			}
		}
	}
	results := fn.Signature.Results()
	if results.Len() == 0 {
		return nil, nil
	}
	spelled := spells(results.At(0).Type())
	if !spelled && !holdsCommand(results.At(0).Type()) {
		return nil, nil
	}
	var line []catalogue.Word
	for _, b := range fn.Blocks {
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok {
			continue
		}
		switch words := l.command(ret.Results[0]); {
		case words == nil:
		case line == nil:
			line = words
		default:
			line = l.better(line, words)
		}
	}
	if line == nil || spelled && !l.isProgram(line) {
		return nil, nil
	}
	return &summary.Runner{Line: line, Makes: true}, nil
}

// better is the one of two lines that begins with a program: a function may make the command
// by one of several, for several systems.
func (l *reader) better(a, b []catalogue.Word) []catalogue.Word {
	for _, line := range [][]catalogue.Word{a, b} {
		if l.isProgram(line) {
			if !catalogue.Open(line) && catalogue.Open(b) {
				continue
			}
			return line
		}
	}
	return a
}

// commandLike reports whether a type has a method that runs it: an *exec.Cmd, a struct around
// one, or an interface.
func commandLike(t types.Type) bool {
	for _, name := range []string{"Run", "Output", "CombinedOutput"} {
		obj, _, _ := types.LookupFieldOrMethod(t, true, nil, name)
		if fn, ok := obj.(*types.Func); ok && fn.Signature().Params().Len() == 0 && AnswersError(fn.Signature()) {
			return true
		}
	}
	return false
}

// holdsCommand reports whether a type is a command's, or that of a struct with one in a field.
func holdsCommand(t types.Type) bool {
	if commandLike(t) {
		return true
	}
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	s, ok := t.Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for field := range s.Fields() {
		if commandLike(field.Type()) {
			return true
		}
	}
	return false
}

// returned returns what a function of the package answers, read as its caller's.
func (l *reader) returned(call *ssa.CallCommon, result int, read func(ssa.Value) []catalogue.Word) []catalogue.Word {
	none := []catalogue.Word{{All: isTexts(resultType(call, result))}}
	fn, ok := Callee(call).(*types.Func)
	if !ok || l.depth >= maxDepth {
		return none
	}
	body := l.Summaries.Body(fn.Origin())
	if body == nil {
		return none
	}
	l.depth++
	defer func() { l.depth-- }()
	var line []catalogue.Word
	first := true
	for _, b := range body.Blocks {
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok || result >= len(ret.Results) {
			continue
		}
		words := read(ret.Results[result])
		if first {
			line, first = words, false
		} else {
			line = common(line, words)
		}
	}
	if first {
		return none
	}
	return l.filled(line, call)
}

// resultType is the type of a result of a call.
func resultType(call *ssa.CallCommon, i int) types.Type {
	if results := call.Signature().Results(); i < results.Len() {
		return results.At(i).Type()
	}
	return types.Typ[types.Invalid]
}

// filled puts what a call is handed where the parameters stand in a line.
func (l *reader) filled(line []catalogue.Word, call *ssa.CallCommon) (out []catalogue.Word) {
	n := len(call.Args)
	if call.IsInvoke() {
		n++
	}
	for i, w := range line {
		if len(w.Line) > 0 {
			w.Line = l.filled(w.Line, call)
			out = append(out, w)
			continue
		}
		if w.Param == 0 {
			out = append(out, w)
			continue
		}
		if w.Param > n {
			out = append(out, catalogue.Word{All: true})
			continue
		}
		arg := absint.Operand(call, w.Param-1)
		switch {
		case !w.All && isString(arg.Type()) && i == 0:
			out = append(out, l.program(arg))
		case !w.All && isString(arg.Type()):
			out = append(out, l.word(arg))
		case isString(arg.Type()):
			out = append(out, l.text(arg)...)
		case isTexts(arg.Type()):
			out = append(out, l.list(arg)...)
		case w.All && holdsCommand(arg.Type()):
			words := l.command(arg)
			if words == nil {
				words = anything
			}
			out = append(out, words...)
		default:
			out = append(out, catalogue.Word{All: w.All})
		}
	}
	return out
}
