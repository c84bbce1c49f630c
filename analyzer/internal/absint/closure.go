package absint

import (
	"golang.org/x/tools/go/ssa"
)

// inline executes a function in place. What is captured is what the closure
// was made with.
func (f *frame) inline(s *state, fn Value, args []Value) []continuation {
	if f.depth >= maxDepth || len(fn.Fn.Blocks) == 0 || len(args) != len(fn.Fn.Params) || len(fn.Elems) != len(fn.Fn.FreeVars) {
		for _, arg := range append(args, fn) {
			s.release(arg)
		}
		return []continuation{back(s, Value{})}
	}
	for i, p := range fn.Fn.Params {
		s.set(p, args[i])
	}
	for i, free := range fn.Fn.FreeVars {
		s.set(free, fn.Elems[i])
	}
	defers := s.defers
	var out []continuation
	for _, e := range f.x.run(fn.Fn, s, f.depth+1) {
		if e.How != Returned {
			f.exits = append(f.exits, e)
			continue
		}
		e.state.defers = defers
		out = append(out, back(e.state, tuple(e.Results)))
	}
	return out
}

// start executes a go statement: a func literal that makes the call in question, as if
// the function waited for it. What another is handed has escaped.
func (f *frame) start(s *state, instr *ssa.Go) []*state {
	before := len(f.x.stack)
	defer func() { f.x.stack = f.x.stack[:before] }()
	fn := f.value(s, instr.Call.Value)
	args := f.operands(s, &instr.Call)
	if fn.Kind != Closure || !f.x.within(fn.Fn) {
		for _, v := range append(args, fn) {
			s.release(v)
		}
		return []*state{s}
	}
	var out []*state
	for _, c := range f.inline(s, fn, args) {
		out = append(out, c.state)
	}
	return out
}

// runDefers executes the deferred calls, the last one first.
func (f *frame) runDefers(s *state) []*state {
	defers := s.defers
	s.defers = nil
	states := []*state{s}
	for i := len(defers) - 1; i >= 0; i-- {
		d := defers[i]
		var next []*state
		for _, st := range states {
			args := d.args
			if d.call.Call.IsInvoke() {
				args = append([]Value{d.fn}, args...)
			}
			for _, c := range f.deferredCall(st, d, args) {
				next = append(next, c.state)
			}
		}
		states = next
	}
	return states
}

func (f *frame) deferredCall(s *state, d deferred, args []Value) []continuation {
	var site ssa.CallInstruction = d.call
	if site == f.x.hypothesis.Site {
		return f.supposed(s, &d.call.Call, args)
	}
	return f.apply(s, &d.call.Call, site, d.fn, args)
}
