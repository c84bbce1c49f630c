package absint

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// An Outcome is what a function does under a hypothesis.
type Outcome struct {
	Exits []Exit
	// Exhausted reports that the budget ran out: nothing may be concluded.
	Exhausted bool
	// ReadsText reports that the execution looked at the text of an error that
	// has none: it has to be executed again, once a message.
	ReadsText bool
}

// An Exit is one way out of the function, after the hypothesised call.
type Exit struct {
	How ExitKind
	// Pos is the return statement, or what panics.
	Pos token.Pos
	// Results are what the caller is told, when How is Returned.
	Results []Value
	// Made is how what can be reached from the results depends on the hypothesis.
	Made []Origin
	// Paths are the ways that lead here, by what else decided on each.
	Paths []Path
	// Free reports that a condition on the way looked at what came beside the error,
	// and could have gone either way.
	Free bool
	// Unsure reports that a condition on the way asked somebody about the error whom nobody
	// can see: what it was may have been no fault.
	Unsure bool
	// Joined reports that too many ways led here to be kept apart: they share
	// one path.
	Joined bool
	// Vague reports that not all that decided is in Paths: too many led to the same, and it has
	// one, of what they share; or there was too much.
	Vague bool
	// Fate is what became of the error, its being returned aside.
	Fate Fate
	// Events are what else the world was told on the way, in order.
	Events []*Event
	// Block is where the function was left, nil for a parameter's run.
	Block *ssa.BasicBlock
}

// An ExitKind says how a function is left.
type ExitKind uint8

const (
	// Returned: a return statement.
	Returned ExitKind = iota
	// Stopped: a panic or a call that does not return.
	Stopped
	// Crashed: the dereference of a nil that came beside the error.
	Crashed
)

// A Fate is a set of what became of an error.
type Fate uint8

const (
	// Kept: it is stored where it outlives the call, sent, or handed to code that may
	// keep it.
	Kept Fate = 1 << iota
	// Shown: it went to people, by a log.
	Shown
	// Replied: it, or its text, went to a remote caller.
	Replied
	// Complained: somebody was told of a failure, of this error or of another.
	Complained
)

// An EventKind says what happened.
type EventKind uint8

const (
	// Destroyed: a call made that an object is lost by.
	Destroyed EventKind = iota
	// Created: a call made that makes an object anew.
	Created
	// Ensured: a call made that makes an object, or keeps the one that is there.
	Ensured
	// Changed: a call made that changes something, and that nothing is lost by.
	Changed
	// Answered: a reply to a remote caller, Value its status.
	Answered
	// Wrote: a text that a remote caller, or a person, gets to read.
	Wrote
	// Stored: Value was stored where it outlives the call.
	Stored
	// Forgot: an entry of a map that outlives the call was deleted.
	Forgot
	// Did: any other call that may have changed something.
	Did
)

// An Event is something that the world outside of the function could observe. It is not
// changed once it has happened: ways that share what happened before they parted share it.
type Event struct {
	Kind EventKind
	// At is the call, or the store.
	At ssa.Instruction
	// Reach is what was destroyed, created or ensured.
	Reach Reach
	// Place is where Value was stored or forgotten: a name of the variable and the
	// fields that lead there.
	Place string
	Value Value
	// Type is the type of what was written, nil for a text.
	Type types.Type
	// Hangs reports that what a call is handed hangs on what came beside the error, and is not all
	// zero.
	Hangs bool
	// Sometimes reports that it happened on some of the ways that led here, where there
	// were too many to be kept apart.
	Sometimes bool
}

// Carried reports whether a result holds the error or its text.
func (e Exit) Carried() bool {
	return slices.ContainsFunc(e.Results, func(v Value) bool { return v.From&Carries != 0 })
}

// Failed reports whether somebody is told of a failure who acts on it, or a remote caller is
// answered that the server itself failed.
func (e Exit) Failed() bool {
	status, ok := e.Reply()
	return ok && status >= 500 || e.Fate&Complained != 0
}

// Reply returns the last status that a remote caller is answered; ok is false where there is
// none, or it is not known.
func (e Exit) Reply() (status int64, ok bool) {
	for _, event := range e.Events {
		if event.Kind == Answered {
			status, ok = event.Value.Int()
		}
	}
	return status, ok
}

// Told reports whether the caller learns of the error: it is in a result, or it is
// kept where the caller may find it.
func (e Exit) Told() bool { return e.Fate&Kept != 0 || e.Carried() }
