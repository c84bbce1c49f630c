package provisioner

import (
	"cmp"
	"context"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

// A MonitorConfig says how patient a Monitor is.
type MonitorConfig struct {
	// Interval is the time between two heartbeats of an agent, and between two
	// looks of the monitor; 30 s by default.
	Interval time.Duration
	// TTL is how long an agent may be silent before its container is asked about;
	// 180 s by default, so that five missed heartbeats are survived.
	TTL time.Duration
}

// A Monitor asks about the containers of agents that are silent. Silence is no
// verdict: an agent that is busy, and a network that is, are silent too.
type Monitor struct {
	supervisor *Supervisor
	config     MonitorConfig

	mu    sync.Mutex
	heard map[string]time.Time // by workspace
}

// maxQueries is how many containers a Monitor asks about at the same time: a busy
// daemon is not to be made busier.
const maxQueries = 4

// NewMonitor returns a Monitor of the workspaces that supervisor watches.
func NewMonitor(supervisor *Supervisor, config MonitorConfig) *Monitor {
	config.Interval = cmp.Or(config.Interval, 30*time.Second)
	config.TTL = cmp.Or(config.TTL, 180*time.Second)
	return &Monitor{supervisor: supervisor, config: config, heard: map[string]time.Time{}}
}

// Beat records a heartbeat of a workspace's agent. It reports false, and remembers
// nothing, if nobody watches that workspace.
//
// It is for the caller to make sure that it is that agent's: who can beat for
// another keeps its dead container from being asked about. A token that the
// container is started with, or a client certificate, is what is expected.
func (m *Monitor) Beat(workspace string) bool {
	if m.supervisor.known(workspace) == unwatched {
		return false
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.heard[workspace] = time.Now()
	return true
}

// Run looks after the workspaces until ctx is done.
func (m *Monitor) Run(ctx context.Context) {
	tick := time.NewTicker(m.config.Interval)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			m.look(ctx)
		}
	}
}

// look asks about every suspect. One that the engine does not tell about stays
// suspect, and is asked about at the next look.
func (m *Monitor) look(ctx context.Context) {
	var queries errgroup.Group
	queries.SetLimit(maxQueries)
	for _, workspace := range m.suspects() {
		queries.Go(func() error {
			if m.supervisor.maybeMarkContainerDead(ctx, workspace, "liveness") == alive {
				m.supervisor.telemetry.silent(ctx, workspace)
			}
			return nil
		})
	}
	queries.Wait()
}

// suspects returns the workspaces whose agents are silent for longer than the
// TTL. The time of one that was never heard begins now.
func (m *Monitor) suspects() []string {
	watched := m.supervisor.Watched()
	m.mu.Lock()
	defer m.mu.Unlock()
	now := time.Now()
	heard := make(map[string]time.Time, len(watched))
	var suspects []string
	for _, workspace := range watched {
		last, ok := m.heard[workspace]
		if !ok {
			last = now
		}
		heard[workspace] = last
		if revived := m.supervisor.lastRevived(workspace); revived.After(last) {
			last = revived // the agent in it has all its time
		}
		if now.Sub(last) > m.config.TTL {
			suspects = append(suspects, workspace)
		}
	}
	m.heard = heard // those that are no longer watched are forgotten
	return suspects
}
