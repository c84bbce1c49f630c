package fires

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"github.com/docker/docker/api/types/container"
)

// Replies go through helpers of one's own.
func fail(w http.ResponseWriter, text string, code int) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	_ = json.NewEncoder(w).Encode(map[string]string{"error": text})
}

func (m *manager) missing(w http.ResponseWriter) { fail(w, "no such container", http.StatusNotFound) }

func (m *manager) Stop(w http.ResponseWriter, r *http.Request) {
	if _, err := m.cli.ContainerInspect(r.Context(), r.PathValue("id")); err != nil {
		fail(w, "container not found", 404) // want `Stop: replies 404, as for a container that does not exist, when ContainerInspect times out \(collapse\)`
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func (m *manager) Logs(w http.ResponseWriter, r *http.Request) {
	if _, err := m.cli.ContainerInspect(r.Context(), r.PathValue("id")); err != nil {
		m.missing(w) // want `Logs: replies 404, as for a container that does not exist, when ContainerInspect times out \(collapse\)`
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// serves replies that nothing went wrong, and answers false.
func (m *manager) serves(w http.ResponseWriter, r *http.Request) bool {
	info, err := m.cli.ContainerInspect(r.Context(), r.PathValue("id"))
	if err != nil {
		fail(w, "not running", http.StatusOK)
		return false // want `serves: answers false, as for a container that does not exist, when ContainerInspect times out \(collapse\)`
	}
	return info.State.Running
}

// An empty list has nothing in it, whoever looks.
var contains func(list []container.Summary, id string) bool

func (m *manager) Listed(ctx context.Context, id string) bool {
	list, err := m.cli.ContainerList(ctx, container.ListOptions{})
	if err != nil {
		list = nil
	}
	return contains(list, id) // want `Listed: answers false, as for a container that does not exist, when ContainerList times out \(collapse\)`
}

// Reset says that the request was wrong.
func (m *manager) Reset(w http.ResponseWriter, r *http.Request) {
	if _, err := m.cli.ContainerInspect(r.Context(), r.PathValue("id")); err != nil {
		fail(w, "invalid link", http.StatusBadRequest) // want `Reset: replies 400, as for a container that does not exist, when ContainerInspect times out \(collapse\)`
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// Whoever asks is answered 404, whatever is answered to who writes the log.
func (m *manager) Show(w http.ResponseWriter, r *http.Request) error {
	if _, err := m.cli.ContainerInspect(r.Context(), r.PathValue("id")); err != nil {
		http.Error(w, err.Error(), http.StatusNotFound) // want `Show: replies 404, as for a container that does not exist, when ContainerInspect times out \(collapse\)`
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// A trouble says by itself with which status it is answered.
type trouble struct {
	status int
	text   string
}

func (p *trouble) Error() string { return p.text }

var errGone = &trouble{http.StatusGone, "it was removed"}

func answer(w http.ResponseWriter, err error) {
	var p *trouble
	if errors.As(err, &p) {
		fail(w, p.text, p.status)
		return
	}
	fail(w, "something went wrong", http.StatusInternalServerError)
}

// Any error is answered by one trouble.
func (m *manager) loaded(w http.ResponseWriter, r *http.Request) *container.InspectResponse {
	info, err := m.cli.ContainerInspect(r.Context(), r.PathValue("id"))
	if err != nil {
		answer(w, errGone)
		return nil // want `loaded: answers nil, as for a container that does not exist, when ContainerInspect times out \(collapse\)`
	}
	return &info
}
