package provisioner

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"github.com/docker/docker/client"
)

// asked is the workspace that the tests here ask about.
const asked = "ws-abc123"

// TestIsRunning asks through the real client a server that speaks the daemon's
// protocol, or does not.
func TestIsRunning(t *testing.T) {
	t.Parallel()
	state := func(words string) string {
		return fmt.Sprintf(`{"Id":"0123456789ab","Name":"/%s","Created":%q,"State":{%s}}`, asked, time.Now().Add(-time.Hour).Format(time.RFC3339Nano), words)
	}
	for _, test := range []struct {
		name  string
		serve http.HandlerFunc
		want  bool
		fails bool
	}{
		// The rows of the contract.
		{"running", answer(200, state(`"Status":"running","Running":true`)), true, false},
		{"paused", answer(200, state(`"Status":"paused","Running":true,"Paused":true`)), true, false},
		{"restarting", answer(200, state(`"Status":"restarting","Running":true,"Restarting":true`)), true, false},
		{"removing", answer(200, state(`"Status":"removing"`)), true, false},
		{"created a moment ago", created, true, false},
		{"created, not started", answer(200, state(`"Status":"created"`)), false, false},
		{"exited", answer(200, state(`"Status":"exited","ExitCode":0`)), false, false},
		{"exited with a code", answer(200, state(`"Status":"exited","ExitCode":3`)), false, false},
		{"out of memory", answer(200, state(`"Status":"exited","ExitCode":137,"OOMKilled":true`)), false, false},
		{"dead", answer(200, state(`"Status":"dead","Dead":true`)), false, false},
		{"running, before there was a status", answer(200, state(`"Running":true`)), true, false},
		{"absent", answer(404, `{"message":"No such container: `+asked+`"}`), false, false},
		{"absent, of podman", answer(404, `{"cause":"no such container","message":"no container with name or ID \"`+asked+`\" found: no such container","response":404}`), false, false},

		// Answers that cannot be understood.
		{"200 null", answer(200, `null`), true, true},
		{"200 {}", answer(200, `{}`), true, true},
		{"200 with nothing", answer(200, ``), true, true},
		{"200 truncated", answer(200, `{"Id":"0123456789ab","State":{"Status":"exi`), true, true},
		{"200 garbage", answer(200, `<html>ok</html>`), true, true},
		{"200 with a message", answer(200, `{"message":"upstream is starting"}`), true, true},
		{"200, State null", answer(200, `{"Id":"0123456789ab","Name":"/`+asked+`","State":null}`), true, true},
		{"200, no State", answer(200, `{"Id":"0123456789ab","Name":"/`+asked+`"}`), true, true},
		{"200, an empty State", answer(200, state(``)), true, true},
		{"200, State without a status", answer(200, state(`"Running":false`)), true, true},
		{"200, an unknown status", answer(200, state(`"Status":"hibernating"`)), true, true},
		{"200, a contradiction", answer(200, state(`"Status":"exited","Running":true`)), true, true},
		{"200, exited and paused", answer(200, state(`"Status":"exited","Paused":true`)), true, true},
		{"200, no id", answer(200, `{"Name":"/`+asked+`","State":{"Status":"exited"}}`), true, true},
		{"200, an id that leads elsewhere", answer(200, `{"Id":"../../images/x","Name":"/`+asked+`","State":{"Status":"exited"}}`), true, true},
		{"200, a page for an id", answer(200, `{"Id":"<html>","Name":"/`+asked+`","State":{"Status":"exited"}}`), true, true},
		{"200, created at no time", answer(200, `{"Id":"0123456789ab","State":{"Status":"created"}}`), true, true},
		{"200, another container", answer(200, `{"Id":"`+asked+`4567","Name":"/foreign","State":{"Status":"exited"}}`), true, true},
		{"200, a list", answer(200, `[]`), true, true},
		{"204", answer(204, ``), true, true},
		{"304", answer(304, ``), true, true},

		// Status 404, and not about this container.
		{"404 with nothing", answer(404, ``), true, true},
		{"404 {}", answer(404, `{}`), true, true},
		{"404 null", answer(404, `null`), true, true},
		{"404 an empty message", answer(404, `{"message":""}`), true, true},
		{"404 Not Found", answer(404, `{"message":"Not Found"}`), true, true},
		{"404 page not found", answer(404, `{"message":"page not found"}`), true, true},
		{"404 of an ingress", text(404, `default backend - 404`), true, true},
		{"404 of a mesh", text(404, `no healthy upstream`), true, true},
		{"404 HTML", text(404, `<html><title>404 Not Found</title>No such container: `+asked+`</html>`), true, true},
		{"404 truncated", answer(404, `{"message":"No such container: `+asked), true, true},
		{"404 node", answer(404, `{"message":"No such node: `+asked+`"}`), true, true},
		{"404 exec", answer(404, `{"message":"No such exec instance: `+asked+`"}`), true, true},
		{"404 image", answer(404, `{"message":"No such image: `+asked+`"}`), true, true},
		{"404 network", answer(404, `{"message":"network `+asked+` not found"}`), true, true},
		{"404 another container", answer(404, `{"message":"No such container: ws-abc"}`), true, true},
		{"404 a longer name", answer(404, `{"message":"No such container: `+asked+`4"}`), true, true},
		{"404 more words", answer(404, `{"message":"cache: No such container: `+asked+`, try again"}`), true, true},
		{"404 no container named", answer(404, `{"message":"No such container"}`), true, true},
		{"404 in other letters", answer(404, `{"message":"no such container: `+asked+`"}`), true, true},
		{"404 of two", answer(404, `{"message":"No such container: `+asked+`, No such container: b"}`), true, true},
		{"404 with the words elsewhere", answer(404, `{"message":"Not Found","detail":"No such container: `+asked+`"}`), true, true},
		{"404 of the name, and a path", answer(404, `{"message":"No such container: /`+asked+`"}`), true, true},
		{"404 of podman, another container", answer(404, `{"cause":"no such container","message":"no container with name or ID \"ws-abc\" found: no such container","response":404}`), true, true},
		{"404 of podman, several", answer(404, `{"cause":"container already exists","message":"more than one result for container \"`+asked+`\": container already exists","response":404}`), true, true},
		{"404 of podman, a pod", answer(404, `{"cause":"no such container","message":"\"`+asked+`\" is a pod, not a container: no such container","response":404}`), true, true},
		{"404 of podman, an image", answer(404, `{"cause":"image not known","message":"`+asked+`: image not known","response":404}`), true, true},
		{"404 of podman, the cause alone", answer(404, `{"cause":"no such container","response":404}`), true, true},
		{"404 that breaks off", breakOff(404, `{"message":"No such container: `+asked+`"}`), true, true},

		// Other statuses, with the words of absence.
		{"400", answer(400, `{"message":"client version 1.99 is too new. Maximum supported API version is 1.41"}`), true, true},
		{"401", absence(401), true, true},
		{"403", absence(403), true, true},
		{"408", absence(408), true, true},
		{"409", absence(409), true, true},
		{"410", absence(410), true, true},
		{"429", absence(429), true, true},
		{"500", absence(500), true, true},
		{"502", absence(502), true, true},
		{"503", answer(503, `{"message":"container not found in cache, try again"}`), true, true},
		{"503 in the daemon's words", absence(503), true, true},
		{"504", absence(504), true, true},
		{"EOF", hangUp, true, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(test.serve)
			defer server.Close()
			got, err := New(dial(t, server.URL), Config{}).IsRunning(t.Context(), asked)
			if got != test.want || (err != nil) != test.fails {
				t.Errorf("IsRunning = (%t, %v), want (%t, error: %t)", got, err, test.want, test.fails)
			}
		})
	}
}

// TestWorkspaces does not take for fewer workspaces what cannot be understood.
func TestWorkspaces(t *testing.T) {
	t.Parallel()
	for body, want := range map[string][]string{
		`[]`: {},
		`[{"Id":"1","Labels":{"provisioner.workspace":"b"}},{"Id":"2","Labels":{"provisioner.workspace":"a"}},{"Id":"3","Labels":{"provisioner.workspace":"a"}}]`: {"a", "b"},

		`null`:                              nil,
		``:                                  nil,
		`{}`:                                nil,
		`{"message":"no healthy upstream"}`: nil,
		`[null]`:                            nil,
		`[{}]`:                              nil,
		`[{"Id":"1","Labels":{"provisioner.workspace":"a"}},{"Id":"2","Labels":{"x":"y"}}]`: nil,
		`[{"Id":"1"`: nil,
		`<html>`:     nil,
	} {
		server := httptest.NewServer(answer(200, body))
		got, err := New(dial(t, server.URL), Config{}).Workspaces(t.Context())
		if !slices.Equal(got, want) || (got == nil) != (want == nil) || (err == nil) != (want != nil) {
			t.Errorf("%s: Workspaces = (%v, %v), want %v", body, got, err, want)
		}
		server.Close()
	}
}

// TestNoPort has a container that runs, and publishes no port yet.
func TestNoPort(t *testing.T) {
	t.Parallel()
	for _, ports := range []string{`null`, `{}`, `{"8080/tcp":null}`, `{"8080/tcp":[]}`, `{"8080/tcp":[{"HostIp":"127.0.0.1","HostPort":""}]}`, `{"9090/tcp":[{"HostIp":"127.0.0.1","HostPort":"1"}]}`} {
		server := httptest.NewServer(answer(200, `{"Id":"0123456789ab","Name":"/`+asked+`","State":{"Status":"running","Running":true},`+
			`"Config":{"Labels":{"provisioner.workspace":"`+asked+`"}},"NetworkSettings":{"Ports":`+ports+`}}`))
		if address, err := New(dial(t, server.URL), Config{}).Address(t.Context(), asked); !errors.Is(err, ErrNoAddress) {
			t.Errorf("%s: Address = (%q, %v), want %v", ports, address, err, ErrNoAddress)
		}
		server.Close()
	}
}

// TestIsRunningUnconnected asks where nobody answers.
func TestIsRunningUnconnected(t *testing.T) {
	t.Parallel()
	t.Run("refused", func(t *testing.T) {
		t.Parallel()
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		l.Close()
		got, err := New(dial(t, "http://"+l.Addr().String()), Config{}).IsRunning(t.Context(), asked)
		if !got || err == nil {
			t.Errorf("IsRunning = (%t, %v), want (true, an error)", got, err)
		}
	})
	stalled := func(t *testing.T) string {
		done := make(chan struct{})
		server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-done }))
		t.Cleanup(server.Close)
		t.Cleanup(func() { close(done) })
		return server.URL
	}
	t.Run("deadline", func(t *testing.T) {
		t.Parallel()
		got, err := New(dial(t, stalled(t)), Config{Timeout: time.Millisecond}).IsRunning(t.Context(), asked)
		if !got || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("IsRunning = (%t, %v), want (true, %v)", got, err, context.DeadlineExceeded)
		}
	})
	t.Run("deadline of the caller", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithTimeout(t.Context(), 0)
		defer cancel()
		got, err := New(dial(t, stalled(t)), Config{}).IsRunning(ctx, asked)
		if !got || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("IsRunning = (%t, %v), want (true, %v)", got, err, context.DeadlineExceeded)
		}
	})
	t.Run("caller gone", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		got, err := New(dial(t, stalled(t)), Config{}).IsRunning(ctx, asked)
		if !got || !errors.Is(err, context.Canceled) {
			t.Errorf("IsRunning = (%t, %v), want (true, %v)", got, err, context.Canceled)
		}
	})
}

// answer serves JSON, and breakOff as much of it as goes before the connection ends.
func answer(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		fmt.Fprint(w, body)
	}
}

func breakOff(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", fmt.Sprint(len(body)+1))
		answer(status, body)(w, r)
	}
}

// created serves a container that was created as it is asked about.
func created(w http.ResponseWriter, r *http.Request) {
	answer(200, fmt.Sprintf(`{"Id":"0123456789ab","Name":"/%s","Created":%q,"State":{"Status":"created"}}`, asked, time.Now().Format(time.RFC3339Nano)))(w, r)
}

// text serves what is no JSON.
func text(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { http.Error(w, body, status) }
}

// absence says with another status what a daemon says with 404.
func absence(status int) http.HandlerFunc {
	return answer(status, `{"message":"No such container: `+asked+`"}`)
}

func hangUp(w http.ResponseWriter, _ *http.Request) {
	conn, _, err := w.(http.Hijacker).Hijack()
	if err == nil {
		conn.Close()
	}
}

func dial(t *testing.T, url string) *client.Client {
	t.Helper()
	cli, err := client.NewClientWithOpts(client.WithHost("tcp"+url[len("http"):]), client.WithVersion("1.47"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cli.Close() })
	return cli
}
