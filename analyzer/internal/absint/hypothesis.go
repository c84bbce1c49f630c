package absint

import (
	"golang.org/x/tools/go/ssa"
)

// A Hypothesis is what one execution supposes. Exactly one of Site and Params
// is set.
type Hypothesis struct {
	// Site is the call that answers as Answers say, whenever it is executed, in
	// every turn of a loop. It may stand in a func literal of the function.
	Site ssa.CallInstruction
	// Answers are the ways in which Site can answer.
	Answers []Answer
	// Params are what the function is handed, by parameter index.
	Params map[int]Value
	// Message is the text of the fault, "" where no text is supposed.
	Message string
}

// An Answer is one tuple of results.
type Answer struct {
	Results []Value
	// Told reports whether the error went where the caller may find it,
	// although it is in none of the results: a field, a channel, a callback.
	Told bool
	// Prints is what is in buffers afterwards, by the allocation of each.
	Prints map[ssa.Value]Value
}

// FaultAnswer returns what a call of n results answers when it fails: an error
// in the last of them, and zero values beside it.
func FaultAnswer(n int) Answer { return failed(n, Fault) }

// AbsentAnswer is FaultAnswer with a not-found error.
func AbsentAnswer(n int) Answer { return failed(n, Absent) }

func failed(n int, kind Kind) Answer {
	results := make([]Value, n)
	for i := range results {
		results[i] = Value{Kind: Zero, From: Beside}
	}
	results[n-1] = Value{Kind: kind, From: Carries}
	return Answer{Results: results}
}

// FoundAnswer returns what a call of n results answers when it succeeds: a nil
// error, and anything beside it.
func FoundAnswer(n int) Answer {
	results := make([]Value, n)
	for i := range results {
		results[i] = Value{From: Beside}
	}
	results[n-1] = Value{Kind: Zero, From: ByError}
	return Answer{Results: results}
}

// FaultParam is the fault handed to a parameter.
var FaultParam = Value{Kind: Fault, From: Carries}

// AbsentParam is a not-found error handed to a parameter.
var AbsentParam = Value{Kind: Absent, From: Carries}

// NilParam is a nil error handed to a parameter.
var NilParam = Value{Kind: Zero, From: ByError}

// Text is the text of the error, answered beside it, and Nothing that there is
// none.
var (
	Text    = Value{Kind: NonZero, From: Carries | Beside}
	Nothing = Value{Kind: Zero, From: Beside}
)
