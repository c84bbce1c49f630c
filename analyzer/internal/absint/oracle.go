package absint

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// An Oracle knows what the executor cannot see: client libraries, and the
// summaries of other functions. It must answer the same every time.
type Oracle interface {
	// Call says what a call does.
	Call(call *ssa.CallCommon) Effect
	// AbsenceVar reports whether a package variable is a sentinel error that
	// stands for absence only.
	AbsenceVar(obj types.Object) bool
	// AbsenceType reports whether an error type stands for absence only.
	AbsenceType(t types.Type) bool
}

// An EffectKind says what a call does with an error it is handed.
type EffectKind uint8

const (
	// Opaque: unknown; it may keep what it is handed, and answer anything.
	Opaque EffectKind = iota
	// Gate: true for absence, false for a fault.
	Gate
	// Show: a logger; the caller is not told, and nothing is answered.
	Show
	// Keep: answers an error that holds the one it was handed.
	Keep
	// Stop: does not return.
	Stop
	// StopOnError: does not return when it is handed an error.
	StopOnError
	// Classify: answers a code; absence is the constant in Effect.Object.
	Classify
	// Again: a poll or retry helper, which runs its condition again.
	Again
	// Summarised: answers as Effect.Given says when handed an error.
	Summarised
)

// An Effect is what a call does.
type Effect struct {
	Kind EffectKind
	// Absence is the constant that a Classify call answers for absence.
	Absence string
	// Body is the callee, where it can be executed in place: it is when a func
	// literal or the text of an error is handed to it.
	Body *ssa.Function
	// Given returns what a Summarised call answers when its parameter i is v,
	// and false when nothing is known of that.
	Given func(i int, v Value) ([]Answer, bool)
	// Reach is what the call does that cannot be undone, if anything.
	Reach Reach
}

// A ReachKind says what becomes of the object, the worst first.
type ReachKind uint8

const (
	// Destroys: it is lost.
	Destroys ReachKind = iota
	// Creates: it is made anew.
	Creates
	// Ensures: it is made, or is the one that is there.
	Ensures
)

// A Reach is a call that cannot be undone, made by a call or deep inside it.
type Reach struct {
	// Name is the client library's call, "" for none.
	Name string
	// Only is the constant, in Go syntax, that the last argument has to be; "" for any.
	Only string
	Kind ReachKind
	// Via is the function that makes the call, "" where it is made directly.
	Via string
	// Where is the position of the call as file:line, where Via is set.
	Where string
}
