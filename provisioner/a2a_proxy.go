package provisioner

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"
)

// A ProxyConfig says how patient a Proxy is.
type ProxyConfig struct {
	// Attempts is how often a request is forwarded before the container is asked
	// about, 3 by default; Attempt is the longest that each may take, 30 s by
	// default; Backoff is the pause after the first, growing from there, 200 ms by
	// default.
	Attempts uint
	Attempt  time.Duration
	Backoff  time.Duration
	// RetryAfter is what a caller is asked to wait, 2 s by default.
	RetryAfter time.Duration
	// MaxBody is the largest body of a request, or of a response that is not a stream,
	// in bytes, 10 MiB by default: both are kept until they are whole.
	MaxBody int64
}

func (c ProxyConfig) withDefaults() ProxyConfig {
	c.Attempts = cmp.Or(c.Attempts, 3)
	c.Attempt = cmp.Or(c.Attempt, 30*time.Second)
	c.Backoff = cmp.Or(c.Backoff, 200*time.Millisecond)
	c.RetryAfter = cmp.Or(c.RetryAfter, 2*time.Second)
	c.MaxBody = cmp.Or(c.MaxBody, 10<<20)
	return c
}

// A Proxy forwards what agents ask of each other: /{workspace}/... goes to the
// agent of that workspace, without its name, and otherwise as it came.
//
// A request that was not sent is tried again; so is one that the agent answers with
// status 503, and one that carries an Idempotency-Key. (One that changes nothing, a GET
// for one, net/http may send again by itself, when a connection that it has kept ends.)
// After the last attempt the
// supervisor is asked: a dead container is brought back, and whatever it finds the
// answer is status 503 with Retry-After. Server-sent events, upgrades such as
// websockets, and what the agent marks with X-Accel-Buffering: no pass through as
// they come, without a limit, until either end goes.
//
//	400, 408, 413  the request's body is broken, does not come, or is too large
//	404            nobody watches the workspace
//	502            the agent's answer is too large
//	503            come back: the agent, or its container, is busy or being restarted
//
// The proxy believes its callers. Who may ask what of whom is for the handler in
// front of it to check.
type Proxy struct {
	supervisor *Supervisor
	config     ProxyConfig
	transport  *http.Transport
	reverse    httputil.ReverseProxy // without an ErrorHandler
}

// NewProxy returns a Proxy for the workspaces that supervisor watches.
func NewProxy(supervisor *Supervisor, config ProxyConfig) *Proxy {
	config = config.withDefaults()
	transport := newTransport(supervisor.containers.Dial)
	return &Proxy{
		supervisor: supervisor, config: config, transport: transport,
		reverse: httputil.ReverseProxy{
			Rewrite:       rewrite,
			Transport:     &patience{config: config, transport: transport},
			FlushInterval: -1,
		},
	}
}

// Close closes the connections to agents that nobody uses.
func (p *Proxy) Close() { p.transport.CloseIdleConnections() }

// rewrite makes the request to an agent of that of a caller. The workspace stands
// for its address until a connection is made.
func rewrite(r *httputil.ProxyRequest) {
	workspace, path := split(r.In.URL)
	r.Out.URL.Scheme, r.Out.URL.Host = "http", workspace
	r.Out.URL.Path, r.Out.URL.RawPath = unescaped(path), path
	r.Out.URL.RawQuery = r.In.URL.RawQuery // with what only the agent understands
	r.SetXForwarded()
}

// split takes the workspace off a path, which stays escaped as it came.
func split(u *url.URL) (workspace, rest string) {
	workspace, rest, _ = strings.Cut(strings.TrimPrefix(u.EscapedPath(), "/"), "/")
	return workspace, "/" + rest
}

// unescaped returns a path as url.URL.Path has it. What was escaped by a URL can be
// unescaped.
func unescaped(path string) string {
	plain, _ := url.PathUnescape(path)
	return plain
}

// ServeHTTP implements http.Handler.
func (p *Proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	workspace, _ := split(r.URL)
	switch now := p.supervisor.known(workspace); now {
	case unwatched:
		http.Error(w, fmt.Sprintf("no workspace %q", workspace), http.StatusNotFound)
		return
	case restarting:
		p.busy(w, r, workspace, now, nil)
		return
	}
	body, err := p.body(w, r)
	if err != nil {
		refuseBody(w, err)
		return
	}
	// Whatever was begun for this request ends with it.
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	r = r.WithContext(ctx)
	r.Body, r.ContentLength, r.TransferEncoding = io.NopCloser(bytes.NewReader(body)), int64(len(body)), nil
	reverse := p.reverse
	reverse.ErrorHandler = func(w http.ResponseWriter, r *http.Request, err error) { p.failed(w, r, workspace, err) }
	reverse.ServeHTTP(w, r)
}

// body reads the whole body of a request, within the time of an attempt. After an
// error the time stays over: the server would wait for the rest before it answers.
func (p *Proxy) body(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	whole := http.MaxBytesReader(w, r.Body, p.config.MaxBody)
	connection := http.NewResponseController(w)
	if err := connection.SetReadDeadline(time.Now().Add(p.config.Attempt)); err != nil {
		return readWithin(p.config.Attempt, whole) // a handler in front of this one hides the connection
	}
	body, err := io.ReadAll(whole)
	if err == nil {
		connection.SetReadDeadline(time.Time{})
	}
	return body, err
}

// readWithin reads all that comes in time. The error says that it did not; then the
// reading goes on until the connection ends.
func readWithin(limit time.Duration, r io.Reader) ([]byte, error) {
	type result struct {
		all []byte
		err error
	}
	read := make(chan result, 1)
	go func() {
		all, err := io.ReadAll(r)
		read <- result{all, err}
	}()
	select {
	case got := <-read:
		return got.all, got.err
	case <-time.After(limit):
		return nil, os.ErrDeadlineExceeded
	}
}

// refuseBody answers a request whose body could not be read.
func refuseBody(w http.ResponseWriter, err error) {
	status := http.StatusBadRequest
	var timeout interface{ Timeout() bool }
	switch {
	case errors.As(err, new(*http.MaxBytesError)):
		status = http.StatusRequestEntityTooLarge
	case errors.As(err, &timeout) && timeout.Timeout():
		status = http.StatusRequestTimeout
	}
	w.Header().Set("Connection", "close") // what is left of the body is not read
	http.Error(w, err.Error(), status)
}

// failed answers a request that could not be forwarded.
func (p *Proxy) failed(w http.ResponseWriter, r *http.Request, workspace string, err error) {
	switch {
	case r.Context().Err() != nil:
		// The caller is gone, or has set a limit, and that says nothing of the container.
		// No answer at all would be one with status 200.
		p.comeBack(w, workspace)
		return
	case errors.Is(err, errTooLarge):
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	p.busy(w, r, workspace, p.supervisor.maybeMarkContainerDead(r.Context(), workspace, "proxy"), err)
}

// busy asks the caller to come back.
func (p *Proxy) busy(w http.ResponseWriter, r *http.Request, workspace string, why finding, err error) {
	p.supervisor.telemetry.answeredBusy(r.Context(), workspace, string(why), err)
	p.comeBack(w, workspace)
}

func (p *Proxy) comeBack(w http.ResponseWriter, workspace string) {
	w.Header().Set("Retry-After", p.config.retryAfter())
	http.Error(w, fmt.Sprintf("workspace %s is busy", workspace), http.StatusServiceUnavailable)
}

// retryAfter is what a caller is asked to wait, in the header's whole seconds.
func (c ProxyConfig) retryAfter() string {
	return strconv.Itoa(max(1, int(c.RetryAfter.Round(time.Second)/time.Second)))
}
