package inject

import (
	"cmp"
	"context"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"time"

	"github.com/errswallow/errswallow/analyzer"
)

// Faults are those that can be injected, the first by default.
var Faults = []string{"deadline", "eof", "refused", "503"}

// A Cache keeps what runs came to, by keys of hexadecimal digits; it answers nil for what it
// does not have.
type Cache interface {
	Get(key string) []byte
	Put(key string, value []byte)
}

// A Config says what to inject, and into what.
type Config struct {
	// Patterns are packages, as the go command has them, and Tags build tags.
	Patterns []string
	Tags     string
	// Run are the tests that are run, as go test -run has it, all if it is "". Only are the
	// sites that are tried: those whose file:line or call it matches; all if it is nil.
	Run   string
	Only  *regexp.Regexp
	Fault string
	// Short: the tests are told to be short.
	Short bool
	// Timeout is the limit of a run; if it is 0, two minutes without a fault, and with one
	// five times what that took, or ten seconds.
	Timeout time.Duration
	// Parallel is how many runs go on at once, as many as there are processors if it is 0.
	Parallel int
	// Keep is a folder for the overlay, "" for one that is removed afterwards.
	Keep  string
	Cache Cache
	// Progress, if it is not nil, is told what is done, and of how much.
	Progress func(what string, done, all int)
}

// A runner is one call of Run.
type runner struct {
	Config
	packages []*Package
	sites    map[string]*Site // by ID
	dir      string           // for what is of no use afterwards
	overlay  Overlay
	tested   []*Target
	slots    chan struct{}
	runs     sync.Map // a *kept by key
	recalled atomic.Int64
	report   *Report
}

// Run makes each query of packages fail in turn while their tests run, and says what became
// of it. The error says why nothing was tried at all; what is wrong with one package is in
// the report.
func Run(ctx context.Context, config Config, packages []*Package, reported []analyzer.Reported) (*Report, error) {
	r := &runner{Config: config, packages: packages, sites: map[string]*Site{}, report: &Report{Version: reportVersion, Fault: cmp.Or(config.Fault, Faults[0])}}
	r.Fault = r.report.Fault
	r.Parallel = cmp.Or(r.Parallel, runtime.GOMAXPROCS(0))
	r.slots = make(chan struct{}, r.Parallel)
	if r.Progress == nil {
		r.Progress = func(string, int, int) {}
	}
	once(packages)
	number(packages)
	for _, p := range packages {
		for _, s := range p.Sites {
			r.sites[s.ID()] = s
		}
	}
	if r.queries() == 0 {
		r.report.problem("", "no call of these packages asks for anything that errswallow knows")
		return r.report, nil
	}
	var err error
	if r.dir, err = os.MkdirTemp("", "errswallow"); err != nil {
		return nil, err
	}
	defer os.RemoveAll(r.dir)
	r.overlay.dir = cmp.Or(config.Keep, filepath.Join(r.dir, "overlay"))
	if err := os.MkdirAll(r.overlay.dir, 0o777); err != nil {
		return nil, err
	}
	if err := r.prepared(ctx); err != nil {
		return nil, err
	}
	if err := r.trials(ctx); err != nil {
		return nil, err
	}
	r.report.Recalled = int(r.recalled.Load())
	r.report.judge(reported)
	return r.report, nil
}

// queries counts the sites that ask.
func (r *runner) queries() (n int) {
	for _, s := range r.sites {
		if s.Kind == analyzer.Asks {
			n++
		}
	}
	return n
}

// prepared rewrites and compiles packages, and runs their tests with nothing injected.
func (r *runner) prepared(ctx context.Context) error {
	r.Progress("rewriting packages", 0, 0)
	targets, tested, err := r.targets(ctx)
	if err != nil {
		return err
	}
	if err := r.resolve(ctx); err != nil {
		return err
	}
	if err := r.prepare(ctx); err != nil {
		return err
	}
	switch {
	case !tested:
		r.report.problem("", "there are no tests in these packages: nothing was tried")
	case len(targets) == 0:
		r.report.problem("", "no package that has tests comes to what asks: nothing was tried")
	}
	var done atomic.Int64
	err = r.each(len(targets), func(i int) error {
		r.slots <- struct{}{}
		r.compile(ctx, targets[i], i)
		<-r.slots
		r.Progress("compiled", int(done.Add(1)), len(targets))
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	done.Store(0)
	err = r.each(len(targets), func(i int) error {
		defer func() { r.Progress("ran without a fault", int(done.Add(1)), len(targets)) }()
		if targets[i].problem != "" {
			return nil
		}
		return r.record(ctx, targets[i])
	})
	for _, t := range targets {
		if t.problem != "" {
			if !r.report.hasProblem(t.Path) { // the same is wrong with its tests
				r.report.problem(t.Path, t.problem)
			}
			continue
		}
		r.tested = append(r.tested, t)
		r.report.baseline(t)
	}
	return err
}

// each calls a function for numbers, for all at once: it waits for what it needs.
func (r *runner) each(n int, do func(i int) error) error {
	errs := make([]error, n)
	var group sync.WaitGroup
	for i := range n {
		group.Go(func() { errs[i] = do(i) })
	}
	group.Wait()
	return errors.Join(errs...)
}

// trials tries each site.
func (r *runner) trials(ctx context.Context) error {
	var sites []*Site
	for _, p := range r.packages {
		for _, s := range p.Sites {
			if s.Kind != analyzer.Asks || r.Only != nil && !r.Only.MatchString(s.Call) && !r.Only.MatchString(analyzer.Line(s.position())) {
				continue
			}
			if s.Through && r.covered(s) {
				continue
			}
			sites = append(sites, s)
		}
	}
	results := make([]*Result, len(sites))
	var done atomic.Int64
	err := r.each(len(sites), func(i int) (err error) {
		results[i], err = r.try(ctx, sites[i])
		r.Progress("tried", int(done.Add(1)), len(sites))
		return err
	})
	if err != nil {
		return err
	}
	for _, s := range r.sites {
		if s.Kind == analyzer.Destroys || s.Kind == analyzer.Makes {
			r.report.Totals.Losing++
		}
	}
	slices.SortFunc(results, func(a, b *Result) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	r.report.Sites = results
	r.report.Hashes = map[string]string{}
	for _, res := range results {
		hash, err := hashOf(res.File)
		if err != nil {
			return err
		}
		r.report.Hashes[res.File] = hash
	}
	return nil
}
