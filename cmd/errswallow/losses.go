package main

import (
	"github.com/errswallow/errswallow/internal/load"
	"github.com/errswallow/errswallow/internal/output"
)

// losses are the packages with which something is wrong.
type losses []load.Loss

// say says in one line how many packages are not analysed whole; why one is not
// analysed at all; and, if it is asked to be verbose, all that is wrong, and what is
// left out for it.
func (l losses) say(verbose bool) {
	for _, loss := range l {
		if !verbose && !loss.All {
			continue
		}
		for _, line := range loss.Wrong() {
			say(line)
		}
		for _, f := range loss.Functions {
			say(output.LeftOut(f).String())
		}
	}
	if summary := output.Losses(l); summary != "" {
		if !verbose {
			summary += " (-verbose says what is left out, and why)"
		}
		say(summary)
	}
}

// status says which of the exit statuses a run gets: a package of which nothing is
// known comes first, then what is found, then a package of which something is not
// known.
func (l losses) status(found bool) int {
	status := clean
	for _, loss := range l {
		switch {
		case loss.All:
			return failed
		case loss.Partial():
			status = failed
		}
	}
	if found {
		return findings
	}
	return status
}

// partial reports whether anything is not analysed.
func (l losses) partial() bool { return output.Losses(l) != "" }

// functions are the full names of those that are left out.
func (l losses) functions() map[string]bool {
	names := map[string]bool{}
	for _, loss := range l {
		for _, f := range loss.Functions {
			names[f.Name] = true
		}
	}
	return names
}
