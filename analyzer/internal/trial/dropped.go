package trial

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/catalogue"
)

// Ignored reports whether nobody listens to the error: whatever came beside it, the
// function tells with an error what it tells without.
func (t *Trial) Ignored() bool {
	if t.ignored == nil {
		ignored := t.Blank() || t.unheard()
		t.ignored = &ignored
	}
	return *t.ignored
}

// unheard is Ignored of an error that something reads.
func (t *Trial) unheard() bool {
	unheard, found := t.Exits(Unheard), t.Exits(Found)
	like := func(a absint.Exit, others []absint.Exit) bool {
		return slices.ContainsFunc(others, func(b absint.Exit) bool {
			return a.How == b.How && a.Block == b.Block && a.Agrees(b) && t.congruent(a, b)
		})
	}
	return len(unheard) > 0 && !slices.ContainsFunc(unheard, func(e absint.Exit) bool { return !like(e, found) }) &&
		!slices.ContainsFunc(found, func(e absint.Exit) bool { return !like(e, unheard) })
}

// Blank reports whether the error of Site is dropped where it is answered:
// nothing reads it. What is deferred, or started, decides nothing anyway.
func (t *Trial) Blank() bool {
	call, ok := t.Site.(*ssa.Call)
	switch field := t.Query.Answer.Error; {
	case !ok:
		return false
	case field == catalogue.Dropped:
		return true
	case field != "":
		return blankField(call, field)
	}
	return blank(call)
}

// blankField reports whether nothing reads a field of what a call answers, nor hands the
// whole to anybody.
func blankField(call *ssa.Call, field string) bool {
	return !slices.ContainsFunc(*call.Referrers(), func(ref ssa.Instruction) bool {
		switch ref := ref.(type) {
		case *ssa.FieldAddr:
			return isField(ref, field)
		case *ssa.DebugRef:
			return false
		}
		return true
	})
}

// isField reports whether an address is that of the field of a name, or may be.
func isField(addr *ssa.FieldAddr, name string) bool {
	p, ok := addr.X.Type().Underlying().(*types.Pointer)
	if !ok {
		return true
	}
	structure, ok := p.Elem().Underlying().(*types.Struct)
	return !ok || structure.Field(addr.Field).Name() == name
}

func blank(call *ssa.Call) bool {
	n := call.Call.Signature().Results().Len()
	if n == 1 {
		return len(*call.Referrers()) == 0
	}
	for _, ref := range *call.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Extract:
			if ref.Index == n-1 && read(ref) {
				return false
			}
		case *ssa.DebugRef:
		default:
			return false // returned whole
		}
	}
	return true
}

// read reports whether anything but a dead store reads v.
func read(v ssa.Value) bool {
	return slices.ContainsFunc(*v.Referrers(), func(ref ssa.Instruction) bool {
		_, debug := ref.(*ssa.DebugRef)
		return !debug
	})
}

// Chooses reports whether a comparison of the error with nil chooses a value: a variable
// is one thing with an error, and another without, so that somebody has listened.
func (t *Trial) Chooses() bool {
	call, ok := t.Site.(*ssa.Call)
	if !ok {
		return false
	}
	for _, ref := range *call.Referrers() {
		err, ok := ref.(*ssa.Extract)
		if !ok || !absint.IsError(err.Type()) {
			continue
		}
		for _, use := range *err.Referrers() {
			cmp, ok := use.(*ssa.BinOp)
			if !ok {
				continue
			}
			for _, branch := range *cmp.Referrers() {
				if _, ok := branch.(*ssa.If); ok && slices.ContainsFunc(branch.Block().Succs, chosenBehind) {
					return true
				}
			}
		}
	}
	return false
}

// chosenBehind reports whether what follows on one side of a branch comes to where the
// other does with another value of a variable.
func chosenBehind(side *ssa.BasicBlock) bool {
	if len(side.Preds) != 1 {
		return false // it is where both sides meet
	}
	for _, b := range side.Parent().Blocks {
		if side.Dominates(b) {
			continue
		}
		for _, instr := range b.Instrs {
			phi, ok := instr.(*ssa.Phi)
			if !ok {
				break
			}
			var inside, outside []ssa.Value
			for i, edge := range phi.Edges {
				if side.Dominates(b.Preds[i]) {
					inside = append(inside, edge)
				} else {
					outside = append(outside, edge)
				}
			}
			if len(outside) > 0 && slices.ContainsFunc(inside, func(v ssa.Value) bool { return !slices.Contains(outside, v) }) {
				return true
			}
		}
	}
	return false
}
