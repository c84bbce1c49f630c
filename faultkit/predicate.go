package faultkit

import (
	"context"
	"errors"
	"fmt"
	"reflect"
)

// A Predicate tells whether the container with a name or an id runs, of an engine
// that is reached at host, spelled as in DOCKER_HOST. It makes its client of that;
// it may keep it for as long as the host is the same. It answers a T, or a T and an
// error.
type Predicate[T any] interface {
	func(ctx context.Context, host, id string) T | func(ctx context.Context, host, id string) (T, error)
}

// A question is a Predicate of whatever type.
type question struct {
	ask func(ctx context.Context, host, id string) reply
	// tells says that the predicate has an error to tell a fault with, and plain that
	// its answer is a bool, so that what comes beside the error is an answer, too.
	tells, plain bool
	// present says that the predicate is of the presence of a container, stopped or
	// not.
	present bool
}

// A reply is what a predicate has answered.
type reply struct {
	alive bool
	err   error
	text  string // as it is shown
}

// ask makes a question of a predicate. alive says what a T means, and may be left
// out: a bool means what it says, and of anything that can be nil, nil means that
// there is no container.
func ask[T any, P Predicate[T]](predicate P, alive []func(T) bool) (question, error) {
	q := question{plain: reflect.TypeFor[T]().Kind() == reflect.Bool}
	means, err := meaning(&q, alive)
	if err != nil {
		return q, err
	}
	switch p := any(predicate).(type) {
	case func(context.Context, string, string) T:
		q.ask = func(ctx context.Context, host, id string) reply {
			v := p(ctx, host, id)
			return reply{means(v), nil, show(v)}
		}
	case func(context.Context, string, string) (T, error):
		q.tells = true
		q.ask = func(ctx context.Context, host, id string) reply {
			v, err := p(ctx, host, id)
			if err != nil {
				return reply{q.plain && means(v), err, "(" + show(v) + ", error)"}
			}
			return reply{means(v), nil, "(" + show(v) + ", nil)"}
		}
	}
	return q, nil
}

func meaning[T any](q *question, alive []func(T) bool) (func(T) bool, error) {
	switch {
	case len(alive) > 0:
		return alive[0], nil
	case q.plain:
		return func(v T) bool { return reflect.ValueOf(v).Bool() }, nil
	}
	switch reflect.TypeFor[T]().Kind() {
	case reflect.Pointer, reflect.Map, reflect.Slice, reflect.Interface:
		q.present = true
		return func(v T) bool { return any(v) != nil && !reflect.ValueOf(v).IsNil() }, nil
	}
	return nil, errors.New("faultkit: say with a function what a " + reflect.TypeFor[T]().String() + " means")
}

// show returns an answer as text: that of nil, or a short one.
func show(v any) string {
	if v == nil {
		return "nil"
	}
	switch value := reflect.ValueOf(v); value.Kind() {
	case reflect.Pointer, reflect.Map, reflect.Slice:
		if value.IsNil() {
			return "nil"
		}
		return "…"
	case reflect.Struct:
		return "…"
	}
	return fmt.Sprintf("%.20v", v)
}
