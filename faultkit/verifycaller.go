package faultkit

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// A Caller acts on what the engine at host, spelled as in DOCKER_HOST, says of the
// container with a name or an id: it brings back one that is not there. It returns
// once it has acted, or decided not to.
type Caller = func(ctx context.Context, host, id string)

// TryCaller runs a caller on a target: without a fault, and on the container that
// runs under every one of Faults, at every call, at every question, and at each call
// alone. No call may arrive that stops, removes or creates anything; without a fault,
// on the container that is absent, one must: a caller that never acts proves
// nothing. Such calls are answered 403, and do not reach the engine.
//
// The error is of the engine, or of the proxy in front of it.
func (t Target) TryCaller(ctx context.Context, caller Caller) (_ Table, err error) {
	trial, err := newTrial(ctx, t)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, trial.proxy.Close()) }()
	trial.proxy.guarded = true
	if err := trial.caller(ctx, caller); !errors.Is(err, errHung) { // that is in the table
		return trial.table, err
	}
	return trial.table, nil
}

func (t *trial) caller(ctx context.Context, caller Caller) error {
	running, absent := t.target.all()[0], t.target.all()[2]
	if err := t.act(ctx, caller, absent, nil, true); err != nil {
		return err
	}
	if err := t.act(ctx, caller, running, nil, false); err != nil {
		return err
	}
	calls := t.calls()
	for _, in := range t.injections() {
		for _, method := range []string{"", http.MethodGet} {
			in.Method = method
			if err := t.act(ctx, caller, running, &in, false); err != nil {
				return err
			}
		}
		in.Method = ""
		for in.Nth = 1; calls > 1 && in.Nth <= calls; in.Nth++ {
			if err := t.act(ctx, caller, running, &in, false); err != nil {
				return err
			}
		}
	}
	return nil
}

// act tries a caller in one case. The error is errHung.
func (t *trial) act(ctx context.Context, caller Caller, one aboutOne, in *Injection, acts bool) error {
	row := Row{Case: one.state, Want: map[bool]string{true: "something", false: "nothing"}[acts]}
	if in != nil {
		row.Fault, row.Nth, row.Method = in.Fault.name, in.Nth, in.Method
	}
	_, err := t.under(ctx, in, func(ctx context.Context, host string) { caller(ctx, host, one.id) })
	done := destroyed(t.proxy.Journal())
	row.Answer, row.OK = "nothing", err == nil && acts == (len(done) > 0)
	if len(done) > 0 {
		row.Answer = strings.Join(done, ", ")
	}
	if err != nil {
		row.Err = err.Error()
	}
	t.add(row)
	if errors.Is(err, errHung) {
		return err
	}
	return nil
}

// destroyed returns the calls that stop, remove or create something.
func destroyed(journal []Entry) []string {
	var calls []string
	for _, e := range journal {
		if e.Destroys() {
			calls = append(calls, fmt.Sprint(e.Method, " ", e.Path))
		}
	}
	return calls
}

// VerifyCallerOn fails a test, and shows the broken rows, unless a caller leaves the
// target's containers alone under every fault.
func VerifyCallerOn(tb testing.TB, target Target, caller Caller) {
	tb.Helper()
	table, err := target.TryCaller(tb.Context(), caller)
	if err != nil {
		tb.Fatal(err)
	}
	if !table.OK() {
		tb.Errorf("the caller acts on faults, or never: %d of %d cases\n%s", table.broken(), len(table), table.Broken())
	}
}

// VerifyCaller is VerifyCallerOn with an engine in this process.
func VerifyCaller(tb testing.TB, caller Caller) {
	tb.Helper()
	VerifyCallerOn(tb, InProcess(tb), caller)
}
