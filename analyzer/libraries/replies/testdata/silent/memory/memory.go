// Package memory keeps connections, and asks nobody for them.
package memory

import (
	"fmt"
	"sync"
)

type Conn struct{ Host string }

type Pool struct {
	mu    sync.Mutex
	conns map[int]*Conn
}

func New() *Pool { return &Pool{conns: map[int]*Conn{}} }

func (p *Pool) Get(id int) (*Conn, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	c, ok := p.conns[id]
	if !ok {
		return nil, fmt.Errorf("connection %d is not registered", id)
	}
	return c, nil
}
