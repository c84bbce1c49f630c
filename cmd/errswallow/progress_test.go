package main

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// TestProgress tells a log of a run that takes 75 seconds, and of one that takes 29; and a
// terminal of one that takes a second, and of one that nobody waits for.
func TestProgress(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		long     time.Duration
		terminal bool
		want     string
	}{
		{75 * time.Second, false, "errswallow: listing packages (30 s)\nerrswallow: loaded 7 of 90 packages, found 1 (60 s)\n"},
		{29 * time.Second, false, ""},
		{1200 * time.Millisecond, true, "\r\x1b[Klisting packages (0 s)" + strings.Repeat("\r\x1b[Kloaded 7 of 90 packages, found 1 (0 s)", 2) + "\r\x1b[Kloaded 7 of 90 packages, found 1 (1 s)\r\x1b[K"},
		{400 * time.Millisecond, true, "\r\x1b[K"},
	} {
		synctest.Test(t, func(t *testing.T) {
			var out strings.Builder
			p := tellProgress(&out, test.terminal)
			time.Sleep(test.long/2 + time.Millisecond)
			p.load(7, 90)
			p.find()
			time.Sleep(test.long/2 - time.Millisecond)
			p.stop()
			if out.String() != test.want {
				t.Errorf("%s: %q, want %q", test.long, out.String(), test.want)
			}
		})
	}
}
