package rule

import (
	"cmp"
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/predicate"
	"github.com/errswallow/errswallow/analyzer/internal/summary"
)

// A Rule is one way in which a fault becomes the verdict of absence.
type Rule struct {
	// ID is the rule's name everywhere: file, testdata folder, docs page,
	// Diagnostic.Category, the bracket in the message, settings.
	ID string
	// Title says in one line what is wrong with the code it fires on.
	Title string
	// Run judges the execution of a function one of whose queries fails; nil
	// for a rule that judges predicates.
	Run func(*summary.Run) *Finding
	// Predicate judges the execution of a function that is handed an error; nil
	// for a rule that judges queries.
	Predicate func(*summary.Predicate) *Finding
}

// All returns every rule, the strongest first.
func All() []Rule {
	return []Rule{destroy, collapse, overbroad, discard, empty}
}

// A Finding is what a rule has to say of one query in one function.
type Finding struct {
	Rule string
	// Fn is the function that is reported.
	Fn *ssa.Function
	// Pos is where the report belongs.
	Pos token.Pos
	// Query is what fails; the zero Query where an error is handed in.
	Query summary.Query
	// QueryPos is where it is asked.
	QueryPos token.Pos
	// Told is what the caller is told, as Go writes it: "(false, nil)".
	Told string
	// Verdict is the bool among them, if there is one and it is known.
	Verdict, Known bool
	// Message is the text that leads there, where the text matters.
	Message *predicate.Message
	// Reached is the call that cannot be undone, for destroy.
	Reached *absint.Reached
	// Crash: the value that came beside the error is dereferenced.
	Crash bool
	// Logged: the error is shown, and the program goes on.
	Logged bool
}

// Check judges everything that was inferred of a package. Findings are sorted
// by position; a place is reported once.
func Check(pkg *summary.Package, rules []Rule) []*Finding {
	var found []*Finding
	for _, run := range pkg.Runs {
		for _, r := range rules {
			if r.Run == nil {
				continue
			}
			if f := r.Run(run); f != nil {
				f.Fn, f.Query, f.QueryPos = run.Fn, run.Query, run.Pos()
				if f.Rule == "" {
					f.Rule = r.ID
				}
				found = append(found, f)
				break
			}
		}
	}
	for _, p := range pkg.Predicates {
		for _, r := range rules {
			if r.Predicate == nil {
				continue
			}
			if f := r.Predicate(p); f != nil {
				f.Rule, f.Fn = r.ID, p.Fn
				found = append(found, f)
			}
		}
	}
	slices.SortStableFunc(found, func(a, b *Finding) int { return cmp.Compare(a.Pos, b.Pos) })
	return slices.CompactFunc(found, func(a, b *Finding) bool { return a.Pos == b.Pos })
}
