package summary

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/predicate"
)

// A Run is one execution of a function under the hypothesis that a query
// fails, or that it is handed an error.
type Run struct {
	Fn *ssa.Function
	// Site is the call that fails; nil where Param does.
	Site ssa.CallInstruction
	// Query is the client library's call that fails, there or deep inside.
	Query Query
	// Fault is the outcome of a fault whose text does not matter; Exits is nil
	// where it does, and ByMessage says what each text leads to.
	Fault     absint.Outcome
	ByMessage []MessageOutcome

	infer   *inference
	answers func(absint.Kind) []absint.Answer
	// absent, found and missing are what is returned once it was asked for.
	absent, found, missing *absint.Outcome
}

// A MessageOutcome is what a fault, or an absence, of one text leads to.
type MessageOutcome struct {
	predicate.Message
	absint.Outcome
}

// Absent returns the outcome of a not-found error.
func (r *Run) Absent() absint.Outcome { return r.suppose(r.hypothesis(absint.Absent), &r.absent) }

// Found returns the outcome of a successful answer.
func (r *Run) Found() absint.Outcome { return r.suppose(r.hypothesis(absint.Zero), &r.found) }

// Missing returns the outcome of the answer about an object that does not exist: a
// not-found error, or a list without it.
func (r *Run) Missing() absint.Outcome {
	if !r.Query.Lists || r.Query.Via != "" {
		return r.Absent()
	}
	answer := absint.NoneAnswer(r.Site.Common().Signature().Results().Len())
	return r.suppose(absint.Hypothesis{Site: r.Site, Answers: []absint.Answer{answer}}, &r.missing)
}

func (r *Run) suppose(h absint.Hypothesis, known **absint.Outcome) absint.Outcome {
	if *known == nil {
		out := r.infer.machine.Execute(r.Fn, h)
		*known = &out
	}
	return **known
}

// hypothesis is that the error of Site is of a kind.
func (r *Run) hypothesis(kind absint.Kind) absint.Hypothesis {
	return absint.Hypothesis{Site: r.Site, Answers: r.answers(kind)}
}

// Blank reports whether the error of Site is dropped where it is answered:
// nothing reads it. What is deferred, or started, decides nothing anyway.
func (r *Run) Blank() bool {
	call, ok := r.Site.(*ssa.Call)
	return ok && blank(call)
}

// Probe reports whether Site asks only if the runtime answers: it lists objects,
// and nobody reads the list.
func (r *Run) Probe() bool {
	call, ok := r.Site.(*ssa.Call)
	if !ok || r.Query.Via != "" || !predicate.NamedList(r.Query.Name) {
		return false
	}
	n := call.Call.Signature().Results().Len()
	for _, ref := range *call.Referrers() {
		if extract, ok := ref.(*ssa.Extract); ok && extract.Index < n-1 && read(extract) {
			return false
		}
	}
	return true
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
	for _, ref := range *v.Referrers() {
		if _, ok := ref.(*ssa.DebugRef); !ok {
			return true
		}
	}
	return false
}

// Pos is where the query is made.
func (r *Run) Pos() token.Pos { return r.Site.Pos() }

// Test reports whether the function stands in a test file.
func (r *Run) Test() bool { return r.infer.facts.Test(r.Fn.Pos()) }

// Creates reports whether a call makes an object.
func (r *Run) Creates(call ssa.CallInstruction) bool { return r.infer.creates(call) }

// Idle reports whether a call changes nothing: it asks, shows, waits, or makes an
// error or a text.
func (r *Run) Idle(call ssa.CallInstruction) bool {
	common := call.Common()
	if _, _, asks := r.infer.query(call); asks || r.infer.machine.Harmless(common) {
		return true
	}
	switch r.infer.Call(common).Kind {
	case absint.Keep, absint.Gate:
		return true
	}
	if _, predeclared := common.Value.(*ssa.Builtin); predeclared {
		return true
	}
	obj := callee(common)
	return obj != nil && obj.Pkg() != nil && slices.Contains([]string{"context", "errors", "time"}, obj.Pkg().Path())
}
