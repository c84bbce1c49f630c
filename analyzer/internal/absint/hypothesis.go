package absint

import (
	"go/types"

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
	// Process is the command that Site waits for, if it does for one.
	Process ssa.Value
	// Statuses are numbers that a program ends with for absence, and for no fault.
	Statuses []int
	// Fields is what fields of these names hold in what came beside a nil error: a
	// bool in those that are bools, a string in those that are strings, and something
	// in those that are pointers.
	Fields map[string]Value
}

// An Answer is one tuple of results.
type Answer struct {
	Results []Value
	// Fate is what became of the error, although it is in none of the results: a field,
	// a channel, a callback.
	Fate Fate
	// Reach is what is done on the way that cannot be undone, if anything.
	Reach Reach
	// Replies is the status that a remote caller is answered on the way; "" for none, and [SomeStatus].
	Replies string
	// Prints is what is in buffers afterwards, by the allocation of each.
	Prints map[ssa.Value]Value
	// Through are what points to what is answered: arguments, or what calls were handed that
	// came before in a chain. Out is what they point to afterwards, and Keeps that it is what
	// they pointed to before.
	Through []ssa.Value
	Out     Value
	Keeps   bool
	// Holds is what fields of the object hold that the first result points to, by name or by
	// path (".4"), what methods answer of it ("Code()"), and "" what the others do; nil where nothing is supposed of it.
	Holds map[string]Value
	// Status is the status that came with a nil error and says of a fault: "503", and "" where
	// the fault is an error.
	Status string
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

// FoundAnswer returns what a call with these results answers when it succeeds: a nil
// error, and beside it anything that is there.
func FoundAnswer(results *types.Tuple) Answer {
	a := ZeroAnswer(results.Len())
	for i := range results.Len() - 1 {
		a.Results[i].Kind = Unknown
		switch results.At(i).Type().Underlying().(type) {
		case *types.Slice, *types.Map, *types.Pointer, *types.Interface:
			a.Results[i].Kind = NonZero
		}
	}
	if flag := results.Len() - 2; flag > 0 && IsBool(results.At(flag).Type()) {
		a.Results[flag] = yes.with(Beside) // an object, and whether there is one
	}
	return a
}

// ZeroAnswer returns what a call of n results answers when it succeeds and has
// nothing to tell: a nil error, and zero values beside it.
func ZeroAnswer(n int) Answer {
	results := make([]Value, n)
	for i := range results {
		results[i] = Value{Kind: Zero, From: Beside}
	}
	results[n-1] = Value{Kind: Zero, From: Decided}
	return Answer{Results: results}
}

// FaultParam is the fault handed to a parameter.
var FaultParam = Value{Kind: Fault, From: Carries}

// AbsentParam is a not-found error handed to a parameter.
var AbsentParam = Value{Kind: Absent, From: Carries}

// NilParam is a nil error handed to a parameter.
var NilParam = Value{Kind: Zero, From: Decided}

// Text is the text of the error, answered beside it, and Nothing that there is
// none.
var (
	Text    = Value{Kind: NonZero, From: Carries | Beside}
	Nothing = Value{Kind: Zero, From: Beside}
)
