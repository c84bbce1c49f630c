package provisioner

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/cenkalti/backoff/v5"
	"github.com/containerd/errdefs"
	"github.com/docker/go-connections/nat"
	"github.com/sony/gobreaker/v2"
	"golang.org/x/sync/singleflight"
)

// An inspector asks the engine about containers, and spares it: those who ask
// about the same container at the same time share one question, only so many are
// asked at once, and after several in a row without an answer the engine is left
// alone for a while.
type inspector struct {
	engine  Engine
	port    nat.Port
	timeout time.Duration
	flights singleflight.Group
	places  chan struct{}
	breaker *gobreaker.CircuitBreaker[Verdict]
}

// failuresInARow is how many questions go unanswered before the engine is left
// alone.
const failuresInARow = 10

func newInspector(engine Engine, config Config) *inspector {
	return &inspector{
		engine: engine, port: config.Port, timeout: config.Timeout, places: make(chan struct{}, config.Inspects),
		breaker: gobreaker.NewCircuitBreaker[Verdict](gobreaker.Settings{
			Name:        "engine",
			Timeout:     config.Cooldown,
			ReadyToTrip: func(counts gobreaker.Counts) bool { return counts.ConsecutiveFailures >= failuresInARow },
			IsExcluded:  answered,
		}),
	}
}

// answered reports whether an error is one of an engine that answers, and at once:
// leaving it alone would help nobody.
func answered(err error) bool {
	return errors.Is(err, ErrAnswer) || errdefs.IsNotFound(err) || errdefs.IsInvalidArgument(err) ||
		errdefs.IsConflict(err) || errdefs.IsUnauthorized(err) || errdefs.IsPermissionDenied(err)
}

// ask returns what the engine says of the container with a name or an id; beside an
// error that is nothing. The answer may be that to a question which another caller has begun to ask. A caller
// whose context ends stops waiting, and is told so; the question goes on.
func (i *inspector) ask(ctx context.Context, ref string) (Verdict, error) {
	flight := i.flights.DoChan(ref, func() (any, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), i.timeout)
		defer cancel()
		return i.query(ctx, ref)
	})
	select {
	case answer := <-flight:
		return answer.Val.(Verdict), answer.Err
	case <-ctx.Done():
		return Verdict{}, ctx.Err()
	}
}

// askSince is ask for an answer that is not older than a time: it says how things
// were after it.
func (i *inspector) askSince(ctx context.Context, ref string, since time.Time) (Verdict, error) {
	for {
		v, err := i.ask(ctx, ref)
		if err != nil || !v.asked.Before(since) {
			return v, err
		}
	}
}

// insist is askSince that asks again, a few times, what the engine did not answer, for
// those who are in the middle of something. For one that is stalled it waits twice.
func (i *inspector) insist(ctx context.Context, ref string, since time.Time) (Verdict, error) {
	pauses := backoff.NewExponentialBackOff()
	pauses.InitialInterval = 10 * time.Millisecond
	stalls := 0
	return backoff.Retry(ctx, func() (Verdict, error) {
		v, err := i.askSince(ctx, ref, since)
		if errors.Is(err, context.DeadlineExceeded) {
			stalls++
		}
		if err != nil && (!worthAskingAgain(err) || stalls > 1) {
			err = backoff.Permanent(err)
		}
		return v, err
	}, backoff.WithBackOff(pauses), backoff.WithMaxTries(4))
}

// persist is askSince that asks until the engine answers, or ctx ends: for those who
// would not know what they have done.
func (i *inspector) persist(ctx context.Context, ref string, since time.Time) (Verdict, error) {
	pauses := backoff.NewExponentialBackOff()
	pauses.InitialInterval, pauses.MaxInterval = 10*time.Millisecond, 200*time.Millisecond
	var last error
	v, err := backoff.Retry(ctx, func() (Verdict, error) {
		var v Verdict
		if v, last = i.askSince(ctx, ref, since); errors.Is(last, context.Canceled) {
			return v, backoff.Permanent(last) // nobody waits any more
		}
		return v, last
	}, backoff.WithBackOff(pauses), backoff.WithMaxElapsedTime(0))
	if err != nil && ctx.Err() != nil {
		err = errors.Join(last, ctx.Err()) // for want of time, and why
	}
	return v, err
}

// worthAskingAgain reports whether a fault may have been one of a single question: the
// engine is not left alone, and somebody waits. A deadline is no exception: the body of
// one answer may have stalled, of an engine that answers the next.
func worthAskingAgain(err error) bool {
	return !errors.Is(err, context.Canceled) && !errors.Is(err, gobreaker.ErrOpenState) && !errors.Is(err, gobreaker.ErrTooManyRequests)
}

// query asks the engine itself, once there is a place.
func (i *inspector) query(ctx context.Context, ref string) (Verdict, error) {
	select {
	case i.places <- struct{}{}:
		defer func() { <-i.places }()
	case <-ctx.Done():
		return Verdict{}, fmt.Errorf("%d inspects are in progress: %w", cap(i.places), ctx.Err())
	}
	return i.breaker.Execute(func() (Verdict, error) { return i.inspect(ctx, ref) })
}

// inspect makes a verdict of what the engine answers.
func (i *inspector) inspect(ctx context.Context, ref string) (Verdict, error) {
	asked := time.Now()
	info, err := i.engine.ContainerInspect(ctx, ref)
	if isContainerNotFound(err, ref) {
		return Verdict{asked: asked}, nil
	}
	if err != nil {
		return Verdict{Running: true}, err
	}
	return read(info, ref, i.port, asked, i.timeout)
}
