package absint

import (
	"go/constant"
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/flow"
)

// The bounds of one execution. They are generous for code that people write;
// what exceeds them is Exhausted.
const (
	// maxStates is how many states a block keeps apart before it joins them.
	maxStates = 24
	// maxWork is how much one execution does, over all frames: 1 for a block, and
	// more where much is known, for that is compared and joined.
	maxWork = 20_000
	// maxTotal is how much all executions of one function do.
	maxTotal = 4 * maxWork
	// maxPath is how many conditions a path has, and maxPaths how many of them lead to one
	// state before they are joined.
	maxPath, maxPaths = 64, 4
	// maxEvents is how many events of unknown calls are told apart.
	maxEvents = 64
	// maxTurns is how many turns of a loop are told apart by their number.
	maxTurns = 4
	// maxDepth is how deep functions are executed in place.
	maxDepth = 4
)

// A Machine executes the functions of one package. It is not safe for
// concurrent use.
type Machine struct {
	oracle  Oracle
	flows   map[*ssa.Function]*flow.Graph
	done    map[*ssa.Function]int // how much was done for it
	targets map[target]*ssa.CallCommon
}

// New returns a Machine that asks oracle what calls do.
func New(oracle Oracle) *Machine {
	return &Machine{oracle: oracle, flows: map[*ssa.Function]*flow.Graph{}, done: map[*ssa.Function]int{}, targets: map[target]*ssa.CallCommon{}}
}

// Execute runs fn under a hypothesis and returns what it does.
func (m *Machine) Execute(fn *ssa.Function, h Hypothesis) Outcome {
	return m.execute(fn, &executor{Machine: m, hypothesis: h, acts: map[act]*Event{}})
}

// Any runs fn under a hypothesis until it leaves in a way that ok is true of, and
// reports whether it does.
func (m *Machine) Any(fn *ssa.Function, h Hypothesis, ok func(Exit) bool) bool {
	x := &executor{Machine: m, hypothesis: h, acts: map[act]*Event{}, ok: ok}
	m.execute(fn, x)
	return x.over
}

func (m *Machine) execute(fn *ssa.Function, x *executor) Outcome {
	if m.done[fn] > maxTotal {
		return Outcome{Exhausted: true}
	}
	h := x.hypothesis
	entry := &state{paths: []Path{nil}}
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
	stack      []Value // what the calls that are being executed were handed
	acts       map[act]*Event
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
	work  []visit
	seen  [][]*state
	exits []exit
}

// flowOf returns the control flow of a function.
func (m *Machine) flowOf(fn *ssa.Function) *flow.Graph {
	if m.flows[fn] == nil {
		m.flows[fn] = flow.New(fn)
	}
	return m.flows[fn]
}

// run executes fn from a state to all of its exits.
func (x *executor) run(fn *ssa.Function, entry *state, depth int) []exit {
	f := &frame{x: x, fn: fn, depth: depth, flow: x.flowOf(fn), seen: make([][]*state, len(fn.Blocks))}
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
		x.work += 1 + known*known/64 + len(v.state.events)/8
		f.step(v.state.clone(), v.block, 0)
	}
	for _, e := range f.exits {
		e.state.defers = defers
	}
	return f.exits
}

// visit puts a block on the worklist, unless it was executed from this state
// already. Two states that differ by their paths alone are one, with both, but for
// those of two turns of a loop. A block with too many states joins
// this one to the last of them, to one in which the same has happened if there is any.
func (f *frame) visit(pred, b *ssa.BasicBlock, s *state) {
	f.phis(pred, b, s)
	s.keepLive(b, f.flow)
	s.sweep(f.fn, f.depth == 0)
	seen := f.seen[b.Index]
	again := pred != nil && b.Dominates(pred)
	last := -1
	kin := 0
	for i, o := range seen {
		if o.met == s.met {
			if kin++; last < 0 || sameEvents(o, s) || !sameEvents(seen[last], s) {
				last = i // what happened is kept apart the longest
			}
		}
		if !same(o, s) {
			continue
		}
		paths, all := together(o.paths, s.paths)
		if samePaths(paths, o.paths) {
			return
		}
		if !again {
			s.paths, s.vague = paths, s.vague || o.vague || !all
			f.replace(b, i, s)
			return
		}
	}
	limit := maxStates
	if !s.met {
		limit = 1 // nothing has happened yet that needs telling apart
	}
	if kin >= limit {
		joined := merge(seen[last], s)
		if !same(joined, seen[last]) || !samePaths(joined.paths, seen[last].paths) {
			f.replace(b, last, joined)
		}
		return
	}
	f.seen[b.Index] = append(seen, s)
	f.work = append(f.work, visit{b, s})
}

// replace has a block executed from a state in the place of an earlier one.
func (f *frame) replace(b *ssa.BasicBlock, i int, s *state) {
	old := f.seen[b.Index][i]
	f.seen[b.Index][i] = s
	for j, v := range f.work {
		if v.state == old {
			f.work[j].state = s
			return
		}
	}
	f.work = append(f.work, visit{b, s})
}

// phis assigns what b chooses by where it is entered from.
func (f *frame) phis(pred, b *ssa.BasicBlock, s *state) {
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
		v := f.value(s, phi.Edges[edge])
		if v.Kind == Const && b.Dominates(pred) && counts(phi, phi.Edges[edge]) && !f.bounded(s, b) {
			v = v.derived(Unknown) // or every turn would be a state of its own
		}
		chosen = append(chosen, v)
	}
	for i, v := range chosen {
		s.set(b.Instrs[i].(*ssa.Phi), v)
	}
}

// bounded reports whether a loop begins with a comparison to a number that is known, and
// small.
func (f *frame) bounded(s *state, header *ssa.BasicBlock) bool {
	branch, ok := header.Instrs[len(header.Instrs)-1].(*ssa.If)
	if !ok {
		return false
	}
	cmp, ok := branch.Cond.(*ssa.BinOp)
	if !ok {
		return false
	}
	n, ok := f.value(s, cmp.Y).AsConst(cmp.Y.Type())
	return ok && n.Kind() == constant.Int && constant.Compare(n, token.LEQ, constant.MakeInt64(maxTurns))
}

// counts reports whether a variable of a loop is what it was before and a constant.
func counts(phi *ssa.Phi, next ssa.Value) bool {
	sum, ok := next.(*ssa.BinOp)
	return ok && (sum.X == phi || sum.Y == phi)
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
			f.panics(s, instr)
			return
		case *ssa.Go:
			for _, after := range f.start(s, instr) {
				f.step(after, b, i+1)
			}
			return
		case *ssa.Call:
			for _, c := range f.call(s, &instr.Call, instr) {
				c.state.set(instr, *c.result)
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
		if v.Kind == Pointer && f.depth == 0 {
			v.Parts = s.record(v.Cell).Parts
		}
		results[i] = v.with(s.origins(v) & (Carries | Beside))
	}
	f.exit(s, Returned, ret, results...)
}

// panics executes what is deferred, and goes on where a recovered panic does.
func (f *frame) panics(s *state, instr *ssa.Panic) {
	if f.fn.Recover == nil || len(s.defers) == 0 || f.depth > 0 {
		f.exit(s, Stopped, instr)
		return
	}
	v := f.value(s, instr.X).with(0)
	s.panics = &v
	for _, after := range f.runDefers(s) {
		if after.panics != nil {
			after.panics = nil
			f.exit(after, Stopped, instr)
			continue
		}
		f.step(after, f.fn.Recover, 0)
	}
}

func (f *frame) exit(s *state, how ExitKind, at ssa.Instruction, results ...Value) {
	e := Exit{
		How: how, Pos: at.Pos(), Results: results, Block: at.Block(),
		Paths: s.paths, Free: s.free, Unsure: s.unsure, Joined: s.joined, Vague: s.vague, Fate: s.fate, Events: s.events,
	}
	if f.depth == 0 && how == Returned {
		for _, v := range results {
			e.Made = append(e.Made, s.origins(v))
		}
	}
	f.exits = append(f.exits, exit{Exit: e, state: s})
	if f.depth == 0 && s.met && f.x.ok != nil && f.x.ok(e) {
		f.x.over = true
	}
}
