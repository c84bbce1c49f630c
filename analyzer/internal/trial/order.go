package trial

import (
	"cmp"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/calls"
	"github.com/errswallow/errswallow/analyzer/internal/summary"
)

// bottomUp orders functions so that each comes after what it depends on: what it calls
// or hands on, and what in the package implements an interface's method that it calls.
// Those that depend on each other are listed twice, one after the other, before anybody
// who depends on them: the second time each knows the others.
//
// What is inferred may not depend on where a function is declared. Of functions that do
// not depend on each other it does not matter which comes first; the others stand in an
// order that their names make.
func bottomUp(fns []*ssa.Function, in *inference) []*ssa.Function {
	o := &ordering{in: in, methods: map[string][]*ssa.Function{}, implementing: map[*types.Func][]*ssa.Function{}, nodes: map[*ssa.Function]*node{}}
	for _, fn := range fns {
		if obj, ok := fn.Object().(*types.Func); ok && obj.Signature().Recv() != nil {
			o.methods[obj.Name()] = append(o.methods[obj.Name()], fn)
		}
	}
	for _, fn := range fns {
		if o.nodes[fn] == nil {
			o.visit(fn)
		}
	}
	return o.order
}

// An ordering finds strongly connected components, as Tarjan does: each is complete
// after those that it depends on.
type ordering struct {
	in           *inference
	methods      map[string][]*ssa.Function // of the package, by name
	implementing map[*types.Func][]*ssa.Function
	nodes        map[*ssa.Function]*node
	stack, order []*ssa.Function
}

// A node is what is known of a function on the way.
type node struct {
	on         []*ssa.Function // what it depends on
	index, low int
	stacked    bool
}

func (o *ordering) visit(fn *ssa.Function) *node {
	n := &node{on: o.dependencies(fn), index: len(o.nodes), low: len(o.nodes), stacked: true}
	o.nodes[fn] = n
	o.stack = append(o.stack, fn)
	for _, dep := range n.on {
		switch d := o.nodes[dep]; {
		case d == nil:
			n.low = min(n.low, o.visit(dep).low)
		case d.stacked:
			n.low = min(n.low, d.index)
		}
	}
	if n.low == n.index {
		first := slices.Index(o.stack, fn)
		o.complete(slices.Clone(o.stack[first:]))
		o.stack = o.stack[:first]
	}
	return n
}

// complete lists the functions of a component: one that depends on none of them once.
func (o *ordering) complete(component []*ssa.Function) {
	for _, fn := range component {
		o.nodes[fn].stacked = false
	}
	if fn := component[0]; len(component) == 1 && !slices.Contains(o.nodes[fn].on, fn) {
		o.order = append(o.order, fn)
		return
	}
	slices.SortFunc(component, byName)
	left := map[*ssa.Function]bool{}
	for _, fn := range component {
		left[fn] = true
	}
	var within []*ssa.Function
	var walk func(fn *ssa.Function)
	walk = func(fn *ssa.Function) {
		if !left[fn] {
			return
		}
		delete(left, fn)
		for _, dep := range slices.SortedFunc(slices.Values(o.nodes[fn].on), byName) {
			walk(dep)
		}
		within = append(within, fn)
	}
	for _, fn := range component {
		walk(fn)
	}
	o.order = append(append(o.order, within...), within...)
}

// dependencies returns the functions of the package that a function depends on.
func (o *ordering) dependencies(fn *ssa.Function) (on []*ssa.Function) {
	seen := map[*ssa.Function]bool{}
	add := func(dep *ssa.Function) {
		if !seen[dep] {
			seen[dep] = true
			on = append(on, dep)
		}
	}
	var operands [8]*ssa.Value
	var walk func(fn *ssa.Function)
	walk = func(fn *ssa.Function) {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				if call, ok := instr.(ssa.CallInstruction); ok && call.Common().IsInvoke() {
					for _, dep := range o.implementations(call.Common().Method) {
						add(dep)
					}
				}
				for _, operand := range instr.Operands(operands[:0]) {
					if dep := o.body(*operand); dep != nil {
						add(dep)
					}
				}
				if call, ok := instr.(ssa.CallInstruction); ok {
					// By a variable, or a field.
					if obj, ok := calls.Callee(call.Common()).(*types.Func); ok && o.in.bodies[obj] != nil {
						add(o.in.bodies[obj])
					}
				}
			}
		}
		for _, anon := range fn.AnonFuncs {
			walk(anon)
		}
	}
	walk(fn)
	return on
}

// body returns the function of the package that a value is, or nil.
func (o *ordering) body(v ssa.Value) *ssa.Function {
	fn, ok := v.(*ssa.Function)
	if !ok {
		return nil
	}
	if origin := fn.Origin(); origin != nil {
		fn = origin
	}
	obj, ok := fn.Object().(*types.Func)
	if !ok {
		return nil
	}
	return o.in.bodies[obj]
}

// implementations returns the methods of the package that implement one of an
// interface.
func (o *ordering) implementations(method *types.Func) []*ssa.Function {
	found, ok := o.implementing[method]
	if !ok {
		for _, fn := range o.methods[method.Name()] {
			if obj := fn.Object().(*types.Func); summary.Implements(obj, method) {
				found = append(found, fn)
			}
		}
		o.implementing[method] = found
	}
	return found
}

// byName compares functions by what does not depend on where they stand.
func byName(a, b *ssa.Function) int { return cmp.Compare(a.String(), b.String()) }

// callsOf yields the calls in a function and in its func literals.
func callsOf(fn *ssa.Function) func(yield func(ssa.CallInstruction) bool) {
	return func(yield func(ssa.CallInstruction) bool) { yieldCalls(fn, yield) }
}

func yieldCalls(fn *ssa.Function, yield func(ssa.CallInstruction) bool) bool {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if call, ok := instr.(ssa.CallInstruction); ok && !yield(call) {
				return false
			}
		}
	}
	for _, anon := range fn.AnonFuncs {
		if !yieldCalls(anon, yield) {
			return false
		}
	}
	return true
}
