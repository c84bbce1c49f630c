package corpus

import (
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/errswallow/errswallow/analyzer"
)

// A Score is how diagnostics agree with labels.
type Score struct {
	Rules []RuleScore
	// Silent and Arguable count the functions labelled so, and those of them that
	// were reported.
	Silent, SilentReported, Arguable, ArguableReported int
	// Right, Wrong and Open count diagnostics: in a function labelled with a rule,
	// labelled silent, or labelled arguable.
	Right, Wrong, Open int
	// Missed are labels with a rule where nothing was reported, FalseAlarms
	// diagnostics where nothing may be, and Unlabelled those nobody has judged.
	Missed      []Label
	FalseAlarms []Diagnostic
	Unlabelled  []Diagnostic
}

// A RuleScore counts the functions labelled with one rule.
type RuleScore struct {
	ID string
	// Labelled is all of them; Found those reported by this rule, and Otherwise by
	// another.
	Labelled, Found, Otherwise int
}

// Compare compares. A diagnostic belongs to the last label of its function's name
// that begins above it in its file.
func Compare(labels []Label, diagnostics []Diagnostic) *Score {
	s := &Score{}
	byLabel := make([][]Diagnostic, len(labels))
	for _, d := range diagnostics {
		best := -1
		for i, l := range labels {
			if l.Repo+"/"+l.File == d.Path && l.Func == d.Func && l.Line <= d.Line && (best < 0 || l.Line > labels[best].Line) {
				best = i
			}
		}
		if best < 0 {
			s.Unlabelled = append(s.Unlabelled, d)
			continue
		}
		byLabel[best] = append(byLabel[best], d)
	}
	for _, r := range analyzer.Rules() {
		s.Rules = append(s.Rules, RuleScore{ID: r.ID})
	}
	for i, l := range labels {
		s.count(l, byLabel[i])
	}
	return s
}

// count adds one label and the diagnostics of its function.
func (s *Score) count(l Label, found []Diagnostic) {
	switch l.Expect {
	case Silent:
		s.Silent++
		s.Wrong += len(found)
		s.FalseAlarms = append(s.FalseAlarms, found...)
		if len(found) > 0 {
			s.SilentReported++
		}
		return
	case Arguable:
		s.Arguable++
		s.Open += len(found)
		if len(found) > 0 {
			s.ArguableReported++
		}
		return
	}
	s.Right += len(found)
	if len(found) == 0 {
		s.Missed = append(s.Missed, l)
	}
	for i := range s.Rules {
		r := &s.Rules[i]
		if r.ID != l.Expect {
			continue
		}
		r.Labelled++
		same := false
		for _, d := range found {
			same = same || d.Rule == r.ID
		}
		switch {
		case same:
			r.Found++
		case len(found) > 0:
			r.Otherwise++
		}
	}
}

// Precision is the share of right diagnostics among those that are right or wrong.
func (s *Score) Precision() float64 { return share(s.Right, s.Right+s.Wrong) }

// Recall is the share of functions labelled with a rule that were reported, by
// whichever rule.
func (s *Score) Recall() float64 {
	var all, found int
	for _, r := range s.Rules {
		all += r.Labelled
		found += r.Found + r.Otherwise
	}
	return share(found, all)
}

func share(part, of int) float64 {
	if of == 0 {
		return 1
	}
	return float64(part) / float64(of)
}

// Write writes the tables, and what does not agree, for people.
func (s *Score) Write(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "rule\tlabelled\tfound\tby another rule\tmissed\trecall")
	for _, r := range s.Rules {
		hit := r.Found + r.Otherwise
		fmt.Fprintf(t, "%s\t%d\t%d\t%d\t%d\t%.2f\n", r.ID, r.Labelled, r.Found, r.Otherwise, r.Labelled-hit, share(hit, r.Labelled))
	}
	fmt.Fprintln(t, "label\tfunctions\treported")
	fmt.Fprintf(t, "silent\t%d\t%d\n", s.Silent, s.SilentReported)
	fmt.Fprintf(t, "arguable\t%d\t%d\n", s.Arguable, s.ArguableReported)
	if err := t.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(w, "diagnostics: %d right, %d wrong, %d arguable, %d not labelled\n", s.Right, s.Wrong, s.Open, len(s.Unlabelled))
	fmt.Fprintf(w, "precision %.3f, recall %.3f\n", s.Precision(), s.Recall())
	for _, l := range s.Missed {
		fmt.Fprintln(w, "missed:", l)
	}
	for _, d := range s.FalseAlarms {
		fmt.Fprintln(w, "false alarm:", d)
	}
	for _, d := range s.Unlabelled {
		fmt.Fprintln(w, "not labelled:", d)
	}
	return nil
}
