package faultkit

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// A Target is an engine to try something on, and the containers to ask about. They
// are not changed.
type Target struct {
	// Host is where the engine listens, as DOCKER_HOST spells it.
	Host string
	// Running, Stopped and Absent are ids or names.
	Running, Stopped, Absent string
	// Patience is the deadline for a call that is stalled, 250 ms by default. All else
	// has half a minute.
	Patience time.Duration
	// Grace is how long somebody has to notice a deadline, half a minute by default.
	// What takes longer ends the trial: it ignores its context.
	Grace time.Duration
}

// An aboutOne is one of the containers of a target.
type aboutOne struct{ state, id string }

func (t Target) all() []aboutOne {
	return []aboutOne{{"running", t.Running}, {"stopped", t.Stopped}, {"absent", t.Absent}}
}

// generous is the deadline for what nothing stalls.
const generous = 30 * time.Second

// errHung ends a trial: what did not return goes on, and would meet the next fault.
var errHung = errors.New("did not return when its context had ended")

// errLeft is of what ends its goroutine, as a test does that has failed.
var errLeft = errors.New("left by runtime.Goexit: a Fatal, or a Skip, of a test")

// A trial tries something in one case after the other, behind a proxy.
type trial struct {
	proxy  *Proxy
	target Target
	table  Table
}

// newTrial puts a proxy in front of a target.
func newTrial(ctx context.Context, target Target) (*trial, error) {
	if target.Patience == 0 {
		target.Patience = 250 * time.Millisecond
	}
	if target.Grace == 0 {
		target.Grace = generous
	}
	proxy, err := NewProxy(ctx, target.Host, "")
	if err != nil {
		return nil, err
	}
	return &trial{proxy: proxy, target: target}, nil
}

// under calls do while a fault is injected, with a context that ends when the fault
// asks for it. It reports whether the fault befell a call, as far as that can be
// known. What panics is an error, and so is what does not return: errHung, or errLeft.
//
// Who has not asked anything when a deadline passes that is short, for the fault to be
// noticed, is slow, and gets a longer one.
func (t *trial) under(ctx context.Context, in *Injection, do func(ctx context.Context, host string)) (hit bool, err error) {
	limit := generous
	if in != nil && in.Fault.impatient() {
		limit = t.target.Patience
	}
	for {
		hit, err = t.within(ctx, limit, in, do)
		if limit *= 4; hit || err != nil || limit > generous || len(t.proxy.Journal()) > 0 {
			return hit, err
		}
	}
}

// within is under with a deadline.
func (t *trial) within(ctx context.Context, limit time.Duration, in *Injection, do func(ctx context.Context, host string)) (hit bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	t.proxy.ForgetJournal()
	if in != nil {
		injected := t.proxy.Inject(*in)
		defer injected.Remove()
		defer func() { hit = injected.Hits() > 0 || in.Fault.elsewhere() && in.Nth == 0 }()
		if in.Fault.kind == cancels {
			go func() {
				select {
				case <-injected.met:
					cancel()
				case <-ctx.Done():
				}
			}()
		}
	}
	host := t.proxy.Host()
	done := make(chan error, 1)
	go func() {
		err := errLeft
		defer func() {
			if r := recover(); r != nil {
				err = fmt.Errorf("panic: %v", r)
			}
			done <- err
		}()
		do(ctx, host)
		err = nil
	}()
	select {
	case err = <-done:
		return hit, err
	case <-ctx.Done():
	}
	select {
	case err = <-done:
		return hit, err
	case <-time.After(t.target.Grace):
		return hit, errHung
	}
}

// calls is how many calls whatever was tried last has made, but not so many that
// trying a fault at each takes for ever.
func (t *trial) calls() int { return min(len(t.proxy.Journal()), 6) }

func (t *trial) add(row Row) {
	row.Served = t.proxy.Journal()
	t.table = append(t.table, row)
}

// injections returns those of every fault that the proxy can act by; for the others
// a row says why not.
func (t *trial) injections() []Injection {
	var all []Injection
	for _, f := range Faults() {
		if err := t.proxy.Can(f); err != nil {
			t.table = append(t.table, Row{Case: "running", Fault: f.name, OK: true, Note: "not tried: " + err.Error()})
			continue
		}
		all = append(all, Injection{Fault: f})
	}
	return all
}
