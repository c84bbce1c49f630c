package faultkit

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// engineVersion is the version of the API that an Engine speaks.
const engineVersion = "1.41"

// An Engine is as much of a Docker engine as the life of a container takes, in
// this process: create, start, stop, restart, kill, pause, rename, remove, inspect and list
// over HTTP, with the messages of moby. Its containers are not isolated from
// anything; each has a volume that holds nothing, and serves HTTP on a port of the
// loopback interface, which stands for every port that it publishes.
type Engine struct {
	agent  func() http.Handler
	server *http.Server
	host   string

	mu         sync.Mutex
	containers map[string]*container // by id
}

// NewEngine starts an engine on a free port of the loopback interface. Every
// container, each time it starts, serves what agent returns. The error is that of
// listening.
func NewEngine(agent func() http.Handler) (*Engine, error) {
	e := &Engine{agent: agent, containers: map[string]*container{}}
	mux := http.NewServeMux()
	mux.HandleFunc("/_ping", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "OK") })
	mux.HandleFunc("GET /version", func(w http.ResponseWriter, _ *http.Request) {
		respond(w, http.StatusOK, map[string]string{"Version": "20.10.0", "ApiVersion": engineVersion, "MinAPIVersion": "1.12", "Os": "linux"})
	})
	mux.HandleFunc("POST /containers/create", e.create)
	mux.HandleFunc("GET /containers/json", e.list)
	mux.HandleFunc("GET /containers/{id}/json", e.with(e.inspect))
	mux.HandleFunc("POST /containers/{id}/start", e.with(e.start))
	mux.HandleFunc("POST /containers/{id}/stop", e.with(e.stop(143)))
	mux.HandleFunc("POST /containers/{id}/kill", e.with(e.stop(137)))
	mux.HandleFunc("POST /containers/{id}/restart", e.with(e.restart))
	mux.HandleFunc("POST /containers/{id}/pause", e.with(e.pause("running", "paused")))
	mux.HandleFunc("POST /containers/{id}/unpause", e.with(e.pause("paused", "running")))
	mux.HandleFunc("POST /containers/{id}/rename", e.with(e.rename))
	mux.HandleFunc("DELETE /containers/{id}", e.with(e.remove))
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { refuse(w, http.StatusNotFound, "page not found") })
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	e.host = "tcp://" + l.Addr().String()
	e.server = &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.URL.Path = plain(r)
		w.Header().Set("Api-Version", engineVersion)
		mux.ServeHTTP(w, r)
	})}
	go e.server.Serve(l)
	return e, nil
}

// Host returns where the engine listens, as DOCKER_HOST spells it.
func (e *Engine) Host() string { return e.host }

// Close closes the engine and kills its containers.
func (e *Engine) Close() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, c := range e.containers {
		c.kill(137)
	}
	return e.server.Close()
}

// run creates a container with a name, and starts it.
func (e *Engine) run(name string) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	c := &container{id: newID(), name: name, created: time.Now()}
	e.containers[c.id] = c
	return c.run(e.agent())
}

// Set puts the container with a name or an id into a state that calls of the API
// do not lead to at will: "removing", "dead", "restarting", or "exited" with a code.
// It reports whether there is such a container.
func (e *Engine) Set(ref string, s State) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	c := e.find(ref)
	if c == nil {
		return false
	}
	if !s.live() {
		c.kill(s.ExitCode)
	}
	c.state.Status, c.state.ExitCode, c.state.OOMKilled = s.Status, s.ExitCode, s.OOMKilled
	return true
}

// find returns a container by id, name, or the beginning of an id, in the order of
// the daemon, or nil.
func (e *Engine) find(ref string) *container {
	if c := e.containers[ref]; c != nil {
		return c
	}
	var found *container
	for id, c := range e.containers {
		if c.name == ref {
			return c
		}
		if ref != "" && strings.HasPrefix(id, ref) {
			found = c
		}
	}
	return found
}

// with finds the container that a call is about.
func (e *Engine) with(serve func(http.ResponseWriter, *http.Request, *container)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		e.mu.Lock()
		defer e.mu.Unlock()
		id := r.PathValue("id")
		if c := e.find(id); c != nil {
			serve(w, r, c)
			return
		}
		refuse(w, http.StatusNotFound, "No such container: "+id)
	}
}

// named answers a conflict, and true, if a name is taken.
func (e *Engine) named(w http.ResponseWriter, name string) bool {
	for _, c := range e.containers {
		if c.name == name && name != "" {
			refuse(w, http.StatusConflict, fmt.Sprintf("Conflict. The container name %q is already in use by container %q.", "/"+name, c.id))
			return true
		}
	}
	return false
}

func (e *Engine) create(w http.ResponseWriter, r *http.Request) {
	var wanted creation
	if err := json.NewDecoder(r.Body).Decode(&wanted); err != nil {
		refuse(w, http.StatusBadRequest, err.Error())
		return
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	name := r.URL.Query().Get("name")
	if e.named(w, name) {
		return
	}
	c := &container{id: newID(), name: name, created: time.Now(), wanted: wanted, state: State{Status: "created"}}
	if c.name == "" {
		c.name = c.id[:12]
	}
	for _, from := range wanted.HostConfig.VolumesFrom {
		other := e.find(from)
		if other == nil {
			refuse(w, http.StatusNotFound, "No such container: "+from)
			return
		}
		c.volumes = maps.Clone(other.volumes)
	}
	if len(c.volumes) == 0 {
		c.volumes = map[string]string{"/data": newID()}
	}
	e.containers[c.id] = c
	respond(w, http.StatusCreated, map[string]any{"Id": c.id, "Warnings": []string{}})
}

func (e *Engine) start(w http.ResponseWriter, _ *http.Request, c *container) {
	switch {
	case c.server != nil:
		w.WriteHeader(http.StatusNotModified)
		return
	case c.state.Status == "removing" || c.state.Status == "dead":
		refuse(w, http.StatusConflict, "container is marked for removal and cannot be started")
		return
	}
	if err := c.run(e.agent()); err != nil {
		refuse(w, http.StatusInternalServerError, "driver failed programming external connectivity: "+err.Error())
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func (e *Engine) stop(code int) func(http.ResponseWriter, *http.Request, *container) {
	return func(w http.ResponseWriter, _ *http.Request, c *container) {
		if c.server == nil {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		c.kill(code)
		w.WriteHeader(http.StatusNoContent)
	}
}

func (e *Engine) restart(w http.ResponseWriter, r *http.Request, c *container) {
	c.kill(143)
	e.start(w, r, c)
}

// pause takes a container from one state to another. It answers all the same: its
// port is the host's.
func (e *Engine) pause(from, to string) func(http.ResponseWriter, *http.Request, *container) {
	return func(w http.ResponseWriter, _ *http.Request, c *container) {
		if c.state.Status != from {
			refuse(w, http.StatusConflict, fmt.Sprintf("Container %s is not %s", c.id, from))
			return
		}
		c.state.Status = to
		w.WriteHeader(http.StatusNoContent)
	}
}

func (e *Engine) rename(w http.ResponseWriter, r *http.Request, c *container) {
	name := r.URL.Query().Get("name")
	if !e.named(w, name) {
		c.name = name
		w.WriteHeader(http.StatusNoContent)
	}
}

func (e *Engine) remove(w http.ResponseWriter, r *http.Request, c *container) {
	if c.server != nil && r.URL.Query().Get("force") != "1" {
		refuse(w, http.StatusConflict, fmt.Sprintf("You cannot remove a running container %s. Stop the container before attempting removal or force remove", c.id))
		return
	}
	c.kill(137)
	delete(e.containers, c.id)
	w.WriteHeader(http.StatusNoContent)
}

func (e *Engine) inspect(w http.ResponseWriter, _ *http.Request, c *container) {
	respond(w, http.StatusOK, c.inspected())
}

func (e *Engine) list(w http.ResponseWriter, r *http.Request) {
	var wanted filters
	if text := r.URL.Query().Get("filters"); text != "" {
		if err := json.Unmarshal([]byte(text), &wanted); err != nil {
			refuse(w, http.StatusBadRequest, err.Error())
			return
		}
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	found := []listed{}
	for _, c := range e.containers {
		all := r.URL.Query().Get("all")
		if (c.state.live() || all == "1" || all == "true") && wanted.match(c) {
			found = append(found, listed{c.id, []string{"/" + c.name}, c.wanted.Image, c.wanted.Labels, c.created.Unix(), c.state.Status})
		}
	}
	slices.SortFunc(found, func(a, b listed) int { return strings.Compare(a.ID, b.ID) })
	respond(w, http.StatusOK, found)
}

func newID() string {
	var id [32]byte
	rand.Read(id[:])
	return hex.EncodeToString(id[:])
}

func respond(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(body)
}

func refuse(w http.ResponseWriter, status int, message string) {
	respond(w, status, map[string]string{"message": message})
}
