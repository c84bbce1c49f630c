package provisioner

import (
	"context"
	"sync"
)

// work is what goes on in the background. Other than a sync.WaitGroup's, its wait
// may be called while more begins. The zero value is ready.
type work struct {
	mu    sync.Mutex
	count int
	idle  chan struct{} // closed when nothing is left
}

// begin calls do in the background.
func (w *work) begin(do func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.count == 0 {
		w.idle = make(chan struct{})
	}
	w.count++
	go func() {
		defer w.end()
		do()
	}()
}

func (w *work) end() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.count--; w.count == 0 {
		close(w.idle)
	}
}

// wait waits until nothing is left, or ctx is done, and answers its error then.
func (w *work) wait(ctx context.Context) error {
	w.mu.Lock()
	idle, count := w.idle, w.count
	w.mu.Unlock()
	if count == 0 {
		return nil
	}
	select {
	case <-idle:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
