package inject

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/errswallow/errswallow/analyzer"
)

// reportVersion is that of the JSON.
const reportVersion = 1

// A Report is what became of faults.
type Report struct {
	Version int    `json:"version"`
	Fault   string `json:"fault"`
	Totals  Totals `json:"totals"`
	// Problems are packages of which nothing can be said, and why.
	Problems []Problem `json:"problems,omitempty"`
	// Unsteady are the tests that fail without a fault, or now and then.
	Unsteady []string  `json:"unsteady,omitempty"`
	Sites    []*Result `json:"sites"`
	// Findings are those of the pass, and what runs say of them.
	Findings []Finding `json:"findings,omitempty"`
	// Disagreements are what a run shows, and the pass does not report.
	Disagreements []string `json:"disagreements,omitempty"`
	// Hashes are of the files that sites stand in: what is said of another file is void.
	Hashes map[string]string `json:"hashes"`
	// Recalled is how many runs were not made, since nothing had changed.
	Recalled int `json:"recalled"`
}

// Totals sum a report up.
type Totals struct {
	Sites  int `json:"sites"`
	Losing int `json:"losing"` // destructive and creating calls that were watched
	// Verdicts are how many sites have each.
	Verdicts map[Verdict]int `json:"verdicts"`
	Tests    int             `json:"tests"`
	Seconds  float64         `json:"seconds"`
}

// A Problem is what is wrong with a package, or with all of them if there is none.
type Problem struct {
	Package string `json:"package,omitempty"`
	Problem string `json:"problem"`
}

// String says it in a line.
func (p Problem) String() string {
	if p.Package == "" {
		return p.Problem
	}
	return p.Package + ": " + p.Problem
}

// A Finding is one of the pass, and what runs say of it.
type Finding struct {
	Rule     string   `json:"rule"`
	Message  string   `json:"message"`
	Function string   `json:"function"`
	Lines    []string `json:"lines"`
	// Status is confirmed, as absence (the tests do as they do for absence), not shown (the
	// site fails, and nothing is lost), or not reached.
	Status string `json:"status"`
	Test   string `json:"test,omitempty"`
}

// The statuses of a finding.
const (
	Confirmed = "confirmed"
	AsAbsence = "as absence"
	NotShown  = "not shown"
	Unreached = "not reached"
)

func (r *Report) problem(path, what string) {
	r.Problems = append(r.Problems, Problem{path, what})
}

func (r *Report) hasProblem(path string) bool {
	return slices.ContainsFunc(r.Problems, func(p Problem) bool { return p.Package == path })
}

// baseline notes the tests of a package that are of no use.
func (r *Report) baseline(t *Target) {
	for name, passes := range t.steady {
		if strings.Contains(name, "/") {
			continue
		}
		r.Totals.Tests++
		if !passes && (t.baseline[0].Tests[name] != "skip" || t.baseline[1].Tests[name] != "skip") {
			r.Unsteady = append(r.Unsteady, t.Path+" "+name)
		}
	}
	slices.Sort(r.Unsteady)
}

// judge sums up, and compares with what the pass reports.
func (r *Report) judge(reported []analyzer.Reported) {
	r.Totals.Verdicts = map[Verdict]int{}
	for _, s := range r.Sites {
		r.Totals.Sites++
		r.Totals.Verdicts[s.Verdict]++
		r.Totals.Seconds += s.Seconds
		if s.Verdict == Destroyed && !slices.ContainsFunc(reported, s.concerns) {
			r.Disagreements = append(r.Disagreements, fmt.Sprintf("%s:%d: %s is destroying when it fails (%s), and no rule reports it", s.File, s.Line, s.Call, s.Test))
		}
	}
	for _, f := range reported {
		if f.Suppressed {
			continue
		}
		out := Finding{Rule: f.Rule, Message: f.Message, Function: f.Function, Lines: f.Lines, Status: Unreached}
		rank := func(status string) int {
			return slices.Index([]string{Confirmed, AsAbsence, NotShown, Unreached}, status)
		}
		for _, s := range r.Sites {
			if status := s.status(); s.concerns(f) && rank(status) < rank(out.Status) {
				out.Status, out.Test = status, s.Test
			}
		}
		r.Findings = append(r.Findings, out)
	}
}

// concerns reports whether a finding of the pass is about a site: it has its line, or asks
// where the site was reached by.
func (s *Result) concerns(f analyzer.Reported) bool { return s.on(f.Lines, f.Query) }

// on reports whether one of several lines is that of the site, or it was reached by a line.
func (s *Result) on(lines []string, by string) bool {
	return slices.Contains(lines, analyzer.Line((&Site{Site: s.Site}).position())) ||
		slices.ContainsFunc(s.Stack, func(frame string) bool { return strings.HasSuffix(frame, " "+by) })
}

// status is what a site says of a finding about it.
func (s *Result) status() string {
	switch {
	case s.Verdict == Destroyed || s.Verdict == Crashed:
		return Confirmed
	case s.Verdict == NotReached || s.Verdict == LeftAlone:
		return Unreached
	case s.AsAbsence:
		return AsAbsence
	}
	return NotShown
}

// Bad reports whether a bug has shown itself.
func (r *Report) Bad() bool {
	return slices.ContainsFunc(r.Sites, func(s *Result) bool { return s.Verdict.Bad() })
}

// Relative names the files of a report, in it and in its stacks, as they are seen from a
// folder.
func (r *Report) Relative(dir string) {
	prefix := dir + string(filepath.Separator)
	rel := func(name string) string {
		if rest, ok := strings.CutPrefix(name, prefix); ok {
			return filepath.ToSlash(rest)
		}
		return name
	}
	lines := func(stack []string) {
		for i, frame := range stack {
			stack[i] = strings.Replace(frame, " "+prefix, " ", 1)
			stack[i] = rel(stack[i])
		}
	}
	hashes := map[string]string{}
	for name, hash := range r.Hashes {
		hashes[rel(name)] = hash
	}
	r.Hashes = hashes
	for _, s := range r.Sites {
		s.File = rel(s.File)
		lines(s.Stack)
		lines(s.Crash)
		for i := range s.Losses {
			s.Losses[i].File = rel(s.Losses[i].File)
			lines(s.Losses[i].Stack)
		}
	}
	for i := range r.Findings {
		lines(r.Findings[i].Lines)
	}
	lines(r.Disagreements)
}

// JSON writes a report for other programs, and for [Read].
func (r *Report) JSON(w io.Writer) error {
	out := json.NewEncoder(w)
	out.SetIndent("", "\t")
	out.SetEscapeHTML(false)
	return out.Encode(r)
}

// Read reads what JSON wrote. The error says why it is no such report.
func Read(in io.Reader) (*Report, error) {
	r := &Report{}
	dec := json.NewDecoder(in)
	dec.DisallowUnknownFields()
	if err := dec.Decode(r); err != nil {
		return nil, fmt.Errorf("not a report of errswallow inject: %w", err)
	}
	if r.Version != reportVersion {
		return nil, errors.New("not a report of this version of errswallow inject")
	}
	return r, nil
}
