package faultkit_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"
)

// A client is as much of a client of the API as the tests here take.
type client struct{ *http.Client }

// dial returns a client of the engine at a host. It keeps no connection, unless the
// test does.
func dial(host string) client {
	network, address, _ := strings.Cut(host, "://")
	return client{&http.Client{Transport: &http.Transport{
		DisableKeepAlives: true,
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, network, address)
		},
	}}}
}

// A status is an answer other than 200, as an error.
type status struct {
	code    int
	message string
}

func (s *status) Error() string { return fmt.Sprintf("status %d: %s", s.code, s.message) }

// call makes a call and reads its answer into what is given.
func (c client) call(ctx context.Context, method, path string, into any) error {
	r, err := http.NewRequestWithContext(ctx, method, "http://127.0.0.1/v1.41"+path, nil)
	if err != nil {
		return err
	}
	resp, err := c.Do(r)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode >= 300 {
		var said struct{ Message string }
		if err := json.NewDecoder(resp.Body).Decode(&said); err != nil {
			return &status{resp.StatusCode, err.Error()}
		}
		return &status{resp.StatusCode, said.Message}
	}
	if into == nil {
		return nil
	}
	return json.NewDecoder(resp.Body).Decode(into)
}

// info is an answer to an inspect.
type info struct {
	ID    string `json:"Id"`
	State *struct{ Status string }
}

func inspect(ctx context.Context, host, id string) (*info, error) {
	var got *info
	err := dial(host).call(ctx, "GET", "/containers/"+id+"/json", &got)
	return got, err
}

// reference is a predicate that keeps the contract.
func reference(ctx context.Context, host, id string) (bool, error) {
	got, err := inspect(ctx, host, id)
	if s, ok := err.(*status); ok && s.code == http.StatusNotFound && s.message == "No such container: "+id {
		return false, nil
	}
	if err != nil {
		return true, err
	}
	if got == nil || got.State == nil || got.State.Status == "" {
		return true, fmt.Errorf("no state of %s", id)
	}
	return got.State.Status == "running", nil
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
