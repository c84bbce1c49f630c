package silent

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"

	"github.com/containerd/errdefs"
	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"
)

func fail(w http.ResponseWriter, text string, code int) {
	w.WriteHeader(code)
	_ = json.NewEncoder(w).Encode(map[string]string{"error": text})
}

func broken(w http.ResponseWriter) { fail(w, "the daemon does not answer", http.StatusBadGateway) }

func Stop(cli *client.Client, w http.ResponseWriter, r *http.Request) {
	_, err := cli.ContainerInspect(r.Context(), r.PathValue("id"))
	if errdefs.IsNotFound(err) {
		fail(w, "no such container", 404)
		return
	}
	if err != nil {
		fail(w, err.Error(), 500)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func Logs(cli *client.Client, w http.ResponseWriter, r *http.Request) {
	if _, err := cli.ContainerInspect(r.Context(), r.PathValue("id")); err != nil {
		broken(w)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// A renderer is one of an interface: which argument is the status its name says.
type renderer interface {
	Page(w io.Writer, status int, page string) error
}

type server struct {
	cli    *client.Client
	render renderer
	w      http.ResponseWriter
	r      *http.Request
}

func (s *server) page(status int, page string) { _ = s.render.Page(s.w, status, page) }

// failed answers the person who asks, and its callers answer nobody.
func (s *server) failed(err error) { s.page(http.StatusInternalServerError, err.Error()) }

func (s *server) absentOrFailed(err error, absent func(error) bool) {
	if absent(err) {
		s.page(http.StatusNotFound, "404")
		return
	}
	s.failed(err)
}

// running answers false beside a reply that says what has gone wrong.
func (s *server) running(id string) bool {
	info, err := s.cli.ContainerInspect(s.r.Context(), id)
	if err != nil {
		s.failed(err)
		return false
	}
	return info.State.Running
}

func (s *server) stopped(id string) bool {
	info, err := s.cli.ContainerInspect(s.r.Context(), id)
	if err != nil {
		s.absentOrFailed(err, errdefs.IsNotFound)
		return false
	}
	return !info.State.Running
}

func (s *server) name(id string) string {
	info, err := s.cli.ContainerInspect(s.r.Context(), id)
	if info.ContainerJSONBase != nil {
		return info.Name
	}
	if err != nil {
		s.failed(err)
	}
	return ""
}

// Reset shows what went wrong, whatever the status.
func Reset(cli *client.Client, w http.ResponseWriter, r *http.Request) {
	if _, err := cli.ContainerInspect(r.Context(), r.PathValue("id")); err != nil {
		fail(w, err.Error(), http.StatusBadRequest)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// Enter refuses, which is safe.
func Enter(cli *client.Client, w http.ResponseWriter, r *http.Request) {
	if _, err := cli.ContainerInspect(r.Context(), r.PathValue("id")); err != nil {
		fail(w, "sign in", http.StatusUnauthorized)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// Show answers what is wrong to who writes the log, and 404 where that is so.
func (m *manager) Show(w http.ResponseWriter, r *http.Request) error {
	_, err := m.cli.ContainerInspect(r.Context(), r.PathValue("id"))
	switch {
	case errdefs.IsNotFound(err):
		http.Error(w, err.Error(), http.StatusNotFound)
	case err != nil:
		http.Error(w, err.Error(), http.StatusBadGateway)
	default:
		w.WriteHeader(http.StatusNoContent)
	}
	return err
}

// A problem says by itself with which status it is answered.
type problem struct {
	status int
	text   string
}

func (p *problem) Error() string { return p.text }

var (
	errNoSuch   = &problem{http.StatusNotFound, "no such container"}
	errInternal = &problem{http.StatusInternalServerError, "something went wrong"}
)

func answer(w http.ResponseWriter, err error) {
	var p *problem
	if errors.As(err, &p) {
		fail(w, p.text, p.status)
		return
	}
	fail(w, "something went wrong", http.StatusInternalServerError)
}

// Who asked has been answered: nil says that no more is to be done.
func loaded(cli *client.Client, w http.ResponseWriter, r *http.Request) *container.InspectResponse {
	info, err := cli.ContainerInspect(r.Context(), r.PathValue("id"))
	if err != nil {
		if errdefs.IsNotFound(err) {
			answer(w, errNoSuch)
		} else {
			answer(w, errInternal)
		}
		return nil
	}
	return &info
}
