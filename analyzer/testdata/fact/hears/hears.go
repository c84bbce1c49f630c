// Package hears asks nobody: others hand their errors to it.
package hears

import "log/slog"

// Attr is what a logger is handed of an error: nobody keeps it.
func Attr(err error) slog.Attr { return slog.Any("error", err) } // want Attr:"given fault -> unknown"

// Keep keeps an error where somebody may look.
func Keep(err error) { last <- err } // want Keep:"given fault -> nothing"

var last = make(chan error, 1)
