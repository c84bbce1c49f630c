// Package functions is a table: each function, executed under the fault of its
// one call of query, leaves in the ways that its comment lists. A way is its
// results, then "told" if the error went where the caller may find it.
package functions

import (
	"errors"
	"fmt"
	"strings"
)

type answer struct{ running bool }

func query() (*answer, error)    { return nil, nil }
func isAbsent(err error) bool    { return false }
func show(args ...any)           {}
func unknown(args ...any) bool   { return false }
func stop(args ...any)           {}
func retry(f func() error) error { return f() }

var errAbsent = errors.New("absent")
var kept error
var sink chan error

// -> false, nil
func collapse() (bool, error) {
	a, err := query()
	if err != nil {
		return false, nil
	}
	return a.running, nil
}

// -> false, fault
func returned() (bool, error) {
	a, err := query()
	if err != nil {
		return false, err
	}
	return a.running, nil
}

// -> false, fault
func wrapped() (bool, error) {
	a, err := query()
	if err != nil {
		return false, fmt.Errorf("query: %w", err)
	}
	return a.running, nil
}

// -> false
func compared() bool {
	_, err := query()
	return err == nil
}

// -> true
func gated() bool {
	_, err := query()
	if isAbsent(err) {
		return false
	}
	return true
}

// -> true
func sentinel() bool {
	_, err := query()
	return err != errAbsent
}

// -> true
func is() bool {
	_, err := query()
	return !errors.Is(err, errAbsent)
}

// -> false told
func stored() bool {
	_, err := query()
	kept = err
	return err == nil
}

// -> false told
func sent() bool {
	_, err := query()
	if err != nil {
		sink <- err
	}
	return err == nil
}

// -> false
func shown() bool {
	_, err := query()
	show("failed", err)
	return err == nil
}

// -> false told
func handedOn() bool {
	_, err := query()
	unknown("failed", err)
	return err == nil
}

// -> stopped
func stopped() bool {
	_, err := query()
	if err != nil {
		stop(err)
	}
	return err == nil
}

// -> crashed
func dereferenced() bool {
	a, _ := query()
	return a.running
}

// -> false
func beside() bool {
	a, _ := query()
	return a != nil
}

// -> false
func flag() bool {
	ok := false
	if _, err := query(); err == nil {
		ok = true
	}
	return ok
}

// -> false
func loopFlag(n int) bool {
	ok := false
	for range n {
		if _, err := query(); err != nil {
			continue
		}
		ok = true
	}
	return ok
}

// -> fault
func retried() error {
	var err error
	for range 3 {
		if _, err = query(); err == nil {
			return nil
		}
	}
	return err
}

// -> nil
func deferred() (err error) {
	defer func() { err = nil }()
	_, err = query()
	return err
}

// -> fault
func joined() (err error) {
	defer func() { err = errors.Join(err, kept) }()
	_, err = query()
	return err
}

// -> false
func closure() bool {
	ask := func() bool {
		_, err := query()
		return err == nil
	}
	return ask()
}

// -> fault
func helper() error {
	return retry(func() error {
		_, err := query()
		return err
	})
}

// -> fault
func captured() error {
	var err error
	func() { _, err = query() }()
	return err
}

type result struct {
	ok  bool
	err error
}

// -> fault
func inStruct() error {
	var r result
	_, r.err = query()
	return r.err
}

// -> zero
func structWithout() result {
	_, err := query()
	return result{ok: err == nil}
}

// -> told unknown
func structWith() result {
	_, err := query()
	return result{err: err}
}

// -> text
func matched() bool {
	_, err := query()
	return err != nil && strings.Contains(err.Error(), "absent")
}

// -> false
func constant() bool {
	if _, err := query(); err != nil {
		show(err)
	}
	return false
}

// -> false
// -> true
func both() bool {
	_, err := query()
	if err != nil {
		if unknown() {
			return false
		}
		return true
	}
	return true
}

// -> false, nil
func switched() (ok bool, err error) {
	_, e := query()
	switch {
	case e == nil:
		return true, nil
	case isAbsent(e):
		return false, nil
	default:
		return
	}
}

// -> nil
func asserted() error {
	_, err := query()
	if _, ok := err.(interface{ NotFound() }); ok {
		return err
	}
	return nil
}

// -> false
func shownFields() bool {
	_, err := query()
	if err != nil {
		fields := map[string]any{"error": err.Error()}
		show("query failed", fields)
		return false
	}
	return true
}

// -> false told
func keptFields() bool {
	_, err := query()
	if err != nil {
		fields := map[string]any{"error": err}
		unknown(fields)
		return false
	}
	return true
}

var errOther = errors.New("other")

// -> true
func replaced() bool {
	_, err := query()
	if err != nil {
		err = fmt.Errorf("replaced: %w", errOther)
	}
	return errors.Is(err, errOther)
}

// -> false
func replacedByAnother() bool {
	_, err := query()
	if err != nil {
		err = errOther
	}
	return errors.Is(err, errAbsent)
}

// -> unknown
func replacedByTwo() bool {
	_, err := query()
	if err != nil {
		err = fmt.Errorf("%w: %w", errAbsent, errOther)
	}
	return errors.Is(err, errOther)
}

type options struct{ all, quiet bool }

// What nothing leads to any more keeps no ways apart.
func swept(all bool) error {
	query()
	var o options
	if all {
		o.all = true
	} else {
		o.quiet = true
	}
	unknown(o.all)
	if unknown() {
		show("more")
	}
	return nil
}

// What is still read does.
func unswept(all bool) bool {
	query()
	o := new(options)
	if all {
		o.all = true
	} else {
		o.quiet = true
	}
	unknown()
	if unknown() {
		show("more")
	}
	return o.all
}

// Too many paths lead to one state: it has what they share.
//
// -> nil vague
func manyPaths(a, b, c bool) error {
	query()
	if a {
		show("a")
	}
	if b {
		show("b")
	}
	if c {
		show("c")
	}
	return nil
}
