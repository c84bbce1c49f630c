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
	done                  chan struct{}
	over                  sync.WaitGroup
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
	p := &progress{done: make(chan struct{})}
	first, next, format, last := seldom, seldom, "errswallow: %s (%d s)\n", ""
	if terminal {
		first, next, format, last = patience, often, clearLine+"%s (%d s)", clearLine
	}
	p.over.Go(func() {
		begun := time.Now()
		tick := time.NewTimer(first)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				fmt.Fprintf(w, format, p, int(time.Since(begun).Seconds()))
				tick.Reset(next)
			case <-p.done:
				fmt.Fprint(w, last)
				return
			}
		}
	})
	return p
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
func (p *progress) stop() {
	close(p.done)
	p.over.Wait()
}
