package trial

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/calls"
)

// A Witness is a way out under a fault beside those that one execution of everything
// else takes for an object that is absent, and for one that is there.
type Witness struct {
	Fault Way
	// Absent is nil where every absence is told as an error.
	Absent *absint.Exit
	Found  *absint.Exit
}

// Witness looks for a way out under an absence that is told the same as one under a
// fault, and one under a found object that is told otherwise; nil if there are not both.
// Where an absence is always told as an error, the found one is enough: a fault that is
// told as less than that is no better.
func (t *Trial) Witness(w Way, same, other func(absint.Exit) bool) *Witness {
	if t.Exhausted(Found) {
		return nil
	}
	// What is said to be absent although it was found is no answer about one that is there.
	otherwise := func(e absint.Exit) bool { return other(e) && !t.saysAbsent(e) }
	found := t.Agreeing(Found, w, otherwise)
	if found == nil {
		return nil
	}
	// All three have to be of one execution of everything else.
	beside := func(absent absint.Exit) *absint.Exit {
		if found.Agrees(absent) {
			return found
		}
		return t.Agreeing(Found, w, func(e absint.Exit) bool { return otherwise(e) && e.Agrees(absent) })
	}
	absent := t.Agreeing(Absent, w, func(e absint.Exit) bool { return same(e) && beside(e) != nil })
	if absent != nil {
		return &Witness{Fault: w, Absent: absent, Found: beside(*absent)}
	}
	if t.Exhausted(Absent) || slices.ContainsFunc(t.Exits(Absent), func(e absint.Exit) bool { return t.Normal(e) && !t.saysAbsent(e) }) {
		return nil
	}
	return &Witness{Fault: w, Found: found}
}

// Saying is Witness where a fault is told by what says itself that something is absent: what is told
// of an absence need not be known.
func (t *Trial) Saying(w Way, other func(absint.Exit) bool) *Witness {
	if t.Exhausted(Found) {
		return nil
	}
	found := t.Agreeing(Found, w, func(e absint.Exit) bool { return other(e) && !t.saysAbsent(e) })
	if found == nil {
		return nil
	}
	return &Witness{Fault: w, Found: found}
}

// Lacking returns a way out for an object that is found which agrees with one under a
// fault, and on which something does not hold; nil if there is none. A way out with an
// error says nothing of the object.
func (t *Trial) Lacking(w Way, holds func(absint.Exit) bool) *absint.Exit {
	if t.Exhausted(Found) {
		return nil
	}
	return t.Agreeing(Found, w, func(e absint.Exit) bool { return !holds(e) })
}

// Returning returns a way out for an object that is found which agrees with one under a fault,
// and comes back, whatever it answers; nil if there is none.
func (t *Trial) Returning(w Way) *absint.Exit {
	if t.Exhausted(Found) {
		return nil
	}
	for _, e := range t.Exits(Found) {
		if e.How == absint.Returned && w.Agrees(e) {
			return &e
		}
	}
	return nil
}

// Refusing returns a way out for an object that is found on which an error is answered for
// that reason alone: nothing else decided on it that did not on one under a fault.
func (t *Trial) Refusing(w Way, holds func(absint.Exit) bool) *absint.Exit {
	for _, e := range t.Exits(Found) {
		if e.How == absint.Returned && t.Fails(e) && w.Covers(e) && !holds(e) && refusal(e, w) {
			return &e
		}
	}
	return nil
}

// refusal reports whether the error of a way out is made for what was found: it is none that somebody
// else has answered, but for who was to remove it.
func refusal(e absint.Exit, w Way) bool {
	removed := func(event *absint.Event) bool {
		return event.Kind == absint.Destroyed && !slices.ContainsFunc(w.Events, func(o *absint.Event) bool { return o.At == event.At })
	}
	return e.Failed() || slices.ContainsFunc(e.Results, func(v absint.Value) bool { return v.Is != "" }) || slices.ContainsFunc(e.Events, removed)
}

// Barring returns a way out for an object that is found on which an error is answered, where no way
// out answers none: a wait until it is gone ends by its deadline, and by nothing else. It is nil if
// there is none, or one is normal.
func (t *Trial) Barring(w Way) (barred *absint.Exit) {
	if t.Exhausted(Found) {
		return nil
	}
	for _, e := range t.Exits(Found) {
		switch {
		case t.Normal(e):
			return nil
		case barred == nil && e.How == absint.Returned && w.Agrees(e):
			barred = &e
		}
	}
	return barred
}

// Agreeing returns a normal way out in a case that agrees with one under a fault, one that
// was not joined with others if there is any.
func (t *Trial) Agreeing(c Case, w Way, ok func(absint.Exit) bool) (found *absint.Exit) {
	for _, e := range t.Exits(c) {
		if (found == nil || found.Joined && !e.Joined) && t.Normal(e) && w.Agrees(e) && ok(e) {
			found = &e
		}
	}
	return found
}

// AsksInstead reports whether on a way out under a fault somebody else was asked, and answered,
// who was not on one for an object that is found: what is told is his answer.
func (t *Trial) AsksInstead(w Way, found *absint.Exit) bool {
	if found == nil || found.Block == nil || len(w.Paths) == 0 {
		return false
	}
	answered := func(p absint.Path) bool {
		return slices.ContainsFunc(p, func(a absint.Atom) bool {
			site, succeeded := compared(a)
			if site == nil || !succeeded || site == t.Site || site.Parent() != t.Fn || site.Block().Dominates(found.Block) {
				return false
			}
			_, _, asks := t.infer.query(site)
			return asks
		})
	}
	return !slices.ContainsFunc(w.Paths, func(p absint.Path) bool { return !answered(p) })
}

// compared returns the call whose error a condition compares with nil, and whether there was none;
// nil for another condition.
func compared(a absint.Atom) (call *ssa.Call, succeeded bool) {
	cmp, ok := a.Cond.(*ssa.BinOp)
	if !ok || !absint.IsError(cmp.X.Type()) {
		return nil, false
	}
	if c, isConst := cmp.Y.(*ssa.Const); !isConst || c.Value != nil {
		return nil, false
	}
	v := cmp.X
	if e, ok := v.(*ssa.Extract); ok {
		v = e.Tuple
	}
	call, ok = v.(*ssa.Call)
	if !ok {
		return nil, false
	}
	return call, a.Truth == (cmp.Op == token.EQL)
}

// Normal reports whether a way out returns, and with no error that is not a verdict.
func (t *Trial) Normal(e absint.Exit) bool {
	return e.How == absint.Returned && !t.Fails(e)
}

// Fails reports whether an error among the results is certainly not nil, and tells of
// some failure: it does not say that something is absent. So does the status of a reply that
// says that the server failed.
func (t *Trial) Fails(e absint.Exit) bool {
	if e.Failed() {
		return true
	}
	for i, v := range e.Results {
		if absint.IsError(t.Fn.Signature.Results().At(i).Type()) && v.Kind != absint.Zero && v.Kind != absint.Unknown && !t.AbsenceError(v) {
			return true
		}
	}
	return false
}

// Unaware reports whether the errors among the results are made on the spot, of no other: who
// makes them has not seen what failed.
func (t *Trial) Unaware(e absint.Exit) bool {
	for i, v := range e.Results {
		if absint.IsError(t.Fn.Signature.Results().At(i).Type()) && v.Kind != absint.Zero && !v.Fresh() {
			return false
		}
	}
	return true
}

// AbsenceError reports whether an error says that something is absent, whatever it
// holds beside, or that what was asked for is wrong, and no more.
func (t *Trial) AbsenceError(v absint.Value) bool {
	code, _ := strings.CutPrefix(v.Is, "code ")
	return v.Identified() && (t.infer.calls.AbsenceIs(v.Is) || Blames(code) && v.From&absint.Carries == 0)
}

// Blames reports whether the status of a reply, of HTTP or of gRPC (InvalidArgument), says that what
// was asked for is wrong, so that to ask again is of no use. 401 and 403 refuse, which is safe.
func Blames(status string) bool { return status == "400" || status == "422" || status == "3" }

// saysAbsent reports whether an error says on a way out that something is absent.
func (t *Trial) saysAbsent(e absint.Exit) bool { return slices.ContainsFunc(e.Results, t.AbsenceError) }

// Silent reports whether the caller learns nothing of the failure on a way out: it
// returns, no error, no text of it, nothing kept for later, and no status that says that the
// server failed.
func (t *Trial) Silent(e absint.Exit) bool {
	if e.How != absint.Returned || e.Told() || e.Failed() || shownRemotely(e) || slices.ContainsFunc(e.Events, comesBack) {
		return false
	}
	for i, v := range e.Results {
		if absint.IsError(t.Fn.Signature.Results().At(i).Type()) && v.Kind != absint.Zero {
			return false
		}
	}
	return true
}

// shownRemotely reports whether a remote caller is shown the error: what a person reads who has started
// the program does not count.
func shownRemotely(e absint.Exit) bool {
	return e.Fate&absint.Replied != 0 && slices.ContainsFunc(e.Events, func(event *absint.Event) bool {
		return event.Kind == absint.Answered || event.Place == absint.Remote
	})
}

// comesBack reports whether an event notes, where others see it, that the function has to be called
// again: result.Requeue = true.
func comesBack(e *absint.Event) bool {
	truth, known := e.Value.Truth()
	return e.Kind == absint.Stored && known && truth && calls.NamedAgain(e.Place[strings.LastIndexByte(e.Place, '.')+1:])
}

// AbsenceCode reports whether the status of a reply says that something is absent.
func (t *Trial) AbsenceCode(code constant.Value) bool {
	return t.infer.calls.AbsenceConst(code, types.Typ[types.Int])
}

// Confirmed reports whether another query says on a way out that something is absent, and
// is not asked, or says otherwise, on a second way out: the fault alone is not believed.
func (t *Trial) Confirmed(e absint.Exit, other absint.Exit) bool {
	return t.infer.gated(e, func(a absint.Atom) bool {
		return !slices.ContainsFunc(other.Paths, func(q absint.Path) bool { return slices.Contains(q, a) })
	})
}

// confirmed reports whether something else than the error says on every path to a way out
// that something is absent.
func (in *inference) confirmed(e absint.Exit) bool {
	return in.gated(e, func(absint.Atom) bool { return true })
}

// gated reports whether every path to a way out has a condition that says that something is
// absent, of those that count.
func (in *inference) gated(e absint.Exit, counts func(absint.Atom) bool) bool {
	gated := func(p absint.Path) bool {
		return slices.ContainsFunc(p, func(a absint.Atom) bool { return in.calls.Gate(a.Cond, a.Truth) && counts(a) })
	}
	return len(e.Paths) > 0 && !slices.ContainsFunc(e.Paths, func(p absint.Path) bool { return !gated(p) })
}
