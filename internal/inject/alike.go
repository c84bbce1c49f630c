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
	if a.Crash == nil && a.Status != 0 && plainWords(a.Failed) != plainWords(b.Failed) {
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

// said matches the beginning of what a test says, and where in it.
var said = regexp.MustCompile(`^\s+\S+_test\.go:\d+: `)

// more stands before each line but the first of what a test says.
const more = "        "

// failures returns what tests said. What a program shows in a log is no test's word.
func failures(output string) string {
	var out strings.Builder
	goes := false
	for line := range strings.Lines(output) {
		if goes = said.MatchString(line) || goes && strings.HasPrefix(line, more); goes {
			out.WriteString(line)
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
