package main

import (
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/mattn/go-isatty"
	"golang.org/x/tools/go/analysis"
)

// A progress tells people what takes so long: on a terminal only, and only if it
// does.
type progress struct {
	loaded, toLoad, analysed, toAnalyse, found atomic.Int64
	done                                       chan struct{}
	over                                       sync.WaitGroup
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
	switch {
	case p.toLoad.Load() == 0:
		return "listing packages"
	case p.toAnalyse.Load() == 0:
		return fmt.Sprintf("loaded %d of %d packages", p.loaded.Load(), p.toLoad.Load())
	}
	return fmt.Sprintf("loaded %d packages, analysed %d of %d, found %d", p.toLoad.Load(), p.analysed.Load(), p.toAnalyse.Load(), p.found.Load())
}

// load is told how many packages are loaded.
func (p *progress) load(done, all int) {
	p.toLoad.Store(int64(all))
	p.loaded.Store(int64(done))
}

// watch counts the packages that a pass analyses, and what it reports.
func (p *progress) watch(pass *analysis.Analyzer, packages int) {
	p.toAnalyse.Store(int64(packages))
	run := pass.Run
	pass.Run = func(pass *analysis.Pass) (any, error) {
		defer p.analysed.Add(1)
		report := pass.Report
		pass.Report = func(d analysis.Diagnostic) {
			p.found.Add(1)
			report(d)
		}
		return run(pass)
	}
}

// stop leaves the line as it was found.
func (p *progress) stop() {
	close(p.done)
	p.over.Wait()
}
