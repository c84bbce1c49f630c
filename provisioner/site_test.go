package provisioner

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
)

// A script is what an engine answers to each call, by method and path: one after the
// other, and the last to all that follow.
type script map[string][]http.HandlerFunc

// play returns a Provisioner of an engine that answers by a script.
func play(t *testing.T, s script) *Provisioner {
	t.Helper()
	var mu sync.Mutex
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		call := r.Method + " " + strings.TrimPrefix(r.URL.Path, "/v1.47/containers/")
		answers := s[call]
		if len(answers) == 0 {
			t.Errorf("%s was not to be called", call)
			return
		}
		answers[0](w, r)
		s[call] = answers[min(1, len(answers)-1):]
	}))
	t.Cleanup(server.Close)
	return New(dial(t, server.URL), Config{})
}

// TestStartSeen starts a container, and believes what the engine shows of it, not what
// it answers.
func TestStartSeen(t *testing.T) {
	t.Parallel()
	const id = "0123456789ab"
	none := func(name string) http.HandlerFunc {
		return answer(404, fmt.Sprintf(`{"message":"No such container: %s"}`, name))
	}
	is := func(status, started string) http.HandlerFunc {
		return answer(200, fmt.Sprintf(`{"Id":%q,"Name":"/%s","Created":"2026-01-01T00:00:00Z","State":{"Status":%q,"Running":%t,"StartedAt":%q},"Config":{"Labels":{%q:%q}}}`,
			id, asked, status, status == "running", started, workspaceLabel, asked))
	}
	one := func(h http.HandlerFunc) []http.HandlerFunc { return []http.HandlerFunc{h} }
	first, second, never := "2026-01-01T00:00:01Z", "2026-01-02T00:00:00Z", "0001-01-01T00:00:00Z"
	is404, made, done := none(asked), answer(201, `{"Id":"`+id+`"}`), answer(204, "")
	for _, test := range []struct {
		name   string
		before []http.HandlerFunc
		create http.HandlerFunc
		after  []http.HandlerFunc
		want   error
	}{
		{"it runs", one(is("exited", first)), nil, one(is("running", second)), nil},
		{"it runs, and the engine does not tell at once", one(is("exited", first)), nil,
			[]http.HandlerFunc{absence(503), absence(503), answer(200, "null"), absence(503), text(404, "no healthy upstream"), absence(503), hangUp, is("running", second)}, nil},
		{"it crashes at once", one(is("exited", first)), nil, one(is("exited", second)), nil},
		{"it is not started", one(is("exited", first)), nil, one(is("exited", first)), ErrAnswer},
		{"it is new, and runs", one(is404), made, one(is("running", first)), nil},
		{"it is new, and crashes at once", one(is404), made, one(is("exited", first)), nil},
		{"it is new, and not started", one(is404), made, one(is("created", never)), ErrAnswer},
		{"it is new, and gone", one(is404), made, one(none(id)), ErrAnswer},
		{"it is new, and has no id", one(is404), answer(201, `{}`), nil, ErrAnswer},
		{"somebody was faster", []http.HandlerFunc{is404, is("created", never)}, answer(409, `{"message":"Conflict. The name is already in use"}`), one(is("running", first)), nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := script{
				"GET " + asked + "/json":              test.before,
				"GET " + asked + nextSuffix + "/json": {none(asked + nextSuffix)},
				"POST " + id + "/start":               {done},
			}
			if test.create != nil {
				s["POST create"] = []http.HandlerFunc{test.create}
			}
			if test.after != nil {
				s["GET "+id+"/json"] = test.after
			}
			if err := play(t, s).Start(t.Context(), asked); !errors.Is(err, test.want) || (err == nil) != (test.want == nil) {
				t.Errorf("Start = %v, want %v", err, test.want)
			}
		})
	}
}
