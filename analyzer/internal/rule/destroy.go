package rule

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/summary"
)

// destroy fires when an unclassified fault leads to a call that cannot be
// undone: the object was there, and is lost; or it is made a second time.
//
// Bad:
//
//	if _, err := cli.ContainerInspect(ctx, id); err != nil {
//		cli.ContainerRemove(ctx, id, container.RemoveOptions{Force: true})
//		return recreate(ctx, id)
//	}
//
// Good:
//
//	_, err := cli.ContainerInspect(ctx, id)
//	if errdefs.IsNotFound(err) {
//		return recreate(ctx, id)
//	}
//	if err != nil {
//		return err
//	}
var destroy = Rule{
	ID:    "destroy",
	Title: "a fault leads to a call that cannot be undone",
	Run:   checkDestroy,
}

func checkDestroy(run *summary.Run) *Finding {
	var creating *Finding
	for _, w := range ways(run) {
		if w.Told || w.Carried() {
			continue
		}
		for _, r := range w.Reached {
			if r.Kind == absint.Ensures || !onTheStrengthOf(run, r) || madeHere(run, r) {
				continue
			}
			f := &Finding{Pos: r.Call.Pos(), Reached: &r, Message: w.message}
			if w.match {
				f.Rule = overbroad.ID
			}
			if r.Kind == absint.Destroys {
				return f
			}
			if creating == nil {
				creating = f
			}
		}
	}
	return creating
}

// onTheStrengthOf reports whether a call is reached because of the fault, and
// the fault was not classified, or the wrong way round: nothing else leads there.
// What is made anew is so only when the error itself led there; for a value beside
// it see discard.
func onTheStrengthOf(run *summary.Run, r absint.Reached) bool {
	if r.Governed&absint.Guessed != 0 {
		return false // it is not certain that this is where the fault leads
	}
	if r.Governed&absint.ByGate != 0 {
		return !reached(run.Missing(), r.Call) && !reached(run.Found(), r.Call)
	}
	if r.Kind == absint.Creates {
		return r.Governed&absint.ByError != 0
	}
	return r.Governed&(absint.ByError|absint.Beside) != 0
}

// reached reports whether a call is made on some way out.
func reached(outcome absint.Outcome, call ssa.CallInstruction) bool {
	return outcome.Exhausted || slices.ContainsFunc(outcome.Exits, func(e absint.Exit) bool {
		return slices.ContainsFunc(e.Reached, func(r absint.Reached) bool { return r.Call == call })
	})
}

// madeHere reports whether the function made an object before it asked, or between
// that and this call: what it destroys is its own.
func madeHere(run *summary.Run, r absint.Reached) bool {
	if r.Kind != absint.Destroys {
		return false
	}
	for _, b := range run.Fn.Blocks {
		for i, instr := range b.Instrs {
			call, ok := instr.(ssa.CallInstruction)
			if !ok || call == run.Site || !run.Creates(call) {
				continue
			}
			for _, later := range []ssa.Instruction{run.Site, literal(r.Call, run.Fn)} {
				if later.Parent() != run.Fn {
					continue
				}
				if b == later.Block() && slices.Contains(b.Instrs[i+1:], later) || b != later.Block() && b.Dominates(later.Block()) {
					return true
				}
			}
		}
	}
	return false
}

// literal returns where a function makes the func literal that an instruction
// stands in; the instruction itself where it stands in none.
func literal(in ssa.Instruction, fn *ssa.Function) ssa.Instruction {
	for in.Parent() != fn && in.Parent().Referrers() != nil && len(*in.Parent().Referrers()) > 0 {
		in = (*in.Parent().Referrers())[0]
	}
	return in
}
