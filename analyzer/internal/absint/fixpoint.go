package absint

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/flow"
)

// The bounds of one execution. They are generous for code that people write;
// what exceeds them is Exhausted.
const (
	// maxStates is how many states a block keeps apart before it joins them.
	maxStates = 16
	// maxWork is how much one execution does, over all frames: 1 for a block, and
	// more where much is known, for that is compared and joined.
	maxWork = 50_000
	// maxTotal is how much all executions of one function do.
	maxTotal = 10 * maxWork
	// maxDepth is how deep functions are executed in place.
	maxDepth = 4
)

// A Machine executes the functions of one package. It is not safe for
// concurrent use.
type Machine struct {
	oracle Oracle
	flows  map[*ssa.Function]*flow.Graph
	done   map[*ssa.Function]int // how much was done for it
}

// New returns a Machine that asks oracle what calls do.
func New(oracle Oracle) *Machine {
	return &Machine{oracle: oracle, flows: map[*ssa.Function]*flow.Graph{}, done: map[*ssa.Function]int{}}
}

// Execute runs fn under a hypothesis and returns what it does.
func (m *Machine) Execute(fn *ssa.Function, h Hypothesis) Outcome {
	return m.execute(fn, &executor{Machine: m, hypothesis: h})
}

// Any runs fn under a hypothesis until it leaves in a way that ok is true of, and
// reports whether it does.
func (m *Machine) Any(fn *ssa.Function, h Hypothesis, ok func(Exit) bool) bool {
	x := &executor{Machine: m, hypothesis: h, ok: ok}
	m.execute(fn, x)
	return x.over
}

func (m *Machine) execute(fn *ssa.Function, x *executor) Outcome {
	if m.done[fn] > maxTotal {
		return Outcome{Exhausted: true}
	}
	h := x.hypothesis
	entry := &state{}
	for i, v := range h.Params {
		entry.set(fn.Params[i], v)
		entry.met = true
	}
	exits := x.run(fn, entry, 0)
	m.done[fn] += x.work
	out := Outcome{Exhausted: x.work > maxWork, ReadsText: x.readsText}
	for _, e := range exits {
		if e.state.met {
			out.Exits = append(out.Exits, e.Exit)
		}
	}
	return out
}

// An executor is one call of Execute.
type executor struct {
	*Machine
	hypothesis Hypothesis
	work       int
	readsText  bool
	// ok is what Any asks of the ways out, and over that one of them is.
	ok   func(Exit) bool
	over bool
}

// An exit is an Exit and the state in which it is taken.
type exit struct {
	Exit
	state *state
}

// A visit is a block about to be executed.
type visit struct {
	block *ssa.BasicBlock
	state *state
}

// A frame is one function being executed.
type frame struct {
	x     *executor
	fn    *ssa.Function
	flow  *flow.Graph
	depth int
	// outer is how many decisions govern the call that is executed in place.
	outer int
	work  []visit
	seen  [][]*state
	exits []exit
}

// run executes fn from a state to all of its exits.
func (x *executor) run(fn *ssa.Function, entry *state, depth int) []exit {
	f := &frame{
		x: x, fn: fn, depth: depth,
		flow:  x.flowOf(fn),
		outer: len(entry.govern),
		seen:  make([][]*state, len(fn.Blocks)),
	}
	defers := entry.defers
	entry.defers = nil
	f.visit(nil, fn.Blocks[0], entry)
	for len(f.work) > 0 && x.work <= maxWork && !x.over {
		// The earliest block first, so that what meets is joined before it goes on.
		next := 0
		for i, v := range f.work {
			if f.flow.Order(v.block) < f.flow.Order(f.work[next].block) {
				next = i
			}
		}
		v := f.work[next]
		f.work = slices.Delete(f.work, next, next+1)
		known := len(v.state.regs.entries) + len(v.state.mem.entries)
		x.work += 1 + known*known/64
		f.step(v.state, v.block, 0)
	}
	for _, e := range f.exits {
		e.state.defers = defers
	}
	return f.exits
}

// visit puts a block on the worklist, unless it was executed from this state
// already. A block with too many states joins this one to the last of them.
func (f *frame) visit(pred, b *ssa.BasicBlock, s *state) {
	f.phis(pred, b, s)
	s.keepLive(b, f.flow)
	seen := f.seen[b.Index]
	if slices.ContainsFunc(seen, func(o *state) bool { return same(o, s) }) {
		return
	}
	limit := maxStates
	if !s.met {
		limit = 1 // nothing has happened yet that needs telling apart
	}
	kin := slices.DeleteFunc(slices.Clone(seen), func(o *state) bool { return o.met != s.met })
	if len(kin) >= limit {
		last := kin[len(kin)-1]
		joined := merge(last, s)
		if same(joined, last) {
			return
		}
		i := slices.Index(seen, last)
		f.seen[b.Index][i] = joined
		f.work = append(f.work, visit{b, joined.clone()})
		return
	}
	f.seen[b.Index] = append(seen, s)
	f.work = append(f.work, visit{b, s.clone()})
}

// phis assigns what b chooses by where it is entered from.
func (f *frame) phis(pred, b *ssa.BasicBlock, s *state) {
	taint := s.enter(b)
	if pred == nil {
		return
	}
	edge := slices.Index(b.Preds, pred)
	var chosen []Value
	for _, instr := range b.Instrs {
		phi, ok := instr.(*ssa.Phi)
		if !ok {
			break
		}
		chosen = append(chosen, f.value(s, phi.Edges[edge]).with(taint))
	}
	for i, v := range chosen {
		s.set(b.Instrs[i].(*ssa.Phi), v)
	}
}

// step executes a block from instruction i on.
func (f *frame) step(s *state, b *ssa.BasicBlock, i int) {
	for ; i < len(b.Instrs); i++ {
		switch instr := b.Instrs[i].(type) {
		case *ssa.Phi:
			continue
		case *ssa.If:
			f.branch(s, b, instr)
			return
		case *ssa.Jump:
			f.visit(b, b.Succs[0], s)
			return
		case *ssa.Return:
			f.leave(s, instr)
			return
		case *ssa.Panic:
			f.exit(s, Stopped, instr)
			return
		case *ssa.Call:
			for _, c := range f.call(s, &instr.Call, instr) {
				c.state.set(instr, c.result)
				f.step(c.state, b, i+1)
			}
			return
		case *ssa.RunDefers:
			for _, after := range f.runDefers(s) {
				f.step(after, b, i+1)
			}
			return
		default:
			if !f.transfer(s, instr) {
				f.exit(s, Crashed, instr)
				return
			}
		}
	}
}

// leave ends the function with a return statement.
func (f *frame) leave(s *state, ret *ssa.Return) {
	results := make([]Value, len(ret.Results))
	for i, r := range ret.Results {
		v := f.value(s, r)
		results[i] = v.with(s.origins(v) & (Carries | Beside))
	}
	f.exit(s, Returned, ret, results...)
}

func (f *frame) exit(s *state, how ExitKind, at ssa.Instruction, results ...Value) {
	e := Exit{
		How: how, Pos: at.Pos(), Results: results, Block: at.Block(),
		Governed: s.governedSince(f.outer), Aside: len(s.aside) > 0,
		Told: s.told, Uses: s.uses, Reached: s.reached,
	}
	f.exits = append(f.exits, exit{Exit: e, state: s})
	if f.depth == 0 && s.met && f.x.ok != nil && f.x.ok(e) {
		f.x.over = true
	}
}
