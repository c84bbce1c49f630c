package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"sync"
	"time"
)

// A timeline writes what happens and when. It is the slog.Handler
// of the provisioner's parts.
type timeline struct {
	w     io.Writer
	start time.Time

	mu *sync.Mutex
}

func newTimeline(w io.Writer) *timeline {
	return &timeline{w: w, start: time.Now(), mu: new(sync.Mutex)}
}

// begin makes this moment the first.
func (t *timeline) begin() { t.start = time.Now() }

// say writes a line.
func (t *timeline) say(format string, args ...any) {
	t.mu.Lock()
	defer t.mu.Unlock()
	fmt.Fprintf(t.w, "%6.2fs  %s\n", time.Since(t.start).Seconds(), fmt.Sprintf(format, args...))
}

// Enabled implements slog.Handler.
func (*timeline) Enabled(context.Context, slog.Level) bool { return true }

// Handle implements slog.Handler.
func (t *timeline) Handle(_ context.Context, r slog.Record) error {
	var words strings.Builder
	r.Attrs(func(a slog.Attr) bool {
		if a.Key == "workspace" || a.Key == "class" || a.Key == "cause" || a.Key == "reason" {
			fmt.Fprintf(&words, " %s=%s", a.Key, a.Value)
		}
		return true
	})
	t.say("  %s%s", r.Message, words.String())
	return nil
}

// WithAttrs implements slog.Handler.
func (t *timeline) WithAttrs([]slog.Attr) slog.Handler { return t }

// WithGroup implements slog.Handler.
func (t *timeline) WithGroup(string) slog.Handler { return t }
