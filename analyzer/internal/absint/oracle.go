package absint

import (
	"go/constant"
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
	// FaultVar reports whether a package variable may be a sentinel error that stands for a
	// fault that passes.
	FaultVar(obj types.Object) bool
	// FaultText reports whether a text may be all that such a fault says.
	FaultText(text string) bool
	// AbsenceConst reports whether a code, or a word, stands for absence: 404, NotFound.
	AbsenceConst(c constant.Value, t types.Type) bool
	// AbsenceCode reports whether a number is the code of absence among those that a package
	// declares, which declares a type of errors that has codes.
	AbsenceCode(c constant.Value, pkg *types.Package) bool
	// AbsenceText reports whether the text of an error that is made on the spot says that
	// something is absent.
	AbsenceText(text string) bool
	// AbsenceType reports whether an error type stands for absence only.
	AbsenceType(t types.Type) bool
	// InputType reports whether an error type says of what came in that it is wrong: no fault is
	// of it.
	InputType(t types.Type) bool
}

// An EffectKind says what a call does with an error it is handed.
type EffectKind uint8

const (
	// Opaque: unknown; it may keep what it is handed, change something, and answer
	// anything. One that takes an error and answers only a bool, a number or a text has
	// asked about it and kept nothing.
	Opaque EffectKind = iota
	// Gate: true for absence, false for a fault.
	Gate
	// Ask: says what sort of fault an error is; true of some and false of others.
	Ask
	// Pure: computes from its arguments, and does nothing else.
	Pure
	// Show: a logger; the caller is not told, and nothing is answered.
	Show
	// Keep: answers an error that holds the one it was handed.
	Keep
	// Stop: does not return.
	Stop
	// StopOnError: does not return when it is handed an error.
	StopOnError
	// Classify: answers a code; absence is the constant in Effect.Absence.
	Classify
	// Again: a poll or retry helper, which runs its condition again.
	Again
	// Reply: answers a remote caller with the status in argument Effect.Status, if
	// that is not negative, and with its other arguments.
	Reply
	// Filter: answers nil for absence, and the error that it was handed otherwise.
	Filter
	// Tell: lets somebody know of an error who acts on it.
	Tell
	// Search: answers whether a list has something in it.
	Search
	// Summarised: answers as Effect.Given says when handed an error.
	Summarised
)

// An Effect is what a call does.
type Effect struct {
	Kind EffectKind
	// Absence is the constant that a Classify call answers for absence, the status that a
	// Reply always has, or what an error says that a Keep call makes with a code of absence.
	Absence string
	// Code is the code that a Keep call always puts into what it makes: "404"; "" for none.
	Code string
	// Status is the argument of a Reply, or the code that a Keep call puts into its
	// error; negative for none.
	Status int
	// Body is the callee, where it can be executed in place: it is when a func
	// literal, the text of an error, or the value that came beside one is handed to it.
	Body *ssa.Function
	// Complains reports that a Tell call says that something went wrong, whatever it is handed.
	Complains bool
	// Given returns what a Summarised call answers when its parameter i is v,
	// and false when nothing is known of that.
	Given func(i int, v Value) ([]Answer, bool)
	// Always is what the call answers whatever it is handed, nil where that is not known.
	Always *Answer
	// Writes reports that people, or a remote caller, read what a Show call is handed, as
	// the program's output.
	Writes bool
	// Quiet reports that nothing that the call does outlives it but what it answers.
	Quiet bool
	// Changes reports that the call changes something, and nothing is lost by it.
	Changes bool
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

// event is the kind of event that reaching it is.
func (k ReachKind) event() EventKind { return [...]EventKind{Destroyed, Created, Ensured}[k] }

// A Reach is a call that cannot be undone, made by a call or deep inside it.
type Reach struct {
	// Name is the client library's call, "" for none.
	Name string
	// Only is the constant, in Go syntax, that the last argument has to be; "" for any.
	Only string
	Kind ReachKind
	// Forgets reports that the call says for good that something is not there: whatever was
	// asked before, that was the question.
	Forgets bool
	// Via is the function that makes the call, "" where it is made directly.
	Via string
	// Where is the position of the call as file:line, where Via is set.
	Where string
}
