package main

import (
	"errors"
	"fmt"
	"strconv"

	"golang.org/x/tools/go/analysis"

	"github.com/errswallow/errswallow/internal/edit"
	"github.com/errswallow/errswallow/internal/finding"
)

// A choice is the value of -fix: which of the ways to mend a finding is taken, from 1; 0
// for none. Where there are fewer it is the last.
type choice int

// String implements flag.Value.
func (c *choice) String() string {
	if c == nil || *c == 0 {
		return "false"
	}
	return strconv.Itoa(int(*c))
}

// Set implements flag.Value: -fix is the first way.
func (c *choice) Set(s string) error {
	if yes, err := strconv.ParseBool(s); err == nil && (yes || s != "0") {
		*c = 0
		if yes {
			*c = 1
		}
		return nil
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 {
		return errors.New("want the number of a way to mend, from 1")
	}
	*c = choice(n)
	return nil
}

// IsBoolFlag has the flag package take -fix without a value.
func (c *choice) IsBoolFlag() bool { return true }

// of returns which of the fixes of a finding is taken.
func (c choice) of(f *finding.Finding) int { return min(max(int(c), 1), len(f.SuggestedFixes)) - 1 }

// plan plans a fix of each finding. What will be mended is not reported, unless
// the fixes are only shown. Where there is another way to mend, it says which is taken.
func plan(o *options, report *finding.Report) (*edit.Changes, error) {
	var fixes []analysis.SuggestedFix
	for _, f := range report.Findings {
		if len(f.SuggestedFixes) > 0 {
			fixes = append(fixes, f.SuggestedFixes[o.fix.of(f)])
		}
	}
	if len(fixes) == 0 {
		return &edit.Changes{}, nil
	}
	changes, err := edit.Plan(report.Findings[0].Fset, fixes)
	if err != nil {
		return nil, err
	}
	next := 0
	for _, f := range report.Findings {
		if len(f.SuggestedFixes) == 0 {
			continue
		}
		if changes.Took(next) && len(f.SuggestedFixes) > 1 {
			taken := o.fix.of(f)
			other := (taken + 1) % len(f.SuggestedFixes)
			say(fmt.Sprintf("%s:%d: %s (-fix=%d: %s)", f.Start.Filename, f.Start.Line, f.SuggestedFixes[taken].Message, other+1, f.SuggestedFixes[other].Message))
		}
		next++
	}
	if o.diff {
		return changes, nil
	}
	next = 0
	report.Drop(func(f *finding.Finding) bool {
		if len(f.SuggestedFixes) == 0 {
			return false
		}
		next++
		return changes.Took(next - 1)
	})
	return changes, nil
}
