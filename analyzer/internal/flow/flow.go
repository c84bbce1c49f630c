package flow

import "golang.org/x/tools/go/ssa"

// A Graph is the control flow of one function. It is not safe for concurrent use:
// what is asked for is computed then, and kept.
type Graph struct {
	order  []int                // block index -> position in reverse postorder
	meet   []*ssa.BasicBlock    // block index -> immediate postdominator, nil for none
	rejoin []*ssa.BasicBlock    // the same, leaving some ways out aside
	live   map[ssa.Value][]bool // register -> block index -> it is read there or later
	chosen [][]*ssa.BasicBlock  // block index -> what Region returns
}

// New returns the control flow of a function that has a body. aside says which of
// the blocks that end it Rejoin leaves aside.
func New(fn *ssa.Function, aside func(*ssa.BasicBlock) bool) *Graph {
	g := &Graph{
		order:  make([]int, len(fn.Blocks)),
		live:   map[ssa.Value][]bool{},
		chosen: make([][]*ssa.BasicBlock, len(fn.Blocks)),
	}
	post := postorder(fn)
	for i, b := range post {
		g.order[b.Index] = len(post) - 1 - i
	}
	var leaves, normal []*ssa.BasicBlock
	for _, b := range post {
		if len(b.Succs) == 0 {
			leaves = append(leaves, b)
			if !aside(b) {
				normal = append(normal, b)
			}
		}
	}
	g.meet = postdominators(fn, leaves)
	g.rejoin = g.meet
	if len(normal) > 0 && len(normal) < len(leaves) {
		g.rejoin = postdominators(fn, normal)
	}
	return g
}

// Order returns the position of a block in reverse postorder: what leads to it, but
// for loops, comes before it.
func (g *Graph) Order(b *ssa.BasicBlock) int { return g.order[b.Index] }

// Meet returns the block where all ways from b meet again, nil if they never do.
func (g *Graph) Meet(b *ssa.BasicBlock) *ssa.BasicBlock { return g.meet[b.Index] }

// Rejoin is Meet, leaving aside the ways out that New was told of.
func (g *Graph) Rejoin(b *ssa.BasicBlock) *ssa.BasicBlock { return g.rejoin[b.Index] }

// Region returns the blocks that a branch at b chooses between, b included.
func (g *Graph) Region(b *ssa.BasicBlock) []*ssa.BasicBlock {
	if g.chosen[b.Index] == nil {
		seen := make([]bool, len(g.order))
		seen[b.Index] = true
		region := []*ssa.BasicBlock{b}
		for i := 0; i < len(region); i++ {
			for _, succ := range region[i].Succs {
				if succ != g.meet[b.Index] && !seen[succ.Index] {
					seen[succ.Index] = true
					region = append(region, succ)
				}
			}
		}
		g.chosen[b.Index] = region
	}
	return g.chosen[b.Index]
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
