package rule

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/flow"
	"github.com/errswallow/errswallow/analyzer/internal/summary"
)

// discard fires when a query's error is dropped, or only logged, and the value
// that came beside it decides: a branch, a bool result, a nil dereference.
//
// Bad:
//
//	running, _ := p.IsRunning(ctx, id)
//	if !running {
//		p.Restart(ctx, id)
//	}
//
// Good:
//
//	running, err := p.IsRunning(ctx, id)
//	if err != nil {
//		return err
//	}
//	if !running {
//		p.Restart(ctx, id)
//	}
var discard = Rule{
	ID:    "discard",
	Title: "the error is dropped, and the zero value beside it decides",
	Run:   checkDiscard,
}

func checkDiscard(run *summary.Run) *Finding {
	if noVerdict(run) {
		return nil
	}
	blank := run.Blank()
	for _, w := range ways(run) {
		if w.Told || w.Carried() || w.How == absint.Stopped {
			continue
		}
		if w.How == absint.Returned && w.fails(run.Fn) && !slices.ContainsFunc(w.Results, absint.Value.Sentinel) {
			continue // the caller is told of some error, and not that something is absent
		}
		if !blank && w.How == absint.Returned && !w.errorsNil(run.Fn) {
			continue // it was looked at, and some error is answered
		}
		if !blank && w.How == absint.Returned && w.Governed&absint.ByError != 0 {
			continue // it was looked at, and that is why the function ends
		}
		f := &Finding{Pos: run.Pos(), Message: w.message, Logged: !blank}
		for _, use := range w.Uses {
			if use.Alive && !blank {
				continue // fail-safe, and the error was seen
			}
			if run.Test() {
				continue // a test that goes wrong is seen
			}
			if w.How != absint.Crashed && waits(run) {
				continue // it asks again
			}
			f.Crash = w.How == absint.Crashed
			return f
		}
		if w.How != absint.Returned {
			continue
		}
		v, ok := w.verdict(run.Fn)
		truth, known := v.Truth()
		from := v.From
		if !w.Aside {
			from |= w.Governed
		}
		if ok && known && from&absint.Beside != 0 && (blank || meansAbsence(run, truth)) {
			f.Told, f.Verdict, f.Known = Told(run.Fn, w.Results), truth, true
			return f
		}
	}
	return nil
}

// waits reports whether the query is made in turns of a loop that does nothing but
// ask, until it likes the answer, with a pause between the turns.
func waits(run *summary.Run) bool {
	pauses := false
	for _, b := range flow.Loop(run.Site.Block()) {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.Call:
				if !run.Idle(instr) {
					return false
				}
				fn := instr.Call.StaticCallee()
				pauses = pauses || fn != nil && (fn.String() == "time.Sleep" || fn.String() == "time.After")
			case *ssa.Go, *ssa.Send, *ssa.MapUpdate:
				return false
			}
		}
	}
	return pauses
}
