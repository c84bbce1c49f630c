package inject

import (
	"bytes"
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"time"
)

// An Outcome is what one run of a package's tests came to.
type Outcome struct {
	// Tests are how tests ended, by their names: pass, fail or skip; "" for one that did
	// not.
	Tests map[string]string
	// Output is what the run printed, as far as it is kept, and Failed what the tests
	// printed that failed.
	Output, Failed string
	Status         int
	// Hung: it did not end within its limit.
	Hung bool
	// Crash is the panic that ended it, and where.
	Crash *Crash
	Took  time.Duration
	// Asked are the sites that were reached, and Lost the destructive and creating calls
	// that were made.
	Asked []Asked
	Lost  []Lost
}

// Asked is a site that was reached, and by which tests; by all of the package if there are
// none, as when its variables are initialised.
type Asked struct {
	Site  string
	Tests []string
	Stack []string
	// Within are the sites that it was reached through.
	Within []string
}

// Lost is a destructive or creating call that was made.
type Lost struct {
	Site, Test string
	Times      int
	// Stack and First are how and when it was made the first time.
	Stack []string
	First int64
}

// record is a line of the log that a run writes.
type record struct {
	Kind, Site, Test string
	At               int64
	Stack            []string
}

// outside is the test of what happens outside of all tests, as variables are initialised.
const outside = "-"

// A span is a time in which a test ran.
type span struct {
	test     string
	from, to int64
}

// late is by how much later than it was written a line of output may be read.
const late = 20 * time.Millisecond

// A transcript reads what a test prints, and when.
type transcript struct {
	text    bytes.Buffer
	tail    []byte
	pending []byte
	tests   map[string]string
	spans   []span
	open    map[string]int64 // when each test of those that run began, or went on
}

// most is how much of an output is kept: as much of its beginning, and of its end.
const most = 1 << 18

// Write implements io.Writer.
func (t *transcript) Write(p []byte) (int, error) {
	now := time.Now().UnixNano()
	if t.text.Len() < most {
		t.text.Write(p)
	} else {
		t.tail = append(t.tail, p...)
		t.tail = t.tail[max(0, len(t.tail)-most):]
	}
	t.pending = append(t.pending, p...)
	for {
		i := bytes.IndexByte(t.pending, '\n')
		if i < 0 {
			return len(p), nil
		}
		t.line(string(t.pending[:i]), now)
		t.pending = t.pending[i+1:]
	}
}

// mark stands before what package testing itself prints.
const mark = "\x16"

// line reads one line. What a test printed before it may not have ended its line.
func (t *transcript) line(line string, now int64) {
	_, line, ok := strings.Cut(line, mark)
	if !ok {
		return
	}
	words := strings.Fields(line)
	if len(words) < 3 {
		return
	}
	name := words[2]
	top := !strings.Contains(name, "/")
	switch words[0] + " " + words[1] {
	case "=== RUN", "=== CONT":
		if _, seen := t.tests[name]; !seen {
			t.tests[name] = ""
		}
		if _, runs := t.open[name]; top && !runs {
			t.open[name] = now - int64(late)
		}
	case "=== PAUSE":
		t.close(name, now)
	case "--- PASS:", "--- FAIL:", "--- SKIP:":
		t.tests[name] = strings.ToLower(strings.Trim(words[1], ":"))
		t.close(name, now)
	}
}

func (t *transcript) close(name string, now int64) {
	if from, ok := t.open[name]; ok {
		t.spans = append(t.spans, span{name, from, now})
		delete(t.open, name)
	}
}

// running returns the tests that ran at a time.
func (t *transcript) running(at int64) (tests []string) {
	for _, s := range t.spans {
		if s.from <= at && at <= s.to && !slices.Contains(tests, s.test) {
			tests = append(tests, s.test)
		}
	}
	return tests
}

// outcome sums a run up: what was printed, and what was written to its log.
func (t *transcript) outcome(log string) *Outcome {
	now := time.Now().UnixNano()
	for name := range t.open {
		t.close(name, now)
	}
	o := &Outcome{Tests: t.tests, Output: strings.ReplaceAll(t.text.String()+string(t.tail), mark, "")}
	o.Failed = failures(o.Output)
	o.Crash = crash(o.Output)
	text, _ := os.ReadFile(log) // a run that reached nothing writes none
	for line := range bytes.Lines(text) {
		var r record
		if json.Unmarshal(line, &r) != nil {
			continue // the process ended while it wrote
		}
		tests := []string{r.Test}
		if r.Test == outside {
			tests = nil
		} else if _, known := t.tests[r.Test]; !known {
			tests = t.running(r.At)
		}
		if r.Kind == "asked" {
			o.asked(r, tests)
			continue
		}
		test := ""
		if len(tests) == 1 {
			test = tests[0]
		}
		o.lost(r, test)
	}
	return o
}

func (o *Outcome) asked(r record, tests []string) {
	within := through(r.Stack)
	i := slices.IndexFunc(o.Asked, func(a Asked) bool { return a.Site == r.Site })
	if i < 0 {
		o.Asked = append(o.Asked, Asked{Site: r.Site, Tests: []string{}, Stack: r.Stack, Within: within})
		i = len(o.Asked) - 1
		if len(tests) == 0 {
			o.Asked[i].Tests = nil
		}
	}
	a := &o.Asked[i]
	a.Within = slices.DeleteFunc(a.Within, func(s string) bool { return !slices.Contains(within, s) }) // always
	if len(tests) == 0 || a.Tests == nil {
		a.Tests = nil // all of them
		return
	}
	for _, test := range tests {
		if !slices.Contains(a.Tests, test) {
			a.Tests = append(a.Tests, test)
		}
	}
}

func (o *Outcome) lost(r record, test string) {
	for i, l := range o.Lost {
		if l.Site == r.Site && l.Test == test {
			o.Lost[i].Times++
			return
		}
	}
	o.Lost = append(o.Lost, Lost{r.Site, test, 1, r.Stack, r.At})
}

// times counts how often something was lost at a site.
func (o *Outcome) times(site string) (n int) {
	for _, l := range o.Lost {
		if l.Site == site {
			n += l.Times
		}
	}
	return n
}

// within counts how often something was lost at a site in a test.
func (o *Outcome) within(site, test string) int {
	for _, l := range o.Lost {
		if l.Site == site && l.Test == test {
			return l.Times
		}
	}
	return 0
}

// failing returns the tests that failed, or did not end, and did not fail before.
func (o *Outcome) failing(steady map[string]bool) (names []string) {
	for name, how := range o.Tests {
		if how != "pass" && how != "skip" && (steady[name] || !known(steady, name)) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// known reports whether a test was there before, by its name or by that of the test that it
// is part of.
func known(steady map[string]bool, name string) bool {
	_, ok := steady[name]
	return ok
}

// siteFrame matches the function of a site in a stack.
var siteFrame = regexp.MustCompile(`^(.+)\.errswallow_(\d+)(?:_of)?\b`)

// through returns the sites that a stack leads through.
func through(stack []string) (sites []string) {
	for _, frame := range stack {
		if m := siteFrame.FindStringSubmatch(frame); m != nil {
			if id := m[1] + "#" + m[2]; !slices.Contains(sites, id) {
				sites = append(sites, id)
			}
		}
	}
	return sites
}
