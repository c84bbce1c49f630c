package main

import (
	"fmt"
	"io"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/mattn/go-isatty"
)

// A progress tells people what takes so long, if it does: on a terminal in one line that
// it writes again and again, and elsewhere, in the log of a CI job, say, by a line now and
// then.
type progress struct {
	loaded, toLoad, found atomic.Int64
	quiet                 func()
}

const (
	patience = 500 * time.Millisecond // how long nobody wonders
	often    = 200 * time.Millisecond // how often it tells more
	seldom   = 30 * time.Second       // how often it does so off a terminal
)

// start begins to tell, on standard error.
func start() *progress {
	return tellProgress(os.Stderr, isatty.IsTerminal(os.Stderr.Fd()))
}

// tellProgress begins to tell a writer, which is a terminal or not.
func tellProgress(w io.Writer, terminal bool) *progress {
	p := &progress{}
	p.quiet = telling(p, w, terminal)
	return p
}

// telling has something say how far it is, to a writer that is a terminal or not, until the
// function is called that it returns.
func telling(what fmt.Stringer, w io.Writer, terminal bool) (quiet func()) {
	first, next, format, last := seldom, seldom, "errswallow: %s (%d s)\n", ""
	if terminal {
		first, next, format, last = patience, often, clearLine+"%s (%d s)", clearLine
	}
	done := make(chan struct{})
	var over sync.WaitGroup
	over.Go(func() {
		begun := time.Now()
		tick := time.NewTimer(first)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				fmt.Fprintf(w, format, what, int(time.Since(begun).Seconds()))
				tick.Reset(next)
			case <-done:
				fmt.Fprint(w, last)
				return
			}
		}
	})
	return func() {
		close(done)
		over.Wait()
	}
}

// clearLine empties the line of a terminal that the cursor is in.
const clearLine = "\r\x1b[K"

// String says how far the run is.
func (p *progress) String() string {
	if p.toLoad.Load() == 0 {
		return "listing packages"
	}
	return fmt.Sprintf("loaded %d of %d packages, found %d", p.loaded.Load(), p.toLoad.Load(), p.found.Load())
}

// load is told how many packages are loaded.
func (p *progress) load(done, all int) {
	p.toLoad.Store(int64(all))
	p.loaded.Store(int64(done))
}

// find is told of each thing that is found. Packages are analysed as they are loaded.
func (p *progress) find() { p.found.Add(1) }

// stop leaves the line as it was found.
func (p *progress) stop() { p.quiet() }

// An injecting tells how far an injection is.
type injecting struct {
	mu        sync.Mutex
	begun     time.Time
	what      string
	done, all int
}

// set is told what is done, and of how much. Each kind of thing begins anew.
func (i *injecting) set(what string, done, all int) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if what != i.what {
		i.begun = time.Now()
	}
	i.what, i.done, i.all = what, done, all
}

// String says how far it is, and how long it will take by what it has taken.
func (i *injecting) String() string {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.all == 0 {
		return i.what
	}
	text := fmt.Sprintf("%s: %d of %d", i.what, i.done, i.all)
	if i.done > 0 && i.done < i.all {
		left := time.Since(i.begun) / time.Duration(i.done) * time.Duration(i.all-i.done)
		text += fmt.Sprintf(", about %d s left", int(left.Seconds()))
	}
	return text
}
