package provisioner

import (
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// A sampler lets through the first lines of each kind, and then one now and then:
// an outage of the engine is one event, however many requests meet it.
type sampler struct {
	mu    sync.Mutex
	kinds map[string]*sample
}

type sample struct {
	rate.Sometimes
	dropped int // since the last that was let through
}

// The first lines of a kind that are let through, and the time between those after.
const (
	sampleFirst = 10
	sampleEvery = 10 * time.Second
)

// do calls log with how many lines of the kind were dropped before, or drops this
// one. Kinds must be few.
func (s *sampler) do(kind string, log func(dropped int)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.kinds == nil {
		s.kinds = map[string]*sample{}
	}
	k := s.kinds[kind]
	if k == nil {
		k = &sample{Sometimes: rate.Sometimes{First: sampleFirst, Interval: sampleEvery}}
		s.kinds[kind] = k
	}
	k.dropped++
	k.Do(func() {
		log(k.dropped - 1)
		k.dropped = 0
	})
}
