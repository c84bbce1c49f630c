package flow

import (
	"slices"

	"golang.org/x/tools/go/ssa"
)

// A Graph is the control flow of one function. It is not safe for concurrent use:
// what is asked for is computed then, and kept.
type Graph struct {
	order []int                // block index -> position in reverse postorder
	live  map[ssa.Value][]bool // register -> block index -> it is read there or later
	turns map[*ssa.BasicBlock]turn
}

// New returns the control flow of a function that has a body.
func New(fn *ssa.Function) *Graph {
	g := &Graph{order: make([]int, len(fn.Blocks)), live: map[ssa.Value][]bool{}, turns: map[*ssa.BasicBlock]turn{}}
	post := postorder(fn, depths(fn))
	for i, b := range post {
		g.order[b.Index] = len(post) - 1 - i
	}
	return g
}

// Order returns the position of a block in reverse postorder: what leads to it comes before
// it, and so do all turns of a loop, where it stands after that.
func (g *Graph) Order(b *ssa.BasicBlock) int { return g.order[b.Index] }

// Turns reports whether a branch at b decides if the loop around it takes another
// turn: the loop begins there, or goes back from there.
func (g *Graph) Turns(b *ssa.BasicBlock) bool { return g.turn(b).turns }

// Breaks reports whether the branch at b leaves the loop around it by one of its sides, and
// is not where the loop begins.
func (g *Graph) Breaks(b *ssa.BasicBlock, side int) bool { return g.turn(b).breaks[side] }

// A turn is what a branch decides of the loop around it.
type turn struct {
	turns  bool
	breaks [2]bool // by successor
}

func (g *Graph) turn(b *ssa.BasicBlock) turn {
	t, known := g.turns[b]
	if known {
		return t
	}
	if loop := Loop(b); len(loop) > 0 && len(b.Succs) == 2 {
		header := loop[0] == b
		for i, succ := range b.Succs {
			leaves := !slices.Contains(loop, succ)
			t.turns = t.turns || leaves && (header || b.Succs[1-i] == loop[0])
			t.breaks[i] = leaves && !header
		}
	}
	g.turns[b] = t
	return t
}

// postorder lists the blocks that the entry reaches, each after what it leads
// to. Of what a block leads to, the one in fewer loops is listed first. It is iterative:
// generated code has functions of many thousand blocks.
func postorder(fn *ssa.Function, depths []int) []*ssa.BasicBlock {
	type item struct {
		block *ssa.BasicBlock
		next  []*ssa.BasicBlock
	}
	var post []*ssa.BasicBlock
	seen := make([]bool, len(fn.Blocks))
	var stack []item
	enter := func(b *ssa.BasicBlock) {
		if seen[b.Index] {
			return
		}
		seen[b.Index] = true
		next := b.Succs
		if len(next) == 2 && depths[next[0].Index] > depths[next[1].Index] {
			next = []*ssa.BasicBlock{next[1], next[0]}
		}
		stack = append(stack, item{b, next})
	}
	enter(fn.Blocks[0])
	for len(stack) > 0 {
		top := &stack[len(stack)-1]
		if len(top.next) == 0 {
			post = append(post, top.block)
			stack = stack[:len(stack)-1]
			continue
		}
		succ := top.next[0]
		top.next = top.next[1:]
		enter(succ)
	}
	return post
}
