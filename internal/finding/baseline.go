package finding

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
)

// A Baseline is the findings that a project had when it began to use errswallow:
// how many of each rule in each function. Lines move, so none is in it.
type Baseline map[entry]int

// An entry is a line of a baseline file.
type entry struct{ rule, function string }

const header = `# What errswallow found in code that was there before it: not reported again.
# A line a finding, rule and function. Written by errswallow -write-baseline.
`

// NewBaseline returns the findings of a report.
func NewBaseline(r *Report) Baseline {
	b := Baseline{}
	for _, f := range r.Findings {
		if !f.Misuse() {
			b[entry{f.Category, f.Function}]++
		}
	}
	return b
}

// ReadBaseline reads a file that Write wrote. Its error names the file and, where
// the text is wrong, the line.
func ReadBaseline(name string) (Baseline, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return ParseBaseline(name, file)
}

// ParseBaseline reads what Text returned. Its error names the text and, where that is wrong,
// the line.
func ParseBaseline(name string, from io.Reader) (Baseline, error) {
	b := Baseline{}
	lines := bufio.NewScanner(from)
	for n := 1; lines.Scan(); n++ {
		text := strings.TrimSpace(lines.Text())
		if text == "" || strings.HasPrefix(text, "#") {
			continue
		}
		rule, function, ok := strings.Cut(text, " ")
		if !ok {
			return nil, fmt.Errorf("%s:%d: want a rule and a function, have %q", name, n, text)
		}
		b[entry{rule, strings.TrimSpace(function)}]++
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return b, nil
}

// Write writes the baseline to a file.
func (b Baseline) Write(name string) error { return os.WriteFile(name, b.Text(), 0o644) }

// Text is the baseline as it is written, in an order of its own: two of the same findings
// are the same text.
func (b Baseline) Text() []byte {
	var lines []string
	for e, n := range b {
		for range n {
			lines = append(lines, e.rule+" "+e.function+"\n")
		}
	}
	slices.Sort(lines)
	return []byte(header + strings.Join(lines, ""))
}

// Known returns a function that is true of as many findings of a rule in a
// function as the baseline has, the first ones.
func (b Baseline) Known() func(*Finding) bool {
	seen := map[entry]int{}
	return func(f *Finding) bool {
		e := entry{f.Category, f.Function}
		seen[e]++
		return seen[e] <= b[e]
	}
}

// Stale returns how many lines of the baseline no finding of the report matches,
// where it was looked for.
func (b Baseline) Stale(r *Report, scope *Scope) int {
	found, stale := NewBaseline(r), 0
	for e, n := range b {
		if scope.covers(e) {
			stale += max(0, n-found[e])
		}
	}
	return stale
}

// Renew returns the findings of a report, and those lines of the baseline that the run
// had no eyes for: of other packages, of other rules, and of functions that are left
// out.
func (b Baseline) Renew(r *Report, scope *Scope) Baseline {
	renewed := NewBaseline(r)
	for e, n := range b {
		if !scope.covers(e) {
			renewed[e] = n
		}
	}
	return renewed
}
