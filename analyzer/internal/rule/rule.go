package rule

import (
	"cmp"
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/calls"
	"github.com/errswallow/errswallow/analyzer/internal/catalogue"
	"github.com/errswallow/errswallow/analyzer/internal/trial"
)

// A Rule is one way in which a fault becomes the verdict of absence.
type Rule struct {
	// ID is the rule's name everywhere: file, testdata folder, docs page,
	// Diagnostic.Category, the bracket in the message, settings.
	ID string
	// Title says in one line what is wrong with the code it fires on.
	Title string
	// Run finds what is wrong in the executions of a function under one of its queries, of
	// which that with the strongest evidence is reported, the first of several; nil for a
	// rule that judges predicates.
	Run func(*trial.Trial) []*Finding
	// Predicate judges the execution of a function that is handed an error; nil
	// for a rule that judges queries.
	Predicate func(*trial.Predicate) *Finding
	// Sentence says what the function does when the query fails with a fault, as the
	// fault is spelled for people.
	Sentence func(f *Finding, fault string) string
}

// All returns every rule, the strongest first.
func All() []Rule {
	return []Rule{destroy, collapse, overbroad, discard, empty}
}

// Sentence says what is wrong with what a finding is about.
func Sentence(f *Finding, fault string) string {
	for _, r := range All() {
		if r.ID == f.Rule {
			return r.Sentence(f, fault)
		}
	}
	return f.Rule
}

// An Evidence says how strong the evidence of a finding is.
type Evidence uint8

const (
	// Possible: a condition that could have gone either way is needed, or the answer is
	// only shown, or kept where nobody is seen to decide by it.
	Possible Evidence = iota
	// Likely: the answer is the absent object's and not the found one's, and its type or
	// its words say what it is about.
	Likely
	// Certain: what is lost hangs on it, in this function or in a caller in its package.
	Certain
)

// Evidences are the words for evidence, the weakest first.
var Evidences = []string{"possible", "likely", "certain"}

// String returns the word for the evidence.
func (e Evidence) String() string { return Evidences[e] }

// A Finding is what a rule has to say of one query in one function.
type Finding struct {
	Rule     string
	Evidence Evidence
	// Fn is the function that is reported.
	Fn *ssa.Function
	// Pos is where the report belongs.
	Pos token.Pos
	// Trial is the query, nil where an error is handed in.
	Trial *trial.Trial
	// Witness are the ways out that the finding is made of: it has no absent and no found
	// one where an error is handed in.
	Witness trial.Witness
	// Verdict is what is told of a fault as of an absent object, nil where something is
	// done instead.
	Verdict *trial.Told
	// Event is what is done, or not done, under a fault and not for an object that is
	// there; nil where something is told.
	Event *absint.Event
	// Relies is the call of a caller that what is lost hangs on, where one is known.
	Relies *trial.Reliance
}

// Query returns what is asked; the zero Query where an error is handed in.
func (f *Finding) Query() trial.Query {
	if f.Trial == nil {
		return trial.Query{}
	}
	return f.Trial.Query
}

// Message is the text of the fault that leads there, where the text matters.
func (f *Finding) Message() *catalogue.Message { return f.Witness.Fault.Message }

// Truth returns the bool that a fault is answered by; known is false if it is none.
func (f *Finding) Truth() (truth, known bool) {
	if f.Verdict == nil || f.Verdict.Kind != trial.Returned || f.Verdict.Type == nil || !absint.IsBool(f.Verdict.Type) {
		return false, false
	}
	return f.Verdict.Value.Truth()
}

// mayDiffer reports whether it is by something else than the fault, perhaps, that a fault is told,
// or does, what it is: too many ways were joined for all else to be equal for certain. That does
// not matter where something is lost, or kept, although nobody has looked at the error, nor where
// a fault is told the same every time.
func (f *Finding) mayDiffer() bool {
	joined, vague := f.Witness.Fault.Joined, f.Witness.Fault.Vague
	if found := f.Witness.Found; found != nil {
		joined, vague = joined || found.Joined, vague || found.Vague
	}
	switch {
	case f.Event == nil:
		return joined && f.Verdict != nil && !f.always()
	case f.Trial.Blank() && !f.Event.Sometimes && (f.Event.Kind == absint.Destroyed || f.Event.Kind == absint.Stored):
		return false
	}
	return joined || vague && f.Rule == destroy.ID
}

// Check judges everything that was inferred of a package. Findings are sorted
// by position; a place is reported once.
func Check(pkg *trial.Package, rules []Rule, least Evidence) []*Finding {
	var found []*Finding
	at := map[ssa.CallInstruction]int{} // the query of a func literal is tried where it stands, too
	for _, t := range pkg.Trials {
		if least > Possible && t.ForTests() { // it is no more than that: see weigh
			continue
		}
		f := first(pkg, t, rules, least)
		if f == nil {
			continue
		}
		if i, again := at[t.Site]; !again {
			at[t.Site] = len(found)
			found = append(found, f)
		} else if was := found[i].Evidence; f.Evidence > was || f.Evidence == was && t.Site.Parent() == t.Fn {
			found[i] = f
		}
	}
	for _, p := range pkg.Predicates {
		for _, r := range rules {
			if r.Predicate == nil {
				continue
			}
			if f := r.Predicate(p); f != nil && f.Evidence >= least {
				f.Fn, f.Rule = p.Fn, r.ID
				found = append(found, f)
			}
		}
	}
	slices.SortStableFunc(found, func(a, b *Finding) int {
		return cmp.Or(cmp.Compare(a.Pos, b.Pos), cmp.Compare(b.Evidence, a.Evidence))
	})
	return slices.CompactFunc(found, func(a, b *Finding) bool { return a.Pos == b.Pos })
}

// first returns what the first of some rules finds in a trial that is more than possible; where
// none does, what the first finds at all, if that is enough.
func first(pkg *trial.Package, t *trial.Trial, rules []Rule, least Evidence) (found *Finding) {
	for _, r := range rules {
		f := strongest(pkg, t, r)
		if f == nil || f.Evidence < least {
			continue
		}
		if f.Evidence > Possible {
			return f
		}
		if found == nil {
			found = f
		}
	}
	return found
}

// strongest returns what a rule finds in a trial with the strongest evidence, or nil.
func strongest(pkg *trial.Package, t *trial.Trial, r Rule) (best *Finding) {
	if r.Run == nil || t.Query.Minor && r.ID != destroy.ID || t.Query.Sink && r.ID != destroy.ID && r.ID != collapse.ID && (r.ID != empty.ID || !t.Deletes() && !t.Observes()) {
		return nil
	}
	for _, f := range r.Run(t) {
		if t.Query.Sink && r.ID == collapse.ID && !saysGone(t, *f.Verdict) {
			continue
		}
		f.Fn, f.Trial, f.Rule = t.Fn, t, cmp.Or(f.Rule, r.ID)
		if weigh(pkg, f); best == nil || f.Evidence > best.Evidence {
			best = f
		}
	}
	return best
}

// weigh sets the evidence by what callers in the package do on the answer: what is lost
// by a fault makes it certain; where only the other answer leads to a loss, it is safe.
func weigh(pkg *trial.Package, f *Finding) {
	discarded := f.Rule == discard.ID && f.Verdict == nil
	done := f.Event != nil && f.Event.Kind == absint.Did
	switch {
	case f.mayDiffer(),
		f.Rule == destroy.ID && f.Event.Kind == absint.Created && f.Witness.Absent == nil && pkg.Weak(f.Trial, "created"),
		discarded && done && f.Trial.Chooses(),                                                // somebody has listened
		discarded && done && !f.Trial.Blank() && (f.leftOut() || pkg.Weak(f.Trial, "logged")), // somebody was shown it
		f.declines(),
		f.Rule == empty.ID && f.Witness.Fault.Fate&absint.Shown != 0 && pkg.Weak(f.Trial, "shown"), // and goes on without it
		discarded && (f.lostAnyway() || f.spared()),
		f.Verdict != nil && f.Trial.AsksInstead(f.Witness.Fault, f.Witness.Found),
		discarded && f.Event != nil && f.Event.Kind >= absint.Stored && f.Event.Kind != absint.Did && !f.Trial.Blank(),
		f.open() && !f.always() && (!discarded || done): // a loss is one whichever way it goes
		f.Evidence = Possible
	}
	if _, truth := f.Truth(); f.Trial.ForTests() || (truth || f.Rule != collapse.ID) && pkg.Weak(f.Trial, f.Rule) {
		f.Evidence = Possible
	}
	if !f.saysAbsent() && !pkg.Strong(f.Trial, f.Rule) {
		f.Evidence = Possible
	}
	if f.Verdict == nil || f.Evidence == Certain {
		return
	}
	harm, safe := pkg.Use(f.Trial)
	switch {
	case harm != nil && !f.Witness.Fault.Unsure: // else it may be no fault that leads there
		f.Evidence, f.Relies = Certain, harm
	case safe && !f.inWords() && !f.saysAbsent(): // who is told that it is not there believes it, and somebody reads it
		f.Evidence = Possible
	}
}

// saysAbsent reports whether a fault is told by an error, or a reply, that says "not found", or by a
// call that says so for good: nobody has to guess what was asked.
func (f *Finding) saysAbsent() bool {
	v := f.Verdict
	if f.Event != nil && f.Event.Reach.Forgets {
		return true
	}
	return v != nil && (v.Kind == trial.Replied || v.Kind == trial.Returned && v.Type != nil && absint.IsError(v.Type) && v.Value.Kind != absint.Zero)
}

// inWords reports whether what is told is a text which says that something is absent.
func (f *Finding) inWords() bool {
	text, ok := f.Verdict.Value.Text()
	return ok && calls.NamedAbsence(text)
}

// open reports whether a condition on the way could have gone either way. A call that cannot
// be undone is made in earnest under one on a zero value, and not under one on who says of
// the error that it is an absence.
func (f *Finding) open() bool {
	lost := f.Rule == destroy.ID && f.Event.Kind == absint.Destroyed && !f.Trial.Query.Sink
	return f.Witness.Fault.Unsure || f.Witness.Fault.Free && !lost
}

// declines reports whether false is answered by a function that says what to do, or refuses by it, or
// does something, or waits for an end: nothing is done, or was.
func (f *Finding) declines() bool {
	truth, known := f.Truth()
	name := f.Fn.Name()
	return known && !truth && (calls.NamedChoice(name) || calls.NamedCheck(name) || calls.NamedEnd(name) || calls.NamedAction(name) && !calls.NamedState(name))
}

// lostAnyway reports whether what is left out under a fault only goes right before the loss of
// something that is lost for an object that is there, too: a clean-up stops what runs, and
// removes it by force.
func (f *Finding) lostAnyway() bool {
	if f.Event == nil {
		return false
	}
	left := func(e *absint.Event) bool { return e.At == f.Event.At }
	events := slices.DeleteFunc(slices.Clone(f.Witness.Found.Events), func(e *absint.Event) bool { return !done(e) })
	i := slices.IndexFunc(events, left)
	if i < 0 || i+1 == len(events) {
		return false
	}
	next := events[i+1]
	return next.Kind == absint.Destroyed && !slices.ContainsFunc(f.Witness.Fault.Events, left) &&
		slices.ContainsFunc(f.Witness.Fault.Events, func(e *absint.Event) bool { return e.At == next.At })
}

// leftOut reports whether what is done of an object that is there is not done under a fault.
func (f *Finding) leftOut() bool {
	return !slices.ContainsFunc(f.Witness.Fault.Events, func(e *absint.Event) bool { return e.At == f.Event.At })
}

// spared reports whether it is a removal that is left out under a fault, which was shown, by a
// function that answers nothing: it is called again, and removes then.
func (f *Finding) spared() bool {
	return f.Event != nil && f.Event.Kind == absint.Destroyed && !f.Trial.Blank() && f.Fn.Signature.Results().Len() == 0 && f.leftOut()
}

// always reports whether every way out under a fault is told, or does, the same.
func (f *Finding) always() bool {
	return !slices.ContainsFunc(f.Trial.Ways(), func(w trial.Way) bool {
		if f.Verdict == nil {
			return f.Event == nil || !slices.ContainsFunc(w.Events, func(e *absint.Event) bool { return e.Kind == f.Event.Kind && e.At == f.Event.At })
		}
		return w.Told() || !f.Verdict.SameAs(trial.TellsOf(f.Trial.Fn, w.Exit))
	})
}
