package trial

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/calls"
	"github.com/errswallow/errswallow/analyzer/internal/catalogue"
	"github.com/errswallow/errswallow/analyzer/internal/flow"
)

// again lists the func parameters that fn calls in a loop: conditions that are
// asked again.
func again(fn *ssa.Function) []int {
	var out []int
	for i, p := range fn.Params {
		if _, ok := p.Type().Underlying().(*types.Signature); !ok {
			continue
		}
		for call := range callsOf(fn) {
			if call.Common().Value == p && flow.LoopHeader(call.Block()) != nil {
				out = append(out, i)
				break
			}
		}
	}
	return out
}

// condition reports whether fn is only ever the condition of a poll or a
// retry, where (false, nil) means "ask again", or the body of an iterator, where
// it means "stop".
func (t *Trial) condition(fn *ssa.Function) bool {
	refs := references(fn)
	if fn.Parent() == nil {
		refs = t.infer.mentions(fn)
	}
	return len(refs) > 0 && !slices.ContainsFunc(refs, func(ref ssa.Instruction) bool { return !t.infer.polls(fn, ref) })
}

// references returns the instructions that use a func literal, through the
// closure that is made of it.
func references(fn *ssa.Function) []ssa.Instruction {
	if fn.Parent() == nil {
		return nil
	}
	var out []ssa.Instruction
	for _, b := range fn.Parent().Blocks {
		for _, in := range b.Instrs {
			if mk, ok := in.(*ssa.MakeClosure); ok && mk.Fn == fn {
				out = append(out, uses(mk)...)
				continue
			}
			for _, op := range in.Operands(nil) {
				if *op == fn {
					out = append(out, in)
				}
			}
		}
	}
	return out
}

// mentions returns the instructions of the package that hand on a function that nobody outside
// can, by its name or as a method value; none where it is called, too, or an interface may
// reach it.
func (in *inference) mentions(fn *ssa.Function) []ssa.Instruction {
	obj, ok := fn.Object().(*types.Func)
	if !ok || obj.Exported() {
		return nil
	}
	if in.handed == nil {
		in.handed = mentionsIn(in.calls.Functions)
	}
	if in.handed.called[obj] || in.handed.invoked[obj.Name()] {
		return nil
	}
	return in.handed.by[obj]
}

// mentions are what a package does with functions: which it calls, by which names it calls
// methods of interfaces, and what hands them on.
type mentions struct {
	called  map[types.Object]bool
	invoked map[string]bool
	by      map[types.Object][]ssa.Instruction
}

func mentionsIn(fns []*ssa.Function) *mentions {
	m := &mentions{map[types.Object]bool{}, map[string]bool{}, map[types.Object][]ssa.Instruction{}}
	fns = slices.Clone(fns)
	var operands []*ssa.Value
	for i := 0; i < len(fns); i++ {
		fns = append(fns, fns[i].AnonFuncs...)
		for _, b := range fns[i].Blocks {
			for _, instr := range b.Instrs {
				var callee ssa.Value
				switch instr := instr.(type) {
				case ssa.CallInstruction:
					callee = instr.Common().Value
					if common := instr.Common(); common.IsInvoke() {
						m.invoked[common.Method.Name()] = true
					} else if fn := common.StaticCallee(); fn != nil {
						m.called[fn.Object()] = true
					}
				case *ssa.MakeClosure: // of a method value
					if obj := instr.Fn.(*ssa.Function).Object(); obj != nil {
						m.by[obj] = append(m.by[obj], uses(instr)...)
					}
					continue
				}
				operands = instr.Operands(operands[:0])
				for _, op := range operands {
					if fn, ok := (*op).(*ssa.Function); ok && fn != callee {
						m.by[fn.Object()] = append(m.by[fn.Object()], instr)
					}
				}
			}
		}
	}
	return m
}

// uses returns what reads v, through conversions and interfaces.
func uses(v ssa.Value) []ssa.Instruction {
	var out []ssa.Instruction
	for _, ref := range *v.Referrers() {
		switch ref := ref.(type) {
		case *ssa.ChangeType:
			if conditionType(ref.Type()) {
				out = append(out, ref)
				continue
			}
			out = append(out, uses(ref)...)
		case *ssa.MakeInterface:
			out = append(out, uses(ref)...)
		case *ssa.DebugRef:
		default:
			out = append(out, ref)
		}
	}
	return out
}

// conditionType reports whether a func type is named for a condition.
func conditionType(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return ok && (calls.NamedPoll(named.Obj().Name()) || strings.Contains(named.Obj().Name(), "Condition"))
}

// polls reports whether a use of a func literal asks it again and again.
func (in *inference) polls(fn *ssa.Function, ref ssa.Instruction) bool {
	if ct, ok := ref.(*ssa.ChangeType); ok {
		return conditionType(ct.Type())
	}
	call, ok := ref.(ssa.CallInstruction)
	if !ok {
		return false
	}
	common := call.Common()
	if in.calls.Call(common).Kind == absint.Again {
		return true
	}
	obj, ok := calls.Callee(common).(*types.Func)
	if !ok {
		return false
	}
	if calls.NamedPoll(obj.Name()) || calls.NamedIterator(obj.Name()) {
		return true
	}
	s := in.SummaryOf(obj)
	if s == nil {
		return false
	}
	for i, arg := range common.Args {
		if slices.Contains(s.Again, i) && leadsFrom(arg, fn) {
			return true
		}
	}
	return false
}

// leadsFrom reports whether v is fn, as a closure or converted.
func leadsFrom(v ssa.Value, fn *ssa.Function) bool {
	switch v := v.(type) {
	case *ssa.Function:
		return v == fn
	case *ssa.MakeClosure:
		return v.Fn == fn || fn.Object() != nil && v.Fn.(*ssa.Function).Object() == fn.Object() // a method value
	case *ssa.ChangeType:
		return leadsFrom(v.X, fn)
	}
	return false
}

// Repeated reports whether the query is made in turns of a loop, or in a func literal
// that others may call again.
func (t *Trial) Repeated() bool {
	return t.Site.Parent() != t.Fn || flow.LoopHeader(t.Site.Block()) != nil
}

// Waits reports whether the query is made in turns of a loop that pauses between them: a
// fault passes, and it is asked again.
func (t *Trial) Waits() bool { return waits(t.Site) }

func waits(call ssa.CallInstruction) bool {
	for _, b := range flow.Loop(call.Block()) {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.Select:
				return true
			case *ssa.UnOp:
				if instr.Op == token.ARROW {
					return true
				}
			case *ssa.Call:
				if fn := instr.Call.StaticCallee(); fn != nil && fn.String() == "time.Sleep" {
					return true
				}
			}
		}
	}
	return false
}

// NoVerdict reports whether what the function answers says nothing of an object: it is
// the condition of a poll, or polls itself, and false is "not yet", which no nil error is; or it
// completes words of a command line, as functions do that cobra calls.
func (t *Trial) NoVerdict() bool {
	completes := slices.ContainsFunc(t.Fn.Params, func(p *ssa.Parameter) bool { return p.Name() == "toComplete" })
	results := t.Fn.Signature.Results()
	ends := results.Len() == 1 && absint.IsError(results.At(0).Type())
	return completes || t.condition(t.Fn) || calls.NamedPoll(t.Fn.Name()) && t.Repeated() && !ends || t.infer.handles(t.Fn)
}

// handles reports whether a function is called for an event, and answers what to do about
// it, or puts that into a queue: for one that is dropped, another comes. Who has an error to
// answer, as a reconciler has, is called again for that, and for nothing else.
func (in *inference) handles(fn *ssa.Function) bool {
	_, answers := in.mentioned(fn.Signature.Results(), catalogue.Handler)
	_, takes := in.mentioned(fn.Signature.Params(), catalogue.Handler)
	return answers || takes && !calls.AnswersError(fn.Signature)
}

// mentioned returns the entry of a kind that one of some parameters or results is of the type
// of, points to, or is a list of.
func (in *inference) mentioned(vars *types.Tuple, kind catalogue.Kind) (catalogue.Symbol, bool) {
	for v := range vars.Variables() {
		typ := v.Type()
		switch t := typ.Underlying().(type) {
		case *types.Slice:
			typ = t.Elem()
		case *types.Pointer:
			typ = t.Elem()
		}
		if named, ok := types.Unalias(typ).(*types.Named); ok {
			if sym, ok := in.calls.Catalogue.Lookup(named.Obj()); ok && sym.Kind == kind {
				return sym, true
			}
		}
	}
	return catalogue.Symbol{}, false
}
