package provisioner

import (
	"context"
	"sync"
)

// turns let one act at a time at each workspace. The zero value is ready. It
// remembers the workspaces that somebody acts at, and no others.
type turns struct {
	mu   sync.Mutex
	held map[string]*turn
}

type turn struct {
	free  chan struct{} // holds one token
	users int           // that act, or wait
}

// take waits for the turn at a workspace. It answers the context's error when that
// ends first; else release gives the turn back.
func (t *turns) take(ctx context.Context, workspace string) (release func(), err error) {
	t.mu.Lock()
	if t.held == nil {
		t.held = map[string]*turn{}
	}
	turnOf := t.held[workspace]
	if turnOf == nil {
		turnOf = &turn{free: make(chan struct{}, 1)}
		t.held[workspace] = turnOf
	}
	turnOf.users++
	t.mu.Unlock()
	select {
	case turnOf.free <- struct{}{}:
		return func() { <-turnOf.free; t.leave(workspace) }, nil
	case <-ctx.Done():
		t.leave(workspace)
		return nil, ctx.Err()
	}
}

func (t *turns) leave(workspace string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	turnOf := t.held[workspace]
	if turnOf.users--; turnOf.users == 0 {
		delete(t.held, workspace)
	}
}

// taken reports whether somebody acts at a workspace, or is about to.
func (t *turns) taken(workspace string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.held[workspace] != nil
}
