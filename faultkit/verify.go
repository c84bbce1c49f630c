package faultkit

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync/atomic"
	"testing"
)

// Try runs a predicate on a target: without a fault, under Slow, under every one of
// Faults at every call, and, where it makes more than one, at each call alone. alive
// says whether a T is that of a container that runs; it may be left out for a bool,
// and for what can be nil: then the predicate is one of presence.
//
// The table has what the predicate answered. The error is of the engine, or of the
// proxy in front of it, or says that the predicate asked nothing.
func Try[T any, P Predicate[T]](ctx context.Context, target Target, predicate P, alive ...func(T) bool) (_ Table, err error) {
	q, err := ask(predicate, alive)
	if err != nil {
		return nil, err
	}
	t, err := newTrial(ctx, target)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, t.proxy.Close()) }()
	if err := t.question(ctx, q); !errors.Is(err, errHung) { // that is in the table
		return t.table, err
	}
	return t.table, nil
}

// question tries a question in every case.
func (t *trial) question(ctx context.Context, q question) error {
	calls := 0
	for _, one := range t.target.all() {
		if err := t.row(ctx, q, one, nil); err != nil {
			return err
		}
		if one.state == "running" {
			calls = t.calls()
		}
	}
	if calls == 0 {
		return errors.New("the predicate did not ask the engine")
	}
	running := t.target.all()[0]
	if err := t.row(ctx, q, running, &Injection{Fault: Slow}); err != nil {
		return err
	}
	for _, in := range t.injections() {
		for _, one := range t.target.all() {
			if err := t.row(ctx, q, one, &in); err != nil {
				return err
			}
		}
		for in.Nth = 1; calls > 1 && in.Nth <= calls; in.Nth++ {
			if err := t.row(ctx, q, running, &in); err != nil {
				return err
			}
		}
	}
	return nil
}

// row tries a question in one case. The error is errHung.
func (t *trial) row(ctx context.Context, q question, one aboutOne, in *Injection) error {
	row := Row{Case: one.state}
	if in != nil {
		row.Fault, row.Nth = in.Fault.name, in.Nth
	}
	var answer atomic.Pointer[reply] // what is hung may answer later
	hit, err := t.under(ctx, in, func(ctx context.Context, host string) {
		r := q.ask(ctx, host, one.id)
		answer.Store(&r)
	})
	if err != nil {
		row.Answer, row.Want, row.Err = "none", q.want(true, in != nil), err.Error()
		t.add(row)
		if errors.Is(err, errHung) {
			return err
		}
		return nil
	}
	got := *answer.Load()
	row.Answer = got.text
	if got.err != nil {
		row.Err = got.err.Error()
	}
	right := one.state == "running" || q.present && one.state == "stopped"
	faulty := in != nil && in.Fault.kind != slows
	row.Want = q.want(right || faulty, faulty)
	row.OK = q.keeps(got, right || faulty, faulty)
	switch {
	case row.Nth > 0 && !hit:
		return nil // it makes fewer calls than it did before: no case
	case row.Nth > 0 && !row.OK && q.keeps(got, right, false), row.Nth > 0 && row.OK && got.err == nil:
		row.OK, row.Note = true, "hidden: the client asked again, or did without"
	case faulty && !hit:
		row.OK, row.Note = false, "the predicate did not ask the engine"
	}
	t.add(row)
	return nil
}

// want is what the contract asks for, as text.
func (q question) want(alive, faulty bool) string {
	answer := fmt.Sprint(alive)
	if !q.plain {
		answer = map[bool]string{true: "alive", false: "not alive"}[alive]
	}
	switch {
	case !q.tells:
		return answer
	case faulty && !q.plain:
		return "(any, error)"
	case faulty:
		return "(" + answer + ", error)"
	}
	return "(" + answer + ", nil)"
}

// keeps reports whether a reply keeps the contract. What comes beside an error is
// judged if it is a bool; what else there is callers cannot take for an answer.
func (q question) keeps(got reply, alive, faulty bool) bool {
	if q.tells && (got.err != nil) != faulty {
		return false
	}
	return got.alive == alive || faulty && q.tells && !q.plain
}

// VerifyOn fails a test, and shows the broken rows, unless a predicate keeps the
// contract on a target.
func VerifyOn[T any, P Predicate[T]](tb testing.TB, target Target, predicate P, alive ...func(T) bool) {
	tb.Helper()
	table, err := Try(tb.Context(), target, predicate, alive...)
	if err != nil {
		tb.Fatal(err)
	}
	if !table.OK() {
		tb.Errorf("the predicate does not tell a fault from absence: %d of %d cases\n%s", table.broken(), len(table), table.Broken())
	}
}

// Verify is VerifyOn with an engine in this process.
func Verify[T any, P Predicate[T]](tb testing.TB, predicate P, alive ...func(T) bool) {
	tb.Helper()
	VerifyOn(tb, InProcess(tb), predicate, alive...)
}

// InProcess returns an engine in this process as a target, until the test ends.
func InProcess(tb testing.TB) Target {
	tb.Helper()
	engine, err := NewEngine(http.NotFoundHandler)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { engine.Close() })
	for _, name := range []string{"faultkit-running", "faultkit-stopped"} {
		if err := engine.run(name); err != nil {
			tb.Fatal(err)
		}
	}
	engine.Set("faultkit-stopped", State{Status: "exited"})
	return Target{Host: engine.Host(), Running: "faultkit-running", Stopped: "faultkit-stopped", Absent: "faultkit-absent"}
}
