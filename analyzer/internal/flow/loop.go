package flow

import (
	"slices"

	"golang.org/x/tools/go/ssa"
)

// LoopHeader returns the block that every turn of the innermost loop around b
// begins with: the nearest dominator that b leads back to.
func LoopHeader(b *ssa.BasicBlock) *ssa.BasicBlock {
	for d := b; d != nil; d = d.Idom() {
		for _, pred := range d.Preds {
			if d.Dominates(pred) && Reaches(b, pred, d) {
				return d
			}
		}
	}
	return nil
}

// Reaches reports whether control goes from one block to another without
// passing a third.
func Reaches(from, to, avoid *ssa.BasicBlock) bool {
	seen := map[*ssa.BasicBlock]bool{}
	work := []*ssa.BasicBlock{from}
	for len(work) > 0 {
		next := work[len(work)-1]
		work = work[:len(work)-1]
		if next == to {
			return true
		}
		if seen[next] || next == avoid && next != from {
			continue
		}
		seen[next] = true
		work = append(work, next.Succs...)
	}
	return false
}

// After reports whether an instruction can be executed after another of the same function.
func After(first, then ssa.Instruction) bool {
	b := first.Block()
	if b == then.Block() && slices.Index(b.Instrs, first) < slices.Index(b.Instrs, then) {
		return true
	}
	return slices.ContainsFunc(b.Succs, func(next *ssa.BasicBlock) bool { return Reaches(next, then.Block(), nil) })
}

// Loop returns the blocks of the innermost loop around b, none where b stands in no
// loop: what leads back to the header without passing it.
func Loop(b *ssa.BasicBlock) []*ssa.BasicBlock {
	if header := LoopHeader(b); header != nil {
		return loopOf(header)
	}
	return nil
}

// depths counts the loops that each block stands in, by index.
func depths(fn *ssa.Function) []int {
	depths := make([]int, len(fn.Blocks))
	for _, b := range fn.Blocks {
		if slices.ContainsFunc(b.Preds, b.Dominates) {
			for _, in := range loopOf(b) {
				depths[in.Index]++
			}
		}
	}
	return depths
}

// loopOf returns the blocks of the loop that begins with a header.
func loopOf(header *ssa.BasicBlock) []*ssa.BasicBlock {
	loop := []*ssa.BasicBlock{header}
	seen := map[*ssa.BasicBlock]bool{header: true}
	var work []*ssa.BasicBlock
	for _, pred := range header.Preds {
		if header.Dominates(pred) {
			work = append(work, pred)
		}
	}
	for len(work) > 0 {
		next := work[len(work)-1]
		work = work[:len(work)-1]
		if !seen[next] {
			seen[next] = true
			loop = append(loop, next)
			work = append(work, next.Preds...)
		}
	}
	return loop
}
