package provisioner

import (
	"cmp"
	"time"

	"github.com/docker/go-connections/nat"
)

// A Config says what the containers of a Provisioner are made of, and how it
// treats the engine.
type Config struct {
	// Image is what the containers run, with Command in place of its own.
	Image   string
	Command []string
	// Port is where the agent listens in its container, 8080/tcp by default. It is
	// published on a free port of the loopback interface.
	Port nat.Port
	// Prefix begins the name of every container; the workspace's follows. One with a
	// letter that is no hexadecimal digit is best: the daemon takes the beginning of
	// a foreign container's id for a name that it does not know.
	Prefix string
	// Labels are added to every container.
	Labels map[string]string
	// Timeout is the longest that one call of the engine may take, 10 s by default.
	// Stopping may take Grace longer.
	Timeout time.Duration
	// Grace is what an agent has between being asked to stop and being killed, in
	// whole seconds; 10 s by default.
	Grace time.Duration
	// Inspects is how many inspects are made at the same time, 8 by default.
	Inspects int
	// Cooldown is how long an engine is left alone that gave no answer ten times in a
	// row, 1 s by default.
	Cooldown time.Duration
	// Confirm is how long a new connection waits for the engine to say that it is the
	// right agent's, 1 s by default.
	Confirm time.Duration
}

func (c Config) withDefaults() Config {
	c.Port = cmp.Or(c.Port, "8080/tcp")
	c.Timeout = cmp.Or(c.Timeout, 10*time.Second)
	c.Grace = cmp.Or(c.Grace, 10*time.Second)
	c.Inspects = cmp.Or(c.Inspects, 8)
	c.Cooldown = cmp.Or(c.Cooldown, time.Second)
	c.Confirm = cmp.Or(c.Confirm, time.Second)
	return c
}
