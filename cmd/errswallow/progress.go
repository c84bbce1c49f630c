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
	quiet                 func()
}

const (
	patience = 500 * time.Millisecond // how long nobody wonders
	often    = 200 * time.Millisecond // how often it tells more
)

// start begins to tell, on standard error.
func start() *progress {
	p := &progress{}
	p.quiet = telling(p)
	return p
}

// telling has something say how far it is, on standard error, until the function is called
// that it returns.
func telling(what fmt.Stringer) (quiet func()) {
	if !isatty.IsTerminal(os.Stderr.Fd()) {
		return func() {}
	}
	done := make(chan struct{})
	var over sync.WaitGroup
	over.Go(func() {
		begun := time.Now()
		tick := time.NewTimer(patience)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				fmt.Fprintf(os.Stderr, "\r\x1b[K%s (%d s)", what, int(time.Since(begun).Seconds()))
				tick.Reset(often)
			case <-done:
				fmt.Fprint(os.Stderr, "\r\x1b[K")
				return
			}
		}
	})
	return func() {
		close(done)
		over.Wait()
	}
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
