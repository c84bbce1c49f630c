package absint

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/predicate"
)

// A flow is what the executor needs of a function's control-flow graph.
type flow struct {
	order  []int                // block index -> position in reverse postorder
	meet   []*ssa.BasicBlock    // block index -> immediate postdominator, nil for none
	rejoin []*ssa.BasicBlock    // the same, leaving aside ways out with an error
	live   map[ssa.Value][]bool // register -> block index -> it is read there or later
	chosen [][]*ssa.BasicBlock  // block index -> what region returns, once it was asked for
}

func (m *Machine) flowOf(fn *ssa.Function) *flow {
	if m.flows[fn] == nil {
		m.flows[fn] = m.newFlow(fn)
	}
	return m.flows[fn]
}

func (m *Machine) newFlow(fn *ssa.Function) *flow {
	fl := &flow{
		order: make([]int, len(fn.Blocks)),
		live:  map[ssa.Value][]bool{},

		chosen: make([][]*ssa.BasicBlock, len(fn.Blocks)),
	}
	post := postorder(fn)
	for i, b := range post {
		fl.order[b.Index] = len(post) - 1 - i
	}
	var leaves, normal []*ssa.BasicBlock
	for _, b := range post {
		if len(b.Succs) == 0 {
			leaves = append(leaves, b)
			if !m.exceptional(b) {
				normal = append(normal, b)
			}
		}
	}
	fl.meet = postdominators(fn, leaves)
	fl.rejoin = fl.meet
	if len(normal) > 0 && len(normal) < len(leaves) {
		fl.rejoin = postdominators(fn, normal)
	}
	return fl
}

// postorder lists the blocks that the entry reaches, each after what it leads
// to. It is iterative: generated code has functions of many thousand blocks.
func postorder(fn *ssa.Function) []*ssa.BasicBlock {
	type item struct {
		block *ssa.BasicBlock
		next  int
	}
	var post []*ssa.BasicBlock
	seen := make([]bool, len(fn.Blocks))
	stack := []item{{block: fn.Blocks[0]}}
	seen[fn.Blocks[0].Index] = true
	for len(stack) > 0 {
		top := &stack[len(stack)-1]
		if top.next == len(top.block.Succs) {
			post = append(post, top.block)
			stack = stack[:len(stack)-1]
			continue
		}
		succ := top.block.Succs[top.next]
		top.next++
		if !seen[succ.Index] {
			seen[succ.Index] = true
			stack = append(stack, item{block: succ})
		}
	}
	return post
}

// postdominators returns each block's immediate postdominator, by the algorithm
// of Cooper, Harvey and Kennedy ("A Simple, Fast Dominance Algorithm", 2001) on
// the reversed graph. The leaves lead to one virtual exit, which the answer does
// not show; a loop that never ends leads nowhere.
func postdominators(fn *ssa.Function, leaves []*ssa.BasicBlock) []*ssa.BasicBlock {
	// A postorder of the reversed graph, walked from the virtual exit.
	var order []*ssa.BasicBlock
	number := map[*ssa.BasicBlock]int{}
	type item struct {
		block *ssa.BasicBlock
		next  int
	}
	for _, leaf := range leaves {
		number[leaf] = -1
		stack := []item{{block: leaf}}
		for len(stack) > 0 {
			top := &stack[len(stack)-1]
			if top.next == len(top.block.Preds) {
				number[top.block] = len(order)
				order = append(order, top.block)
				stack = stack[:len(stack)-1]
				continue
			}
			pred := top.block.Preds[top.next]
			top.next++
			if _, seen := number[pred]; !seen {
				number[pred] = -1
				stack = append(stack, item{block: pred})
			}
		}
	}
	const undefined = -1
	exit := len(order)
	idom := make([]int, len(order)+1)
	for i := range idom {
		idom[i] = undefined
	}
	idom[exit] = exit
	intersect := func(a, b int) int {
		for a != b {
			for a < b {
				a = idom[a]
			}
			for b < a {
				b = idom[b]
			}
		}
		return a
	}
	for changed := true; changed; {
		changed = false
		for n := len(order) - 1; n >= 0; n-- {
			meet := undefined
			if len(order[n].Succs) == 0 {
				meet = exit // only leaves are walked from
			}
			for _, succ := range order[n].Succs {
				s, known := number[succ]
				switch {
				case !known || idom[s] == undefined:
				case meet == undefined:
					meet = s
				default:
					meet = intersect(meet, s)
				}
			}
			if meet != undefined && idom[n] != meet {
				idom[n] = meet
				changed = true
			}
		}
	}
	meets := make([]*ssa.BasicBlock, len(fn.Blocks))
	for n, b := range order {
		if d := idom[n]; d != undefined && d != exit {
			meets[b.Index] = order[d]
		}
	}
	return meets
}

// region returns the blocks that a branch at b chooses between, b included.
func (fl *flow) region(b *ssa.BasicBlock) []*ssa.BasicBlock {
	if fl.chosen[b.Index] == nil {
		seen := make([]bool, len(fl.order))
		seen[b.Index] = true
		region := []*ssa.BasicBlock{b}
		for i := 0; i < len(region); i++ {
			for _, succ := range region[i].Succs {
				if succ != fl.meet[b.Index] && !seen[succ.Index] {
					seen[succ.Index] = true
					region = append(region, succ)
				}
			}
		}
		fl.chosen[b.Index] = region
	}
	return fl.chosen[b.Index]
}

// exceptional reports whether a block leaves the function in a panic, or with
// an error that was made there or found earlier. What follows on the other side
// of a branch to it is executed whichever way the branch goes, errors aside.
func (m *Machine) exceptional(b *ssa.BasicBlock) bool {
	switch last := b.Instrs[len(b.Instrs)-1].(type) {
	case *ssa.Panic:
		return true
	case *ssa.Return:
		n := len(last.Results)
		if n == 0 || !IsError(last.Results[n-1].Type()) {
			return false
		}
		err := stored(last.Results[n-1], b)
		if wider, ok := err.(*ssa.ChangeInterface); ok {
			err = wider.X // an error that has more methods
		}
		switch err := err.(type) {
		case *ssa.MakeInterface:
			return true // an error type's value
		case *ssa.UnOp:
			return true // a sentinel, or an error that was found earlier
		case *ssa.Call:
			return failedBefore(err, b) || m.makesError(&err.Call)
		case ssa.Value:
			return failedBefore(err, b)
		}
	}
	return false
}

// failedBefore reports whether a block is executed only where an error was found
// not to be nil.
func failedBefore(err ssa.Value, b *ssa.BasicBlock) bool {
	for d := b; d.Idom() != nil; d = d.Idom() {
		branch, ok := d.Idom().Instrs[len(d.Idom().Instrs)-1].(*ssa.If)
		if !ok || len(d.Preds) != 1 {
			continue
		}
		if cmp, ok := branch.Cond.(*ssa.BinOp); ok && (cmp.X == err || cmp.Y == err) {
			return d == d.Idom().Succs[0] == (cmp.Op == token.NEQ)
		}
	}
	return false
}

// stored returns what a block last stored in the named result that v is loaded
// from; v itself if it is no named result, and nil if nothing was stored.
func stored(v ssa.Value, b *ssa.BasicBlock) ssa.Value {
	load, ok := v.(*ssa.UnOp)
	if !ok || load.Op != token.MUL {
		return v
	}
	if _, ok := load.X.(*ssa.Alloc); !ok {
		return v
	}
	for _, instr := range slices.Backward(b.Instrs) {
		if st, ok := instr.(*ssa.Store); ok && st.Addr == load.X {
			return st.Val
		}
	}
	return nil
}

// makesError reports whether a call answers nothing but an error of its own.
func (m *Machine) makesError(call *ssa.CallCommon) bool {
	if fn := call.StaticCallee(); fn != nil && predicate.NamedKeeper(fn.Name()) {
		return true // errors.New, status.Error, NewNotFound
	}
	if call.IsInvoke() && len(call.Args) == 0 && predicate.NamedKeeper(call.Method.Name()) {
		return true // ctx.Err
	}
	return m.oracle.Call(call).Kind == Keep
}

// liveAt returns the blocks, by index, at or after which r is still read. It is
// computed for a register when a state first holds one: most never are known.
func (fl *flow) liveAt(r ssa.Value) []bool {
	if at, ok := fl.live[r]; ok {
		return at
	}
	at := make([]bool, len(fl.order))
	fl.live[r] = at
	var def *ssa.BasicBlock // nil for a parameter
	if instr, ok := r.(ssa.Instruction); ok {
		def = instr.Block()
	}
	var work []*ssa.BasicBlock
	read := func(b *ssa.BasicBlock) {
		if !at[b.Index] {
			at[b.Index] = true
			work = append(work, b)
		}
	}
	for _, ref := range *r.Referrers() {
		phi, ok := ref.(*ssa.Phi)
		if !ok {
			read(ref.Block())
			continue
		}
		for i, edge := range phi.Edges {
			if edge == r {
				read(phi.Block().Preds[i])
			}
		}
	}
	for len(work) > 0 {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		if b != def {
			for _, pred := range b.Preds {
				read(pred)
			}
		}
	}
	return at
}

// local reports whether v is computed in the function, or handed to it.
func local(v ssa.Value) bool {
	switch v.(type) {
	case nil, *ssa.Const, *ssa.Global, *ssa.Builtin, *ssa.Function:
		return false
	}
	return true
}

// keepLive drops the registers of b's function that are not read from b on, so
// that traces which differ in dead registers are one. Registers of other
// frames, and cells, stay.
func (fl *flow) keepLive(b *ssa.BasicBlock, s *state) {
	s.regs.deleteFunc(func(r ssa.Value) bool {
		return r.Parent() == b.Parent() && !fl.liveAt(r)[b.Index]
	})
}
