package flow

import "golang.org/x/tools/go/ssa"

// Live reports whether a register is still read in b or after it.
func (g *Graph) Live(r ssa.Value, b *ssa.BasicBlock) bool { return g.liveAt(r)[b.Index] }

// liveAt returns the blocks, by index, at or after which r is still read. It is
// computed for a register when a state first holds one: most never are known.
func (g *Graph) liveAt(r ssa.Value) []bool {
	if at, ok := g.live[r]; ok {
		return at
	}
	at := make([]bool, len(g.order))
	g.live[r] = at
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
