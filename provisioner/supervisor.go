package provisioner

import (
	"context"
	"errors"
	"net"
	"slices"
	"sync"
	"time"
)

// Containers are what a Supervisor watches over. *Provisioner is one.
type Containers interface {
	// Look answers by the contract in the package comment.
	Look(ctx context.Context, workspace string) (Verdict, error)
	// Revive brings back the container that a verdict says does not run, and answers
	// ErrChanged of one that has changed since.
	Revive(ctx context.Context, workspace string, v Verdict) error
	// Dial connects to a workspace's agent.
	Dial(ctx context.Context, workspace string) (net.Conn, error)
}

// A Supervisor brings back the containers that are dead, and touches no others.
type Supervisor struct {
	containers Containers
	telemetry  *Telemetry
	budget     *budget

	mu      sync.Mutex
	watched map[string]*life
	working work
	closing context.Context // done when what is in progress is to end
	cut     context.CancelFunc
	closed  bool
}

// A life is what a Supervisor remembers of a workspace's container.
type life struct {
	reviving bool
	revived  time.Time // when last with success
	pauses   pauses
}

// NewSupervisor returns a Supervisor that watches no workspace yet.
func NewSupervisor(containers Containers, telemetry *Telemetry, config SupervisorConfig) *Supervisor {
	s := &Supervisor{containers: containers, telemetry: telemetry, budget: newBudget(config), watched: map[string]*life{}}
	s.closing, s.cut = context.WithCancel(context.Background())
	return s
}

// Watch adds a workspace to those whose container is brought back when it is dead.
func (s *Supervisor) Watch(workspace string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.watched[workspace] == nil {
		s.watched[workspace] = &life{pauses: s.budget.newPauses()}
	}
}

// Forget takes a workspace away from them. A restart in progress goes on; one that
// waits for others to end does not begin.
func (s *Supervisor) Forget(workspace string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.watched, workspace)
}

// Watched returns the workspaces that are watched, in order.
func (s *Supervisor) Watched() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var names []string
	for name := range s.watched {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Wait waits until no restart is in progress. It answers the context's error if
// that ends first.
func (s *Supervisor) Wait(ctx context.Context) error { return s.working.wait(ctx) }

// Close begins no more restarts, and waits for those in progress. When ctx ends
// first they are broken off, and its error is the answer: the next Start of those
// workspaces finishes them.
func (s *Supervisor) Close(ctx context.Context) error {
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	defer s.cut()
	return s.Wait(ctx)
}

// A finding is what a Supervisor found out about a workspace.
type finding string

const (
	unwatched  finding = "unwatched"
	alive      finding = "alive"      // its container runs
	unknown    finding = "fault"      // the engine did not tell: as good as alive
	restarting finding = "restarting" // its container was dead, and is being brought back
	backingOff finding = "backoff"    // its container is dead, and was too often of late
	closing    finding = "closing"    // its container is dead, and stays so
)

// maybeMarkContainerDead asks whether the container of a workspace runs, and
// begins to bring it back if that is certain not to be so. A fault is logged and
// counted, and is no reason to restart anything: the daemon is busy when many
// ask at once, and that is when restarts do the most harm. It is asked once more: one
// strange answer is not to hide a death.
func (s *Supervisor) maybeMarkContainerDead(ctx context.Context, workspace, cause string) finding {
	if now := s.known(workspace); now != alive {
		return now
	}
	v, err := s.look(ctx, workspace)
	if err != nil && ctx.Err() == nil && worthAskingAgain(err) {
		v, err = s.look(ctx, workspace)
	}
	if err != nil {
		return unknown
	}
	if v.Running {
		return s.known(workspace) // it may be being brought back by now
	}
	return s.revive(ctx, workspace, cause, v)
}

// look asks about a container, and tells of a fault.
func (s *Supervisor) look(ctx context.Context, workspace string) (Verdict, error) {
	v, err := s.containers.Look(ctx, workspace)
	if err != nil && !errors.Is(ctx.Err(), context.Canceled) { // a caller that is gone is no fault
		s.telemetry.fault(ctx, workspace, err)
	}
	return v, err
}

// known returns what is known of a workspace without asking the engine: unwatched,
// restarting, or alive for want of doubt.
func (s *Supervisor) known(workspace string) finding {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, now := s.of(workspace)
	return now
}

// of is known, and what is remembered of the workspace, for who holds the lock.
func (s *Supervisor) of(workspace string) (*life, finding) {
	life := s.watched[workspace]
	switch {
	case life == nil:
		return nil, unwatched
	case life.reviving:
		return life, restarting
	}
	return life, alive
}

// lastRevived returns when the container of a workspace was brought back.
func (s *Supervisor) lastRevived(workspace string) time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	if life := s.watched[workspace]; life != nil {
		return life.revived
	}
	return time.Time{}
}

// revive brings back a container in the background, unless that is being done, or
// was a short time ago.
func (s *Supervisor) revive(ctx context.Context, workspace, cause string, v Verdict) finding {
	// The request that found it dead may be gone before the container is back.
	now := s.begin(workspace, func() error { return s.reviveOne(context.WithoutCancel(ctx), workspace, cause, v) })
	if now == backingOff || now == closing {
		s.telemetry.suppressed(ctx, workspace, string(now))
	}
	return now
}

// begin begins a restart, if there may be one now.
func (s *Supervisor) begin(workspace string, restart func() error) finding {
	s.mu.Lock()
	defer s.mu.Unlock()
	life, now := s.of(workspace)
	switch {
	case now != alive:
		return now
	case s.closed:
		return closing
	case !life.pauses.over():
		return backingOff
	}
	life.reviving = true
	s.working.begin(func() {
		err := restart()
		s.mu.Lock()
		defer s.mu.Unlock()
		life.ended(err)
	})
	return restarting
}

// ended is called when a restart has ended with err.
func (l *life) ended(err error) {
	l.reviving = false
	if errors.Is(err, ErrChanged) || errors.As(err, new(notBegun)) {
		return // nothing was done
	}
	l.pauses.begin(err)
	if err == nil {
		l.revived = time.Now()
	}
}

// reviveOne brings back a container once the budget allows it, and tells of it.
func (s *Supervisor) reviveOne(ctx context.Context, workspace, cause string, v Verdict) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(s.closing, cancel)()
	s.telemetry.exit(ctx, workspace, v)
	err := s.budget.spend(ctx, func() error {
		if now := s.wanted(workspace); now != restarting {
			return notBegun{now}
		}
		return s.containers.Revive(ctx, workspace, v)
	})
	if left, ok := errors.AsType[notBegun](err); ok {
		s.telemetry.suppressed(ctx, workspace, string(left.why))
	} else if errors.Is(err, ErrChanged) {
		s.telemetry.suppressed(ctx, workspace, "changed")
	} else {
		s.telemetry.restart(ctx, workspace, cause, err)
	}
	return err
}

// notBegun is the error of a restart that was no longer wanted when its turn came.
type notBegun struct{ why finding }

func (n notBegun) Error() string { return "not restarted: " + string(n.why) }

// wanted returns restarting, if a restart that has waited for its turn is to begin
// now, or why not.
func (s *Supervisor) wanted(workspace string) finding {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, now := s.of(workspace)
	switch {
	case now != restarting: // of late, though it may be watched anew
		return unwatched
	case s.closed:
		return closing
	}
	return restarting
}
