package inject

import (
	"path/filepath"
	"slices"
	"strings"
)

// byTest reports whether a run that did not end was waited for by a test, and by nothing of
// the packages that are tested: a fake that is not called, since the call fails, has a test
// wait for it. It goes by what package testing prints of goroutines then.
func (r *runner) byTest(o *Outcome) bool {
	waits := false
	_, dump, _ := strings.Cut("\n"+o.Output, "\npanic: test timed out after ")
	for block := range strings.SplitSeq(dump, "\n\n") {
		if !strings.HasPrefix(block, "goroutine ") {
			continue
		}
		body, _, _ := strings.Cut(block, "\ncreated by ")
		for _, frame := range frames(body) {
			_, where, _ := strings.Cut(frame, " ")
			switch {
			case strings.Contains(where, "_test.go:"):
				waits = true
			case slices.ContainsFunc(r.packages, func(p *Package) bool { return filepath.Dir(where) == p.Dir }):
				return false
			}
		}
	}
	return waits
}
