package faultkit

import (
	"net/http"
	"strings"
	"sync"
	"time"
)

// An Entry is a call that has arrived at a proxy.
type Entry struct {
	Time   time.Time `json:"time"`
	Method string    `json:"method"`
	// Path is without the version of the API.
	Path string `json:"path"`
	// Query is what follows the path, as it came.
	Query string `json:"query,omitempty"`
	// Fault is the name of what befell the call, "" for nothing.
	Fault string `json:"fault,omitempty"`
	// Status is what it was answered with, 0 if with none yet, or none at all.
	Status int `json:"status,omitempty"`
}

// Destroys reports whether a call stops, removes or creates something, or otherwise
// does to it what a restart does.
func (e Entry) Destroys() bool {
	if e.Method == http.MethodDelete {
		return true
	}
	if e.Method != http.MethodPost {
		return false
	}
	for _, act := range []string{"/create", "/start", "/stop", "/restart", "/kill", "/prune", "/pause", "/rename", "/update"} {
		if strings.HasSuffix(e.Path, act) && !strings.HasPrefix(e.Path, "/exec/") {
			return true
		}
	}
	return false
}

// String is the entry as a line of text.
func (e Entry) String() string {
	line := e.Method + " " + e.Path
	if e.Fault != "" {
		line += " (" + e.Fault + ")"
	}
	return line
}

// journalled is how many calls a journal remembers.
const journalled = 10_000

// A journal remembers calls. The zero value is ready.
type journal struct {
	mu      sync.Mutex
	entries []*Entry
}

// add adds a call, and what it falls to, if anything. It returns the entry as it is
// now, and what tells of its answer.
func (j *journal) add(r *http.Request, i *Injected) (now Entry, served func(status int)) {
	e := &Entry{Time: time.Now(), Method: r.Method, Path: plain(r), Query: r.URL.RawQuery}
	if i != nil {
		e.Fault = i.injection.Fault.name
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if len(j.entries) == journalled {
		j.entries = append(j.entries[:0], j.entries[journalled/2:]...)
	}
	j.entries = append(j.entries, e)
	return *e, func(status int) {
		j.mu.Lock()
		defer j.mu.Unlock()
		e.Status = status
	}
}

func (j *journal) read() []Entry {
	j.mu.Lock()
	defer j.mu.Unlock()
	entries := make([]Entry, len(j.entries))
	for n, e := range j.entries {
		entries[n] = *e
	}
	return entries
}

func (j *journal) forget() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.entries = nil
}
