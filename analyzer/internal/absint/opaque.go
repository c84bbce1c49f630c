package absint

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// inPlace reports whether a callee that is handed v has to be looked into: v is
// a func literal, the text of an error, or what is known of the value beside one.
func inPlace(v Value) bool {
	return v.Kind == Closure && v.Fn.Parent() != nil || v.Kind == Const && v.From&Carries != 0 ||
		v.From&Beside != 0 && v.Kind != Unknown && v.Kind != NonZero
}

// opaque executes a call of which nothing is known: what it is handed may be
// kept, changed, or, when it is a function, called.
func (f *frame) opaque(s *state, effect Effect, call *ssa.CallCommon, site ssa.CallInstruction, args []Value) []continuation {
	if v, ok := s.asked(call, args); ok {
		return []continuation{back(s, v)}
	}
	results := call.Signature().Results()
	var answer Value
	// A retry helper answers what its func literal answers. A literal that does
	// not make the call in question may as well not be called at all.
	for _, arg := range args {
		if arg.Kind != Closure || f.depth >= maxDepth || !f.x.within(arg.Fn) {
			continue
		}
		params := make([]Value, len(arg.Fn.Params))
		outs := f.inline(s, arg, params)
		if len(outs) == 0 {
			return nil // every way through it ends the program
		}
		var answers []continuation
		for _, o := range outs {
			if results.Len() == 0 {
				f.gather(o.state, call, *o.result)
			}
			v := relayed(results, *o.result)
			if effect.Kind == Again && unmet(*o.result) && results.Len() == 1 {
				v = Value{Kind: NonZero, Is: fresh} // it gives up at last
			}
			answers = append(answers, back(o.state, v))
		}
		if effect.Kind == Again || len(outs) > 1 || final(*outs[0].result).carries() {
			return answers
		}
		s, answer = answers[0].state, *answers[0].result
	}
	if v, ok := f.gathered(s, call); ok {
		return []continuation{back(s, v)}
	}
	var of Origin
	for _, arg := range args {
		of |= s.origins(arg)
	}
	answer.From |= examined(of) &^ Carries // made of what came beside the error, say
	for _, arg := range args {
		s.fill(arg, of)
		if arg.Kind == Closure && arg.Fn.Parent() != nil && !f.x.within(arg.Fn) {
			f.handed(s, arg.Fn)
		}
	}
	if !effect.Quiet {
		s.mem.deleteFunc(func(c Cell) bool { return strings.HasPrefix(c.Path, elsewhere) })
		if s.met {
			e := f.x.event(act{Did, site, false})
			if effect.Changes {
				e = f.x.event(act{Changed, site, slices.ContainsFunc(args, s.hangs)})
				for _, arg := range args {
					if v := s.base(arg); v.From&Beside != 0 {
						e = &Event{Kind: Changed, At: site, Value: v, Hangs: e.Hangs}
						break
					}
				}
			}
			s.happen(e)
		}
	}
	if effect.Always != nil {
		answer = tuple(effect.Always.Results)
	}
	return []continuation{back(s, answer)}
}

// base is what v, or what it points to, was before parts of it were written: of an object that
// is read, changed and written back, what was read.
func (s *state) base(v Value) Value {
	switch v.Kind {
	case Record:
		return v.Parts[0].Value
	case Pointer:
		if held, ok := s.mem.get(v.Cell); ok {
			return held
		}
	}
	return v
}

// handed notes what a func literal does that cannot be undone, and that is handed to code
// that cannot be seen: it is called, as by a transaction.
func (f *frame) handed(s *state, fn *ssa.Function) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if call, ok := instr.(ssa.CallInstruction); ok {
				if r := f.x.oracle.Call(call.Common()).Reach; r.Name != "" && r.Only == "" {
					s.happen(&Event{Kind: r.Kind.event(), At: call, Reach: r})
				}
			}
		}
	}
}

// within reports whether the hypothesised call stands in a func literal.
func (x *executor) within(fn *ssa.Function) bool {
	if x.hypothesis.Site == nil {
		return false
	}
	for at := x.hypothesis.Site.Parent(); at.Parent() != nil; at = at.Parent() {
		if at == fn {
			return true
		}
	}
	return false
}

// final returns the last result of a call.
func final(v Value) Value {
	if v.Kind == Tuple {
		return v.Elems[len(v.Elems)-1]
	}
	return v
}

// relayed is what a helper answers whose func literal answered v: its own
// error is the literal's, and anything else is unknown.
func relayed(results *types.Tuple, v Value) Value {
	n := results.Len()
	if n == 0 || !IsError(results.At(n-1).Type()) {
		return Value{}
	}
	err := final(v)
	out := make([]Value, n)
	switch {
	case err.carries():
		for i := range out {
			out[i] = Value{From: Beside}
		}
		out[n-1] = Value{Kind: err.Kind, From: Carries}
	case err.Kind == NonZero:
		out[n-1] = err // of its own, or one that stands for the error
	default:
		return Value{}
	}
	return tuple(out)
}

// unmet reports whether what a condition answers is "not yet", and no error.
func unmet(v Value) bool {
	return v.Kind == Tuple && len(v.Elems) == 2 && v.Elems[1].Kind == Zero && v.Elems[0].Kind == Zero
}
