package main

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// TestLog tells a log of a run that takes 75 seconds, and of one that takes 29.
func TestLog(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		long time.Duration
		want string
	}{
		{75 * time.Second, "errswallow: listing packages (30 s)\nerrswallow: loaded 7 of 90 packages, found 1 (60 s)\n"},
		{29 * time.Second, ""},
	} {
		synctest.Test(t, func(t *testing.T) {
			var log strings.Builder
			p := tellProgress(&log, false)
			time.Sleep(test.long / 2)
			p.load(7, 90)
			p.find()
			time.Sleep(test.long / 2)
			p.stop()
			if log.String() != test.want {
				t.Errorf("%s: %q, want %q", test.long, log.String(), test.want)
			}
		})
	}
}
