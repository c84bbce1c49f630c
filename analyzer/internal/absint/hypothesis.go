package absint

import (
	"go/constant"
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
	// Fields is what fields of these names hold in what came beside a nil error: a
	// bool in those that are bools, a string in those that are strings, and something
	// in those that are pointers.
	Fields map[string]Value
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

// StateAnswer is FoundAnswer of an object that runs, or does not: a bool says
// which, and a list has an element.
func StateAnswer(results *types.Tuple, running bool) Answer {
	a := FoundAnswer(results.Len())
	for i := range results.Len() - 1 {
		switch results.At(i).Type().Underlying().(type) {
		case *types.Basic:
			if IsBool(results.At(i).Type()) {
				a.Results[i] = Bool(running).with(Beside)
			}
		case *types.Slice, *types.Map:
			a.Results[i].Kind = NonZero
		}
	}
	return a
}

// NoneAnswer is FoundAnswer of a list without elements.
func NoneAnswer(n int) Answer {
	a := FoundAnswer(n)
	for i := range n - 1 {
		a.Results[i].Kind = Zero
	}
	return a
}

// StateFields are the fields that clients tell by if a container runs.
func StateFields(running bool) map[string]Value {
	word := "exited"
	if running {
		word = "running"
	}
	text := Value{Kind: Const, Const: constant.MakeString(word)}
	return map[string]Value{"Running": Bool(running), "State": text, "Status": text}
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
