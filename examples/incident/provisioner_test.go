package incident

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/docker/docker/client"
)

// An engine is a Docker engine as far as a Provisioner needs one: its containers run, or
// do not, and it counts their restarts.
type engine struct {
	running  bool
	restarts int
}

// RoundTrip implements http.RoundTripper: it answers as the engine's API does.
func (e *engine) RoundTrip(r *http.Request) (*http.Response, error) {
	answer := &http.Response{StatusCode: http.StatusNoContent, Header: http.Header{"Content-Type": {"application/json"}}, Body: http.NoBody, Request: r}
	if r.Method == http.MethodPost {
		e.restarts++
		return answer, nil
	}
	answer.StatusCode = http.StatusOK
	answer.Body = io.NopCloser(strings.NewReader(fmt.Sprintf(`{"State": {"Running": %t}}`, e.running)))
	return answer, nil
}

// provisioner returns a Provisioner that asks an engine.
func provisioner(t *testing.T, e *engine) *Provisioner {
	t.Helper()
	cli, err := client.NewClientWithOpts(client.WithHost("tcp://engine:2375"), client.WithHTTPClient(&http.Client{Transport: e}), client.WithVersion("1.43"))
	if err != nil {
		t.Fatal(err)
	}
	return New(cli)
}

// TestSlowAgents has six requests fail at once: the containers run, and are left alone.
func TestSlowAgents(t *testing.T) {
	e := &engine{running: true}
	p := provisioner(t, e)
	for i := range 6 {
		if err := p.maybeMarkContainerDead(t.Context(), fmt.Sprint("workspace-", i)); err != nil {
			t.Error(err)
		}
	}
	if e.restarts > 0 {
		t.Errorf("%d restarts", e.restarts)
	}
}

// TestDeadAgent has a request fail since the container is dead: it is restarted.
func TestDeadAgent(t *testing.T) {
	e := &engine{}
	if err := provisioner(t, e).maybeMarkContainerDead(t.Context(), "workspace"); err != nil {
		t.Error(err)
	}
	if e.restarts != 1 {
		t.Errorf("%d restarts, want 1", e.restarts)
	}
}
