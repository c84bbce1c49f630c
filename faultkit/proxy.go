package faultkit

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"strings"
	"sync"
	"time"
)

// A Proxy stands between clients and an engine. Its methods may be called at the
// same time.
type Proxy struct {
	door      *door
	transport *http.Transport
	upstream  *httputil.ReverseProxy
	journal   journal
	ready     chan struct{} // closed when what is here is set
	closed    chan struct{}
	close     func() error
	guarded   bool // calls that destroy something are answered 403

	mu         sync.Mutex
	injections []*Injected
}

// patience is how long an engine has to answer when a proxy is put in front of it.
const patience = 30 * time.Second

// NewProxy starts a proxy in front of the engine at upstream, spelled as in
// DOCKER_HOST: unix:///var/run/docker.sock, tcp://127.0.0.1:2375. It listens at a
// unix socket in a new folder of this user's where listen is ""; at
// "unix:///a/path", where nothing may be; or at "tcp://127.0.0.1:0", a free port of
// the loopback interface, which every user of the machine reaches. The error says
// that the engine does not answer, or that nothing can listen there.
func NewProxy(ctx context.Context, upstream, listen string) (*Proxy, error) {
	network, address, err := split(upstream)
	if err != nil {
		return nil, err
	}
	p := &Proxy{ready: make(chan struct{}), closed: make(chan struct{})}
	p.transport = &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, network, address)
	}}
	p.upstream = &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(&url.URL{Scheme: "http", Host: "docker"})
			r.Out.URL.RawQuery = r.In.URL.RawQuery
			r.Out.Host = "docker"
		},
		Transport:     p.transport,
		FlushInterval: -1, // logs and events are streams
		ErrorHandler: func(http.ResponseWriter, *http.Request, error) {
			panic(http.ErrAbortHandler) // the engine did not answer: nor does the proxy
		},
	}
	if err := ping(ctx, p.transport); err != nil {
		return nil, fmt.Errorf("engine at %s: %w", upstream, err)
	}
	if p.door, err = openDoor(listen, p); err != nil {
		p.transport.CloseIdleConnections()
		return nil, err
	}
	p.close = sync.OnceValue(func() error {
		close(p.closed)
		defer p.transport.CloseIdleConnections()
		return p.door.close()
	})
	close(p.ready)
	return p, nil
}

// ping asks whether an engine is there.
func ping(ctx context.Context, transport http.RoundTripper) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://docker/_ping", nil)
	if err != nil {
		return err
	}
	resp, err := transport.RoundTrip(r)
	if err != nil {
		return err
	}
	resp.Body.Close()
	if resp.Header.Get("Api-Version") == "" {
		return fmt.Errorf("GET /_ping: status %s, and no Api-Version", resp.Status)
	}
	return nil
}

// Host returns where the proxy can be reached, as DOCKER_HOST spells it. Under DNS
// that is a host without an address.
func (p *Proxy) Host() string { return p.door.host() }

// Journal returns the calls that have arrived since the proxy was started, or since
// ForgetJournal, in order; of many, the last.
func (p *Proxy) Journal() []Entry { return p.journal.read() }

// ForgetJournal empties the journal.
func (p *Proxy) ForgetJournal() { p.journal.forget() }

// Close closes the proxy for good, and removes its socket.
func (p *Proxy) Close() error { return p.close() }

// Can answers an error that says why the proxy cannot act by a fault: one of sockets
// needs a socket, and root is denied nothing.
func (p *Proxy) Can(f Fault) error {
	switch {
	case p.door.network == "tcp" && (f.kind == misses || f.kind == replaces || f.kind == forbids):
		return fmt.Errorf("%s: the proxy listens at no socket, but at %s", f, p.door.address)
	case f.kind == forbids && os.Geteuid() == 0:
		return fmt.Errorf("%s: this user is root, who is denied nothing", f)
	}
	return nil
}

// ServeHTTP is the proxy's end of every connection.
func (p *Proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	<-p.ready // the door is open before the proxy knows it
	if p.door.network == "tcp" && loopback(withPort(r.Host)) != nil {
		// A browser that was led here by a name of its own.
		http.Error(w, fmt.Sprintf("faultkit: Host %q is not this machine", r.Host), http.StatusForbidden)
		return
	}
	i := p.hit(r)
	entry, served := p.journal.add(r, i)
	w = &witness{ResponseWriter: w, served: served}
	if p.guarded && entry.Destroys() { // whatever befalls it: some faults pass a call on
		refuse(w, http.StatusForbidden, "faultkit: nothing is destroyed in a trial")
		return
	}
	if i == nil {
		p.upstream.ServeHTTP(w, r)
		return
	}
	p.fail(w, r, i)
}

// withPort returns a Host header with a port, as loopback wants it.
func withPort(host string) string {
	if _, _, err := net.SplitHostPort(host); err != nil {
		return net.JoinHostPort(strings.Trim(host, "[]"), "0")
	}
	return host
}

// A witness tells the journal with what status a call was answered.
type witness struct {
	http.ResponseWriter
	served func(status int)
	wrote  bool
}

// WriteHeader implements http.ResponseWriter.
func (w *witness) WriteHeader(status int) {
	if !w.wrote && status >= http.StatusOK {
		w.wrote = true
		w.served(status)
	}
	w.ResponseWriter.WriteHeader(status)
}

// Write implements io.Writer.
func (w *witness) Write(b []byte) (int, error) {
	if !w.wrote {
		w.WriteHeader(http.StatusOK)
	}
	return w.ResponseWriter.Write(b)
}

// Unwrap is for http.ResponseController.
func (w *witness) Unwrap() http.ResponseWriter { return w.ResponseWriter }
