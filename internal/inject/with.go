package inject

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

// Open reads a report, and drops what it says of files that are not what they were: their
// lines may be others. It returns how many sites that were. The error says why the file is
// no report.
func Open(name, dir string) (r *Report, stale int, err error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, 0, err
	}
	defer file.Close()
	if r, err = Read(file); err != nil {
		return nil, 0, fmt.Errorf("%s: %w", name, err)
	}
	same := map[string]bool{}
	for name, hash := range r.Hashes {
		at := name
		if !filepath.IsAbs(at) {
			at = filepath.Join(dir, filepath.FromSlash(name))
		}
		now, err := hashOf(at)
		same[name] = err == nil && now == hash
	}
	all := len(r.Sites)
	r.Sites = slices.DeleteFunc(r.Sites, func(s *Result) bool { return !same[s.File] })
	return r, all - len(r.Sites), nil
}

// Shown returns what a run has shown of a finding that stands at some lines, file:line each,
// and asks at one, in a sentence that begins with the name of the test; ok is false where it
// has shown nothing.
func (r *Report) Shown(lines []string, asks string) (sentence string, ok bool) {
	for _, s := range r.Sites {
		if s.Verdict != Destroyed && s.Verdict != Crashed || !s.on(lines, asks) {
			continue
		}
		by := s.Test
		if by == "" {
			by = "the tests"
		}
		what := s.Why
		if len(s.Losses) > 0 {
			what = s.Losses[0].String()
		}
		return fmt.Sprintf("%s of %s, in which %s fails: %s", by, s.In, s.Call, what), true
	}
	return "", false
}

// Tests says in a few words what became of the fault at a line, the worst of the sites that
// stand there or were reached by it; "" where there is none.
func (r *Report) Tests(line string) string {
	var worst *Result
	for _, s := range r.Sites {
		if s.on([]string{line}, line) && (worst == nil || slices.Index(Verdicts, s.Verdict) < slices.Index(Verdicts, worst.Verdict)) {
			worst = s
		}
	}
	switch {
	case worst == nil:
		return ""
	case worst.Test != "":
		return fmt.Sprintf("%s (%s)", worst.Verdict, worst.Test)
	}
	return string(worst.Verdict)
}
