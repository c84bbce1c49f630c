package dockerfault

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/api/types/filters"
	"github.com/docker/go-connections/nat"
)

// engineVersion is the version of the API that an Engine speaks.
const engineVersion = "1.41"

// An Engine is as much of a Docker engine as the life of a container takes, in
// this process: create, start, stop, kill, remove, inspect and list over HTTP. Its
// containers are not isolated from anything; each serves HTTP on a port of the
// loopback interface, which stands for every port that it publishes.
type Engine struct {
	agent  func() http.Handler
	server *http.Server
	host   string

	mu         sync.Mutex
	containers map[string]*process // by id
}

// A process is a container of an Engine.
type process struct {
	id, name string
	created  time.Time
	config   container.Config
	ports    nat.PortMap
	server   *http.Server // nil when it does not run
	address  *net.TCPAddr
}

// NewEngine starts an engine on a free port of the loopback interface. Every
// container, each time it starts, serves what agent returns.
func NewEngine(agent func() http.Handler) (*Engine, error) {
	e := &Engine{agent: agent, containers: map[string]*process{}}
	mux := http.NewServeMux()
	mux.HandleFunc("/_ping", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "OK") })
	mux.HandleFunc("POST /containers/create", e.create)
	mux.HandleFunc("GET /containers/json", e.list)
	mux.HandleFunc("GET /containers/{id}/json", e.with(e.inspect))
	mux.HandleFunc("POST /containers/{id}/start", e.with(e.start))
	mux.HandleFunc("POST /containers/{id}/stop", e.with(e.stop))
	mux.HandleFunc("POST /containers/{id}/kill", e.with(e.stop))
	mux.HandleFunc("DELETE /containers/{id}", e.with(e.remove))
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { refuse(w, http.StatusNotFound, "page not found") })
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	e.host = "tcp://" + l.Addr().String()
	e.server = &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.URL.Path = version.ReplaceAllString(r.URL.Path, "/")
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
	for _, p := range e.containers {
		p.kill()
	}
	return e.server.Close()
}

// with finds the container that a call is about, by id or name.
func (e *Engine) with(serve func(http.ResponseWriter, *http.Request, *process)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		e.mu.Lock()
		defer e.mu.Unlock()
		id := r.PathValue("id")
		for _, p := range e.containers {
			if p.id == id || p.name == id {
				serve(w, r, p)
				return
			}
		}
		refuse(w, http.StatusNotFound, "No such container: "+id)
	}
}

func (e *Engine) create(w http.ResponseWriter, r *http.Request) {
	var body struct {
		container.Config
		HostConfig container.HostConfig
	}
	if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
		refuse(w, http.StatusBadRequest, err.Error())
		return
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	name := r.URL.Query().Get("name")
	for _, p := range e.containers {
		if p.name == name && name != "" {
			refuse(w, http.StatusConflict, fmt.Sprintf("Conflict. The container name %q is already in use by container %q.", "/"+name, p.id))
			return
		}
	}
	var id [32]byte
	rand.Read(id[:])
	p := &process{id: hex.EncodeToString(id[:]), name: name, created: time.Now(), config: body.Config, ports: body.HostConfig.PortBindings}
	e.containers[p.id] = p
	answer(w, http.StatusCreated, container.CreateResponse{ID: p.id, Warnings: []string{}})
}

func (e *Engine) start(w http.ResponseWriter, _ *http.Request, p *process) {
	if p.server != nil {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		refuse(w, http.StatusInternalServerError, err.Error())
		return
	}
	p.address = l.Addr().(*net.TCPAddr)
	p.server = &http.Server{Handler: e.agent()}
	go p.server.Serve(l)
	w.WriteHeader(http.StatusNoContent)
}

func (e *Engine) stop(w http.ResponseWriter, _ *http.Request, p *process) {
	if p.server == nil {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	p.kill()
	w.WriteHeader(http.StatusNoContent)
}

func (e *Engine) remove(w http.ResponseWriter, r *http.Request, p *process) {
	if p.server != nil && r.URL.Query().Get("force") != "1" {
		refuse(w, http.StatusConflict, fmt.Sprintf("You cannot remove a running container %s. Stop the container before attempting removal or force remove", p.id))
		return
	}
	p.kill()
	delete(e.containers, p.id)
	w.WriteHeader(http.StatusNoContent)
}

func (e *Engine) inspect(w http.ResponseWriter, _ *http.Request, p *process) {
	settings := &container.NetworkSettings{}
	if p.server != nil {
		settings.Ports = nat.PortMap{}
		for port := range p.ports {
			settings.Ports[port] = []nat.PortBinding{{HostIP: p.address.IP.String(), HostPort: fmt.Sprint(p.address.Port)}}
		}
	}
	answer(w, http.StatusOK, container.InspectResponse{
		ContainerJSONBase: &container.ContainerJSONBase{
			ID: p.id, Name: "/" + p.name, Created: p.created.Format(time.RFC3339Nano),
			State: &container.State{Status: p.status(), Running: p.server != nil},
		},
		Config:          &p.config,
		NetworkSettings: settings,
	})
}

func (e *Engine) list(w http.ResponseWriter, r *http.Request) {
	wanted, err := filters.FromJSON(r.URL.Query().Get("filters"))
	if err != nil {
		refuse(w, http.StatusBadRequest, err.Error())
		return
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	found := []container.Summary{}
	for _, p := range e.containers {
		if (p.server != nil || r.URL.Query().Get("all") == "1") && wanted.MatchKVList("label", p.config.Labels) {
			found = append(found, container.Summary{ID: p.id, Names: []string{"/" + p.name}, Image: p.config.Image, Labels: p.config.Labels, Created: p.created.Unix(), State: p.status()})
		}
	}
	slices.SortFunc(found, func(a, b container.Summary) int { return strings.Compare(a.ID, b.ID) })
	answer(w, http.StatusOK, found)
}

// kill ends a process and breaks off what it was doing.
func (p *process) kill() {
	if p.server != nil {
		p.server.Close()
		p.server = nil
	}
}

func (p *process) status() container.ContainerState {
	if p.server != nil {
		return container.StateRunning
	}
	return container.StateExited
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(body)
}

func refuse(w http.ResponseWriter, status int, message string) {
	answer(w, status, map[string]string{"message": message})
}
