package main

import (
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/mattn/go-isatty"
)

// A progress tells people what takes so long: on a terminal only, and only if it
// does.
type progress struct {
	loaded, toLoad, found atomic.Int64
	done                  chan struct{}
	over                  sync.WaitGroup
}

const (
	patience = 500 * time.Millisecond // how long nobody wonders
	often    = 200 * time.Millisecond // how often it tells more
)

// start begins to tell, on standard error.
func start() *progress {
	p := &progress{done: make(chan struct{})}
	if !isatty.IsTerminal(os.Stderr.Fd()) {
		return p
	}
	p.over.Go(func() {
		begun := time.Now()
		tick := time.NewTimer(patience)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				fmt.Fprintf(os.Stderr, "\r\x1b[K%s (%d s)", p, int(time.Since(begun).Seconds()))
				tick.Reset(often)
			case <-p.done:
				fmt.Fprint(os.Stderr, "\r\x1b[K")
				return
			}
		}
	})
	return p
}

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
