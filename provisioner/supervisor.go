package provisioner

import (
	"context"
	"slices"
	"sync"
)

// Containers are what a Supervisor watches over. *Provisioner is one.
type Containers interface {
	// IsRunning answers by the contract in the package comment.
	IsRunning(ctx context.Context, workspace string) (bool, error)
	// Restart makes the container of a workspace anew.
	Restart(ctx context.Context, workspace string) error
	// Address returns the host and port of a workspace's agent.
	Address(ctx context.Context, workspace string) (string, error)
}

// A Supervisor restarts the containers that are dead, and no others.
type Supervisor struct {
	containers Containers
	telemetry  *Telemetry

	mu      sync.Mutex
	watched map[string]*life
	running sync.WaitGroup // restarts
}

// A life is what the supervisor remembers of a workspace's container.
type life struct {
	restarting bool
	// generation counts the restarts that have ended: a verdict about an earlier
	// container says nothing of this one.
	generation int
}

// NewSupervisor returns a Supervisor that watches no workspace yet.
func NewSupervisor(containers Containers, telemetry *Telemetry) *Supervisor {
	return &Supervisor{containers: containers, telemetry: telemetry, watched: map[string]*life{}}
}

// Watch adds a workspace to those whose container is restarted when it is dead.
func (s *Supervisor) Watch(workspace string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.watched[workspace] == nil {
		s.watched[workspace] = &life{}
	}
}

// Forget takes a workspace away from them. A restart in progress goes on.
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

// Wait waits until no restart is in progress.
func (s *Supervisor) Wait() { s.running.Wait() }

// A verdict is what a Supervisor found out about a workspace.
type verdict int

const (
	unwatched  verdict = iota
	alive              // its container runs
	unknown            // the engine did not tell: as good as alive
	restarting         // its container was dead, and is being made anew
)

// maybeMarkContainerDead asks whether the container of a workspace runs, and
// begins to restart it if that is certain not to be so. A fault is logged and
// counted, and is no reason to restart anything: the daemon is busy when many
// ask at once, and that is when restarts do the most harm.
func (s *Supervisor) maybeMarkContainerDead(ctx context.Context, workspace, cause string) verdict {
	now, generation := s.look(workspace)
	if now != alive {
		return now
	}
	running, err := s.containers.IsRunning(ctx, workspace)
	if err != nil {
		s.telemetry.fault(ctx, workspace, err)
		return unknown
	}
	if running {
		return alive
	}
	s.restart(ctx, workspace, cause, generation)
	return restarting
}

// look returns what is known of a workspace without asking the engine: unwatched,
// restarting, or alive for want of doubt.
func (s *Supervisor) look(workspace string) (now verdict, generation int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	life := s.watched[workspace]
	switch {
	case life == nil:
		return unwatched, 0
	case life.restarting:
		return restarting, life.generation
	}
	return alive, life.generation
}

// restart restarts the container of a workspace in the background, once for each
// generation: whoever else found the same container dead finds it restarting, or
// restarted.
func (s *Supervisor) restart(ctx context.Context, workspace, cause string, generation int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	life := s.watched[workspace]
	if life == nil || life.restarting || life.generation != generation {
		return
	}
	life.restarting = true
	// The request that found it dead may be gone before the container is back.
	ctx = context.WithoutCancel(ctx)
	s.running.Go(func() {
		err := s.containers.Restart(ctx, workspace)
		s.telemetry.restart(ctx, workspace, cause, err)
		s.mu.Lock()
		defer s.mu.Unlock()
		life.restarting = false
		life.generation++
	})
}
