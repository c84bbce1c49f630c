package flow

import "golang.org/x/tools/go/ssa"

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
