// Package agent is a workspace's agent for tests and examples: it takes tasks of
// other agents and works on one at a time.
package agent

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"sync"
	"time"
)

// Port is where the agent listens in a container.
const Port = "8080/tcp"

// An Agent is an http.Handler.
//
//	POST /tasks/{id}?work=2s  takes a task, and answers once it is done. A task
//	                          that is asked for again is not begun again, nor does
//	                          it end when who asked for it hangs up
//	GET  /tasks               lists the tasks that it has taken, one a line
//	GET  /health              answers at once
type Agent struct {
	http.Handler
	mu    sync.Mutex
	tasks map[string]chan struct{} // closed when done
	free  chan struct{}            // holds one token: it works on one at a time
}

// New returns an agent that has no task.
func New() *Agent {
	a := &Agent{tasks: map[string]chan struct{}{}, free: make(chan struct{}, 1)}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /health", func(http.ResponseWriter, *http.Request) {})
	mux.HandleFunc("GET /tasks", a.list)
	mux.HandleFunc("POST /tasks/{id}", a.task)
	a.Handler = mux
	return a
}

func (a *Agent) task(w http.ResponseWriter, r *http.Request) {
	var work time.Duration
	if s := r.FormValue("work"); s != "" {
		var err error
		if work, err = time.ParseDuration(s); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
	}
	id := r.PathValue("id")
	select {
	case <-a.begin(id, work):
		fmt.Fprintf(w, "task %s is done\n", id)
	case <-r.Context().Done():
	}
}

func (a *Agent) list(w http.ResponseWriter, _ *http.Request) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, id := range slices.Sorted(maps.Keys(a.tasks)) {
		fmt.Fprintln(w, id)
	}
}

// begin works on a task, unless it has begun, and returns what ends with it.
func (a *Agent) begin(id string, work time.Duration) <-chan struct{} {
	a.mu.Lock()
	defer a.mu.Unlock()
	done := a.tasks[id]
	if done == nil {
		done = make(chan struct{})
		a.tasks[id] = done
		go func() {
			a.free <- struct{}{}
			time.Sleep(work)
			<-a.free
			close(done)
		}()
	}
	return done
}
