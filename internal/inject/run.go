package inject

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
)

// A trial is one run of a package's tests.
type trial struct {
	target *Target
	// tests are those that are run; where there are none those that pattern matches are, as
	// go test -run has it, and all if that is "".
	tests   []string
	pattern string
	// inject is what the run is told to do, as the environment has it.
	inject string
	limit  time.Duration
	// turn tells runs apart that are the same.
	turn int
}

// A kept is a run that is made once.
type kept struct {
	once    sync.Once
	outcome *Outcome
	err     error
}

// run runs the tests of a package, or recalls what they came to when nothing was another.
// Sites that the same tests reach share the run in which nothing fails.
func (r *runner) run(ctx context.Context, t trial) (*Outcome, error) {
	key := t.key(r)
	value, _ := r.runs.LoadOrStore(key, &kept{})
	k := value.(*kept)
	k.once.Do(func() { k.outcome, k.err = r.recall(ctx, t, key) })
	return k.outcome, k.err
}

func (r *runner) recall(ctx context.Context, t trial, key string) (*Outcome, error) {
	if text := r.Cache.Get(key); text != nil {
		o := &Outcome{}
		if json.Unmarshal(text, o) == nil {
			r.recalled.Add(1)
			return o, nil
		}
	}
	r.slots <- struct{}{}
	defer func() { <-r.slots }()
	o, err := r.execute(ctx, t)
	if err != nil {
		return nil, err
	}
	if text, err := json.Marshal(o); err == nil {
		r.Cache.Put(key, text)
	}
	return o, nil
}

// key is made of all that a run depends on, as far as anybody knows: the compiled test, the
// data beside it, and what it is told.
func (t trial) key(r *runner) string {
	sum := sha256.New()
	fmt.Fprintf(sum, "inject 1\n%s\n%q %q\n%q %q\n%v %d %v\n", t.target.sum, t.tests, t.pattern, t.inject, r.Fault, t.limit, t.turn, r.Short)
	return fmt.Sprintf("%x", sum.Sum(nil))
}

// grace is how long a run may take to say why it did not end.
const grace = 5 * time.Second

// execute runs the tests of a package.
func (r *runner) execute(ctx context.Context, t trial) (*Outcome, error) {
	log, err := os.CreateTemp(r.dir, "log-*")
	if err != nil {
		return nil, err
	}
	log.Close()
	defer os.Remove(log.Name())
	within, cancel := context.WithTimeout(ctx, t.limit+grace)
	defer cancel()
	args := []string{"-test.v=test2json", "-test.timeout=" + t.limit.String(), "-test.paniconexit0"}
	if t.pattern != "" {
		args = append(args, "-test.run="+t.pattern)
	}
	if len(t.tests) > 0 {
		names := make([]string, len(t.tests))
		for i, name := range t.tests {
			names[i] = regexp.QuoteMeta(name)
		}
		args = append(args, "-test.run=^("+strings.Join(names, "|")+")$")
	}
	if r.Short {
		args = append(args, "-test.short")
	}
	cmd := exec.CommandContext(within, t.target.binary, args...)
	cmd.Dir = t.target.Dir
	cmd.Env = append(os.Environ(), "PWD="+t.target.Dir, "ERRSWALLOW_INJECT="+t.inject, "ERRSWALLOW_INJECT_LOG="+log.Name(), "ERRSWALLOW_INJECT_FAULT="+r.Fault)
	script := &transcript{tests: map[string]string{}, open: map[string]int64{}}
	cmd.Stdout, cmd.Stderr = script, script
	alone(cmd) // what it starts ends with it
	cmd.WaitDelay = grace
	begun := time.Now()
	err = cmd.Run()
	took := time.Since(begun)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case cmd.ProcessState == nil:
		return nil, fmt.Errorf("%s: %w", filepath.Base(t.target.Path), err)
	}
	o := script.outcome(log.Name())
	o.Took, o.Status = took, cmd.ProcessState.ExitCode()
	o.Hung = within.Err() != nil || errors.Is(err, exec.ErrWaitDelay) || o.Crash != nil && strings.Contains(o.Crash.Message, "panic: test timed out after ")
	if o.Hung {
		o.Crash = nil
	}
	if o.Status == 0 || o.Status == 1 {
		o.Crash = nil // somebody recovered from it
	}
	return o, nil
}

// least is the shortest limit of a run, and slack how much longer it may take than one in
// which nothing fails.
const (
	least = 10 * time.Second
	slack = 5
)

// recordLimit is the limit of a run in which nothing fails, if nobody says another.
const recordLimit = 2 * time.Minute

// limit is that of a run under a fault.
func (r *runner) limit(control *Outcome) time.Duration {
	if r.Timeout > 0 {
		return r.Timeout
	}
	return max(least, slack*control.Took.Round(time.Second))
}

// record runs the tests of a package with nothing injected, twice, at once; and, if they do
// not pass so, one after the other: then its runs are kept apart.
func (r *runner) record(ctx context.Context, t *Target) error {
	limit := cmp.Or(r.Timeout, recordLimit)
	for _, apart := range []bool{false, true} {
		errs := make(chan error)
		for i := range t.baseline {
			one := func() (err error) {
				turn := i
				if apart {
					turn += len(t.baseline)
				}
				t.baseline[i], err = r.run(ctx, trial{target: t, pattern: r.Run, inject: "record", limit: limit, turn: turn})
				return err
			}
			if apart {
				if err := one(); err != nil {
					return err
				}
				continue
			}
			go func() { errs <- one() }()
		}
		var err error
		for range t.baseline {
			if !apart {
				err = cmp.Or(err, <-errs)
			}
		}
		if err != nil {
			return err
		}
		t.apart = apart
		if t.passed() {
			break
		}
	}
	switch first := t.baseline[0]; {
	case first.Hung:
		t.problem = fmt.Sprintf("its tests do not end within %v", limit)
		return nil
	case len(first.Tests) == 0 && first.Status != 0:
		t.problem = "its tests do not run: " + lastLine(first.Output)
		if first.Crash != nil {
			t.problem = "its tests do not run: " + first.Crash.Message
		}
		return nil
	}
	t.steady = map[string]bool{}
	for _, o := range t.baseline {
		for name := range o.Tests {
			t.steady[name] = t.baseline[0].Tests[name] == "pass" && t.baseline[1].Tests[name] == "pass"
		}
	}
	return nil
}

// passed reports whether both runs passed.
func (t *Target) passed() bool {
	return !slices.ContainsFunc(t.baseline[:], func(o *Outcome) bool { return o.Status != 0 })
}

// lastLine is the last line of a text that says something.
func lastLine(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return strings.TrimSpace(lines[len(lines)-1])
}
