package dockerfault

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"path"
	"strings"
	"sync"
	"time"

	"github.com/docker/docker/client"
)

// A Proxy stands between Docker clients and an engine. Its methods may be called
// at the same time.
type Proxy struct {
	upstream *httputil.ReverseProxy
	network  string // that it listens on: unix or tcp
	address  string
	version  string // of the engine's API

	mu         sync.Mutex
	server     *http.Server // nil while it is down
	injections []*Injected
	closed     chan struct{}
}

// An Injected is an Injection at work.
type Injected struct {
	injection Injection
	proxy     *Proxy
	hits      int
	removed   chan struct{}
}

// NewProxy starts a proxy in front of the engine at upstream, which listens at
// listen. Both are spelled as in DOCKER_HOST: unix:///var/run/docker.sock,
// tcp://127.0.0.1:2375; listening at tcp://127.0.0.1:0 takes a free port. It
// answers an error when the engine does not answer, or nothing can listen there.
func NewProxy(ctx context.Context, upstream, listen string) (*Proxy, error) {
	network, address, err := split(upstream)
	if err != nil {
		return nil, err
	}
	p := &Proxy{closed: make(chan struct{})}
	if p.network, p.address, err = split(listen); err != nil {
		return nil, err
	}
	transport := &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, network, address)
	}}
	p.upstream = &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(&url.URL{Scheme: "http", Host: "docker"})
			r.Out.Host = "docker"
		},
		Transport:     transport,
		FlushInterval: -1, // logs and events are streams
		ErrorHandler: func(http.ResponseWriter, *http.Request, error) {
			panic(http.ErrAbortHandler) // the engine did not answer: nor does the proxy
		},
	}
	if p.version, err = apiVersion(ctx, transport); err != nil {
		return nil, fmt.Errorf("engine at %s: %w", upstream, err)
	}
	return p, p.Up()
}

// split takes a DOCKER_HOST apart.
func split(host string) (network, address string, err error) {
	network, address, ok := strings.Cut(host, "://")
	if !ok || network != "unix" && network != "tcp" {
		return "", "", fmt.Errorf("%q is not an address such as unix:///var/run/docker.sock or tcp://127.0.0.1:2375", host)
	}
	return network, address, nil
}

// apiVersion asks an engine for the version of its API.
func apiVersion(ctx context.Context, transport http.RoundTripper) (string, error) {
	ping, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://docker/_ping", nil)
	if err != nil {
		return "", err
	}
	resp, err := transport.RoundTrip(ping)
	if err != nil {
		return "", err
	}
	resp.Body.Close()
	if v := resp.Header.Get("Api-Version"); v != "" {
		return v, nil
	}
	return "", fmt.Errorf("GET /_ping: status %s, and no Api-Version", resp.Status)
}

// Host returns where the proxy listens, as DOCKER_HOST spells it.
func (p *Proxy) Host() string { return p.network + "://" + p.address }

// Up makes the proxy listen, after Down, where it did before.
func (p *Proxy) Up() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.server != nil {
		return nil
	}
	if p.network == "unix" {
		os.Remove(p.address) // what Down(Refused) has left
	}
	l, err := net.Listen(p.network, p.address)
	if err != nil {
		return err
	}
	p.address = l.Addr().String()
	if u, ok := l.(*net.UnixListener); ok {
		u.SetUnlinkOnClose(false)
	}
	p.server = &http.Server{Handler: p}
	go p.server.Serve(l)
	return nil
}

// Down closes the proxy and every connection, until Up: with MissingSocket its
// socket is removed, with Refused it is left, and refuses. Over TCP either is a
// refusal. Another fault is an error.
func (p *Proxy) Down(fault Fault) error {
	if fault != Refused && fault != MissingSocket {
		return fmt.Errorf("a proxy is not down by %s", fault)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.server == nil {
		return nil
	}
	err := p.server.Close()
	p.server = nil
	if p.network == "unix" && fault == MissingSocket {
		err = errors.Join(err, os.Remove(p.address))
	}
	return err
}

// Close closes the proxy for good.
func (p *Proxy) Close() error {
	p.mu.Lock()
	select {
	case <-p.closed:
	default:
		close(p.closed)
	}
	down := p.server == nil
	p.mu.Unlock()
	if down {
		return nil
	}
	return p.Down(MissingSocket)
}

// Inject makes a fault befall the calls that match. Of several that match, the
// first injected acts.
func (p *Proxy) Inject(in Injection) *Injected {
	if _, err := path.Match(in.Path, "/"); err != nil {
		panic(fmt.Sprintf("dockerfault: path %q: %v", in.Path, err)) // a test that injects nothing proves nothing
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	injected := &Injected{injection: in, proxy: p, removed: make(chan struct{})}
	p.injections = append(p.injections, injected)
	return injected
}

// Remove ends the injection: calls that it stalls are answered.
func (i *Injected) Remove() {
	i.proxy.mu.Lock()
	defer i.proxy.mu.Unlock()
	select {
	case <-i.removed:
	default:
		close(i.removed)
	}
}

// Hits returns how many calls the fault has befallen.
func (i *Injected) Hits() int {
	i.proxy.mu.Lock()
	defer i.proxy.mu.Unlock()
	return i.hits
}

// hit returns the injection that a call falls to, or nil. only limits it to the
// faults that it holds of.
func (p *Proxy) hit(r *http.Request, only func(Fault) bool) *Injected {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, i := range p.injections {
		select {
		case <-i.removed:
			continue
		default:
		}
		if i.injection.Count > 0 && i.hits == i.injection.Count || !i.injection.matches(r) {
			continue
		}
		if !only(i.injection.Fault) {
			return nil // it is for the other end of the connection
		}
		i.hits++
		return i
	}
	return nil
}

func (f Fault) connecting() bool    { return f.kind == connects || f.kind == misses }
func (f Fault) notConnecting() bool { return !f.connecting() }

// Client returns a Docker client that asks the proxy. It is the caller's to close.
func (p *Proxy) Client() (*client.Client, error) {
	dial := func(network, address string) *http.Transport {
		return &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, network, address)
		}}
	}
	return client.NewClientWithOpts(
		client.WithHost(p.Host()),
		client.WithVersion(p.version), // negotiating would run into the faults
		client.WithHTTPClient(&http.Client{Transport: &connector{
			proxy:     p,
			transport: dial(p.network, p.address),
			// Port 1 of the loopback interface, tcpmux, is not listened on; nothing lives
			// in a folder that does not exist.
			refused: dial("tcp", "127.0.0.1:1"),
			missing: dial("unix", "/nonexistent/docker.sock"),
		}}),
	)
}

// A connector is the transport of Client's clients: it is what faults befall that
// happen before there is a connection.
type connector struct {
	proxy                       *Proxy
	transport, refused, missing *http.Transport
}

// RoundTrip implements http.RoundTripper.
func (c *connector) RoundTrip(r *http.Request) (*http.Response, error) {
	i := c.proxy.hit(r, Fault.connecting)
	switch {
	case i == nil:
		return c.transport.RoundTrip(r)
	case i.injection.Fault.kind == misses:
		return c.missing.RoundTrip(r)
	}
	return c.refused.RoundTrip(r)
}

// CloseIdleConnections is what closing a Docker client calls.
func (c *connector) CloseIdleConnections() { c.transport.CloseIdleConnections() }

// retryAfter is what Unavailable asks for, in seconds.
const retryAfter = "1"

// ServeHTTP is the proxy's end of every connection.
func (p *Proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	i := p.hit(r, Fault.notConnecting)
	if i == nil {
		p.upstream.ServeHTTP(w, r)
		return
	}
	switch fault := i.injection.Fault; fault.kind {
	case answers:
		w.Header().Set("Content-Type", "application/json")
		if fault == Unavailable {
			w.Header().Set("Retry-After", retryAfter)
		}
		w.WriteHeader(fault.status)
		fmt.Fprintf(w, "{\"message\":%q}\n", fault.message)
	case stalls:
		p.stall(w, r, i)
	case dribbles:
		p.upstream.ServeHTTP(&dribble{ResponseWriter: w, pause: 2 * time.Millisecond}, r)
	case truncates:
		p.upstream.ServeHTTP(&truncate{ResponseWriter: w}, r)
		panic(http.ErrAbortHandler)
	case resets:
		reset(w)
	default:
		panic(http.ErrAbortHandler)
	}
}

// stall keeps a call until its client is gone, or the daemon recovers.
func (p *Proxy) stall(w http.ResponseWriter, r *http.Request, i *Injected) {
	// A server notices that a client is gone once it has read all that it sent.
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	r.Body = io.NopCloser(strings.NewReader(string(body)))
	select {
	case <-r.Context().Done():
	case <-p.closed:
		panic(http.ErrAbortHandler)
	case <-i.removed:
		p.upstream.ServeHTTP(w, r)
	}
}

// reset closes a connection with what it has not sent thrown away, which over TCP
// is a reset.
func reset(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		tcp.SetLinger(0)
	}
	conn.Close()
}

// A dribble writes a few bytes at a time.
type dribble struct {
	http.ResponseWriter
	pause time.Duration
}

// Write implements io.Writer.
func (d *dribble) Write(b []byte) (int, error) {
	const step = 64
	for n := 0; n < len(b); n += step {
		if _, err := d.ResponseWriter.Write(b[n:min(n+step, len(b))]); err != nil {
			return n, err
		}
		http.NewResponseController(d.ResponseWriter).Flush()
		time.Sleep(d.pause)
	}
	return len(b), nil
}

// Unwrap is for http.ResponseController.
func (d *dribble) Unwrap() http.ResponseWriter { return d.ResponseWriter }

// A truncate writes half of the first piece of a body, and no more.
type truncate struct {
	http.ResponseWriter
	written bool
}

// Write implements io.Writer.
func (t *truncate) Write(b []byte) (int, error) {
	if !t.written {
		t.written = true
		t.ResponseWriter.Write(b[:len(b)/2])
		http.NewResponseController(t.ResponseWriter).Flush()
	}
	return len(b), nil
}
