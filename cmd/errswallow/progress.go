package main

import (
	"fmt"
	"os"
	"sync"
	"time"

	"github.com/mattn/go-isatty"
)

// A progress tells people what takes so long: on a terminal only, and only if it
// does.
type progress struct {
	mu   sync.Mutex
	what string
	done chan struct{}
	over sync.WaitGroup
}

// patience is how long nobody wonders.
const patience = time.Second

// start begins to tell of something, on standard error.
func start(what string) *progress {
	p := &progress{what: what, done: make(chan struct{})}
	if !isatty.IsTerminal(os.Stderr.Fd()) {
		return p
	}
	p.over.Go(func() {
		begun := time.Now()
		tick := time.NewTicker(patience)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				p.mu.Lock()
				fmt.Fprintf(os.Stderr, "\r\x1b[K%s: %d s", p.what, int(time.Since(begun).Seconds()))
				p.mu.Unlock()
			case <-p.done:
				fmt.Fprint(os.Stderr, "\r\x1b[K")
				return
			}
		}
	})
	return p
}

// say changes what it tells of.
func (p *progress) say(what string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.what = what
}

// stop leaves the line as it was found.
func (p *progress) stop() {
	close(p.done)
	p.over.Wait()
}
