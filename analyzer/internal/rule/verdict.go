package rule

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/predicate"
	"github.com/errswallow/errswallow/analyzer/internal/summary"
)

// A way is one way out of a function, and the text of the fault that takes it.
type way struct {
	absint.Exit
	message *predicate.Message
	// match: the text was taken for absence, as a not-found message is.
	match bool
}

// ways returns the ways out under a fault. Where the text of the error matters
// a way is listed once, with the first text that takes it.
func ways(run *summary.Run) []way {
	var out []way
	for _, e := range run.Fault.Exits {
		out = append(out, way{Exit: e})
	}
	faults, taken := 0, map[*ssa.BasicBlock]int{}
	absent := map[*ssa.BasicBlock]bool{}
	for _, m := range run.ByMessage {
		if !m.Absent {
			faults++
		}
		seen := map[*ssa.BasicBlock]bool{}
		for _, e := range m.Exits {
			if m.Absent {
				absent[e.Block] = true
			} else if !seen[e.Block] {
				seen[e.Block] = true
				taken[e.Block]++
			}
		}
	}
	listed := map[*ssa.BasicBlock]bool{}
	for _, m := range run.ByMessage {
		for _, e := range m.Exits {
			if m.Absent || listed[e.Block] {
				continue
			}
			w := way{Exit: e}
			if taken[e.Block] < faults {
				w.message = &m.Message
				w.match = absent[e.Block] && e.Governed&absint.ByGate != 0
			} else {
				listed[e.Block] = true
			}
			out = append(out, w)
		}
	}
	return out
}

// silentTo reports whether the caller learns nothing of the failure on this
// way: no error, no text of it, nothing kept for later.
func (w way) silentTo(fn *ssa.Function) bool {
	return w.How == absint.Returned && !w.Told && !w.Carried() && w.errorsNil(fn)
}

// guessed reports whether it is not certain that a fault leads this way: a
// condition on what came beside the error could have gone either way, and on
// another the caller is told of the failure.
func guessed(run *summary.Run, w way) bool {
	from := func(w way, origin absint.Origin) bool {
		return slices.ContainsFunc(w.Results, func(v absint.Value) bool { return v.From&origin != 0 })
	}
	guess := func(w way) bool {
		return from(w, absint.Guessed) || w.Governed&absint.Guessed != 0 && !from(w, absint.ByError)
	}
	return guess(w) && slices.ContainsFunc(ways(run), func(other way) bool {
		return guess(other) && !other.silentTo(run.Fn)
	})
}

// errorsNil reports whether every error among the results is certainly nil.
func (w way) errorsNil(fn *ssa.Function) bool {
	for i, v := range w.Results {
		if absint.IsError(fn.Signature.Results().At(i).Type()) && v.Kind != absint.Zero {
			return false
		}
	}
	return true
}

// fails reports whether an error among the results is certainly not nil.
func (w way) fails(fn *ssa.Function) bool {
	for i, v := range w.Results {
		if absint.IsError(fn.Signature.Results().At(i).Type()) && v.Kind != absint.Zero && v.Kind != absint.Unknown {
			return true
		}
	}
	return false
}

// verdict returns the result that tells the caller yes or no: the first bool.
func (w way) verdict(fn *ssa.Function) (absint.Value, bool) {
	i := verdictIndex(fn)
	if i < 0 || i >= len(w.Results) {
		return absint.Value{}, false
	}
	return w.Results[i], true
}

func verdictIndex(fn *ssa.Function) int {
	i := 0
	for v := range fn.Signature.Results().Variables() {
		if absint.IsBool(v.Type()) {
			return i
		}
		i++
	}
	return -1
}

// FailSafe reports whether a fault is answered with an error, and with the
// opposite of what is answered of an object that is absent.
func FailSafe(run *summary.Run) bool {
	if !Propagates(run) || verdictIndex(run.Fn) < 0 {
		return false
	}
	absentTrue, absentFalse := verdicts(run, run.Missing())
	if absentTrue == absentFalse {
		return false
	}
	for _, e := range run.Faults() {
		w := way{Exit: e}
		v, _ := w.verdict(run.Fn)
		if truth, known := v.Truth(); e.How == absint.Returned && (!known || truth == absentTrue) {
			return false
		}
	}
	return true
}

// Propagates reports whether the caller is told of a fault on every way out.
func Propagates(run *summary.Run) bool {
	returns := false
	for _, e := range run.Faults() {
		if e.How == absint.Returned {
			if !e.Carried() && !e.Told {
				return false
			}
			returns = true
		}
	}
	return returns
}

// Told renders results as Go writes them: "(false, nil)", and "err" for an error.
func Told(fn *ssa.Function, results []absint.Value) string {
	var out []string
	for i, v := range results {
		out = append(out, spelled(fn.Signature.Results().At(i).Type(), v))
	}
	if len(out) == 1 {
		return out[0]
	}
	return "(" + strings.Join(out, ", ") + ")"
}

func spelled(t types.Type, v absint.Value) string {
	if truth, known := v.Truth(); known && absint.IsBool(t) {
		if truth {
			return "true"
		}
		return "false"
	}
	switch {
	case v.Kind != absint.Zero && absint.IsError(t) && (v.From&absint.Carries != 0 || v.Kind != absint.Unknown):
		return "err"
	case v.Kind != absint.Zero:
		return "..."
	}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		switch {
		case u.Info()&types.IsString != 0:
			return `""`
		case u.Info()&types.IsNumeric != 0:
			return "0"
		}
	case *types.Struct, *types.Array:
		return types.TypeString(t, func(p *types.Package) string { return p.Name() }) + "{}"
	}
	return "nil"
}

// noVerdict reports whether what the function answers says nothing of an
// object: it is the condition of a poll, or waits itself, and false is "not
// yet"; or the query only asks if the runtime answers.
func noVerdict(run *summary.Run) bool {
	return run.Probe() || run.Condition(run.Fn) || predicate.NamedPoll(run.Fn.Name())
}
