package faultkit

import (
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"
)

// A State is that of a container, in the words of the API.
type State struct {
	// Status is created, running, paused, restarting, removing, exited or dead.
	Status    string
	ExitCode  int
	OOMKilled bool
}

// live reports whether a container in the state has a process.
func (s State) live() bool {
	return s.Status == "running" || s.Status == "paused" || s.Status == "restarting"
}

// A container is one of an Engine.
type container struct {
	id, name string
	created  time.Time
	started  time.Time
	finished time.Time
	wanted   creation
	state    State
	volumes  map[string]string // names, by path
	server   *http.Server      // nil when it does not run
	address  *net.TCPAddr
}

// A creation is what a container was asked to be.
type creation struct {
	Image      string
	Cmd        []string
	Labels     map[string]string
	HostConfig struct {
		PortBindings map[string][]binding
		VolumesFrom  []string
	}
}

type binding struct {
	HostIP   string `json:"HostIp"`
	HostPort string
}

// port returns the port that a container is to be reached on, "0" for any.
func (c creation) port() string {
	for _, bindings := range c.HostConfig.PortBindings {
		for _, b := range bindings {
			if b.HostPort != "" {
				return b.HostPort
			}
		}
	}
	return "0"
}

// run starts a container.
func (c *container) run(agent http.Handler) error {
	l, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", c.wanted.port()))
	if err != nil {
		return err
	}
	c.address = l.Addr().(*net.TCPAddr)
	c.server = &http.Server{Handler: agent}
	go c.server.Serve(l)
	c.state, c.started = State{Status: "running"}, time.Now()
	return nil
}

// kill ends a container and breaks off what it was doing.
func (c *container) kill(code int) {
	if c.server != nil {
		c.server.Close()
		c.server, c.finished = nil, time.Now()
		c.state = State{Status: "exited", ExitCode: code}
	}
}

// inspected is the answer to an inspect, as much of it as the state takes.
func (c *container) inspected() any {
	ports := map[string][]binding{}
	if c.server != nil {
		for port := range c.wanted.HostConfig.PortBindings {
			ports[port] = []binding{{c.address.IP.String(), fmt.Sprint(c.address.Port)}}
		}
	}
	mounts := []map[string]any{}
	for path, name := range c.volumes {
		mounts = append(mounts, map[string]any{"Type": "volume", "Name": name, "Destination": path, "RW": true})
	}
	return map[string]any{
		"Id": c.id, "Name": "/" + c.name, "Created": c.created.Format(time.RFC3339Nano), "Image": c.wanted.Image,
		"State": map[string]any{
			"Status": c.state.Status, "Running": c.state.live(), "Paused": c.state.Status == "paused",
			"Restarting": c.state.Status == "restarting", "Dead": c.state.Status == "dead",
			"ExitCode": c.state.ExitCode, "OOMKilled": c.state.OOMKilled,
			"StartedAt": c.started.Format(time.RFC3339Nano), "FinishedAt": c.finished.Format(time.RFC3339Nano),
		},
		"Config":          map[string]any{"Image": c.wanted.Image, "Cmd": c.wanted.Cmd, "Labels": c.wanted.Labels},
		"HostConfig":      map[string]any{"PortBindings": c.wanted.HostConfig.PortBindings, "VolumesFrom": c.wanted.HostConfig.VolumesFrom},
		"Mounts":          mounts,
		"NetworkSettings": map[string]any{"Ports": ports},
	}
}

// listed is a container in the answer to a list.
type listed struct {
	ID      string `json:"Id"`
	Names   []string
	Image   string
	Labels  map[string]string
	Created int64
	State   string
}

// filters are those of a list: {"label":{"k=v":true}} or {"label":["k=v"]}.
type filters map[string]words

type words []string

// UnmarshalJSON understands both forms, of newer clients and of older.
func (w *words) UnmarshalJSON(text []byte) error {
	var set map[string]bool
	if json.Unmarshal(text, &set) == nil {
		for word := range set {
			*w = append(*w, word)
		}
		return nil
	}
	return json.Unmarshal(text, (*[]string)(w))
}

// match reports whether a container has all the labels, and the beginning of a name
// or an id, that are asked for.
func (f filters) match(c *container) bool {
	for _, label := range f["label"] {
		key, value, exact := strings.Cut(label, "=")
		if got, ok := c.wanted.Labels[key]; !ok || exact && got != value {
			return false
		}
	}
	return f.any("name", func(name string) bool { return strings.Contains("/"+c.name, strings.Trim(name, "^$")) }) &&
		f.any("id", func(id string) bool { return strings.HasPrefix(c.id, id) })
}

// any reports whether one of the words of a filter matches, or there are none.
func (f filters) any(filter string, match func(string) bool) bool {
	for _, word := range f[filter] {
		if match(word) {
			return true
		}
	}
	return len(f[filter]) == 0
}
