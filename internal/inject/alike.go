package inject

import (
	"regexp"
	"slices"
	"strings"
)

// alike reports whether two runs came to the same: the same tests failed, with the same
// words, or one panic ended them, and the same was lost.
func alike(a, b *Outcome, steady map[string]bool) bool {
	if a.Status != b.Status || b.Hung || !a.Crash.same(b.Crash) || !slices.Equal(a.failing(steady), b.failing(steady)) {
		return false
	}
	if a.Crash == nil && plainWords(a.Failed) != plainWords(b.Failed) {
		return false
	}
	for _, l := range slices.Concat(a.Lost, b.Lost) {
		if a.times(l.Site) != b.times(l.Site) {
			return false
		}
	}
	return true
}

// changing matches what is another in every run: times, durations, addresses, ports.
var changing = regexp.MustCompile(`0x[0-9a-f]+|\d+(\.\d+)?(ns|µs|ms|s)\b|\d{1,4}[-/]\d\d[-/]\d\d|\d\d:\d\d:\d\d(\.\d+)?|:\d{4,5}\b|/tmp/\S+`)

// plainWords are the lines of a text without what is another in every run, sorted: parallel
// tests take turns as it happens.
func plainWords(text string) string {
	lines := strings.Split(changing.ReplaceAllString(text, "_"), "\n")
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// failures returns what tests said that failed. What a program shows in a log is no test's
// word: package testing puts that behind spaces.
func failures(output string) string {
	var out strings.Builder
	for block := range strings.SplitSeq(output, "=== ") {
		if !strings.Contains(block, "--- FAIL") && !strings.Contains(block, "_test.go:") {
			continue
		}
		for line := range strings.Lines(block) {
			if strings.HasPrefix(line, " ") || strings.HasPrefix(line, "\t") {
				out.WriteString(line)
			}
		}
	}
	return out.String()
}

// same reports whether two runs ended by one panic, or neither by any.
func (c *Crash) same(o *Crash) bool {
	if c == nil || o == nil {
		return c == o
	}
	return c.Message == o.Message && (len(c.Stack) == 0) == (len(o.Stack) == 0) && (len(c.Stack) == 0 || c.Stack[0] == o.Stack[0])
}
