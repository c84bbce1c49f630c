package provisioner

import (
	"cmp"
	"context"
	"time"

	"github.com/cenkalti/backoff/v5"
)

// A SupervisorConfig says how much a Supervisor may restart.
type SupervisorConfig struct {
	// Restarts is how many containers are brought back at the same time, 4 by
	// default; the others wait for their turn.
	Restarts int
	// Backoff is about the pause after a workspace's first restart, 1 s by default, in
	// which its container is left dead. Pauses grow, up to MaxBackoff, 5 min by
	// default, and begin anew after as long again without a restart. One that the engine has
	// kept from being tried, by a fault, makes none grow.
	Backoff, MaxBackoff time.Duration
}

// A budget is what all restarts share.
type budget struct {
	config SupervisorConfig
	places chan struct{}
}

func newBudget(config SupervisorConfig) *budget {
	config.Restarts = cmp.Or(config.Restarts, 4)
	config.Backoff = cmp.Or(config.Backoff, time.Second)
	config.MaxBackoff = cmp.Or(config.MaxBackoff, 5*time.Minute)
	return &budget{config: config, places: make(chan struct{}, config.Restarts)}
}

// spend calls restart once there is a place for it, and answers its error, or the
// context's if that ends first.
func (b *budget) spend(ctx context.Context, restart func() error) error {
	select {
	case b.places <- struct{}{}:
		defer func() { <-b.places }()
		return restart()
	case <-ctx.Done():
		return ctx.Err()
	}
}

// pauses are those between the restarts of one workspace.
type pauses struct {
	growing *backoff.ExponentialBackOff
	until   time.Time // the last ends
}

func (b *budget) newPauses() pauses {
	growing := backoff.NewExponentialBackOff()
	growing.InitialInterval, growing.MaxInterval, growing.Multiplier = b.config.Backoff, b.config.MaxBackoff, 2
	growing.Reset()
	return pauses{growing: growing}
}

// begin begins the pause after a restart that ended with err.
func (p *pauses) begin(err error) {
	now := time.Now()
	if err != nil && !refused(err) {
		p.until = now.Add(p.growing.InitialInterval)
		return
	}
	if now.Sub(p.until) > p.growing.MaxInterval {
		p.growing.Reset()
	}
	p.until = now.Add(p.growing.NextBackOff())
}

// over reports whether no pause is in progress.
func (p *pauses) over() bool { return !time.Now().Before(p.until) }
