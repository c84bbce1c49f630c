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
			if !onTheStrengthOf(run, r) || madeHere(run, r) {
				continue
			}
			f := &Finding{Pos: r.Call.Pos(), Reached: &r, Message: w.message}
			if w.match {
				f.Rule = overbroad.ID
			}
			if !r.Creates {
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
	if r.Governed&absint.ByGate != 0 {
		return !reached(run.Missing(), r.Call) && !reached(run.Found(), r.Call)
	}
	if r.Creates {
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

// madeHere reports whether the function made an object before it asked: what
// it destroys is its own, half made.
func madeHere(run *summary.Run, r absint.Reached) bool {
	if r.Creates {
		return false
	}
	for _, b := range run.Fn.Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(ssa.CallInstruction)
			if ok && call != run.Site && run.Site.Block().Parent() == run.Fn && b.Dominates(run.Site.Block()) && run.Creates(call) {
				return true
			}
		}
	}
	return false
}
