package absint

import (
	"go/token"

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
	// Governed is how the exit itself depends on the hypothesis.
	Governed Origin
	// Aside reports that something else chose this way out in the end: a branch
	// that has nothing to do with the hypothesis.
	Aside bool
	// Told reports that the error went where the caller may find it.
	Told bool
	// Uses are decisions made on a value that came beside the error.
	Uses []Use
	// Reached are the destructive and creating calls on the way.
	Reached []Reached
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

// A Use is a decision made on a value that came beside the error.
type Use struct {
	Pos token.Pos
	// Alive reports that the value is not the zero value: a fail-safe answer.
	Alive bool
}

// A Reached is a call on the way that cannot be undone.
type Reached struct {
	Call ssa.CallInstruction
	Reach
	// Governed is how reaching it depends on the hypothesis.
	Governed Origin
}

// Carried reports whether a result holds the error or its text.
func (e Exit) Carried() bool {
	for _, v := range e.Results {
		if v.From&Carries != 0 {
			return true
		}
	}
	return false
}
