package audit

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
)

// A Change is a function whose verdict is another than before; Before or After is
// "" where it is new or gone.
type Change struct {
	Name          string
	Before, After Verdict
}

// String says in words which way.
func (c Change) String() string {
	switch {
	case c.Before == "":
		return fmt.Sprintf("new: %s %s", c.Name, c.After)
	case c.After == "":
		return fmt.Sprintf("gone: %s (it was: %s)", c.Name, c.Before)
	case trusted(c.After) == trusted(c.Before):
		return fmt.Sprintf("changed: %s %s, and was: %s", c.Name, c.After, c.Before)
	case trusted(c.After):
		return fmt.Sprintf("better: %s %s, and was: %s", c.Name, c.After, c.Before)
	}
	return fmt.Sprintf("worse: %s %s, and was: %s", c.Name, c.After, c.Before)
}

// Worse reports whether a fault is answered as absence now, and was not.
func (c Change) Worse() bool {
	return c.After != "" && !trusted(c.After) && (c.Before == "" || trusted(c.Before))
}

// Against compares a report with an older one: what is worse comes first.
func (r *Report) Against(old *Report) []Change {
	var changes []Change
	before := map[string]Verdict{}
	for _, f := range old.Functions {
		before[f.Name] = f.Verdict
	}
	now := map[string]bool{}
	for _, f := range r.Functions {
		now[f.Name] = true
		if before[f.Name] != f.Verdict {
			changes = append(changes, Change{f.Name, before[f.Name], f.Verdict})
		}
	}
	for _, f := range old.Functions {
		if !now[f.Name] {
			changes = append(changes, Change{f.Name, f.Verdict, ""})
		}
	}
	slices.SortStableFunc(changes, func(a, b Change) int {
		switch {
		case a.Worse() == b.Worse():
			return 0
		case a.Worse():
			return -1
		}
		return 1
	})
	return changes
}

// Read reads a report that JSON wrote.
func Read(r io.Reader) (*Report, error) {
	report := &Report{}
	d := json.NewDecoder(r)
	d.DisallowUnknownFields()
	if err := d.Decode(report); err != nil {
		return nil, fmt.Errorf("not an audit: %w", err)
	}
	return report, nil
}

// JSON writes a report for Read.
func (r *Report) JSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "\t")
	return e.Encode(r)
}
