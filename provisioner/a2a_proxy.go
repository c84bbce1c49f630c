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
	"strconv"
	"strings"
	"time"

	"github.com/cenkalti/backoff/v5"
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
	// MaxBody is the largest body of a request or a response, in bytes, 10 MiB by
	// default: both are kept, so that an attempt can be repeated.
	MaxBody int64
}

// A Proxy forwards what agents ask of each other: /{workspace}/... goes to the
// agent of that workspace, without its name.
//
// A request that cannot be forwarded is tried again, so an agent must be able to
// take one twice. After the last attempt the supervisor is asked: a dead
// container is restarted, and whatever the verdict the answer is status 503 with
// Retry-After. A request is forwarded and answered, or answered 503; status 404
// is for workspaces that nobody watches, 413 for bodies that are too large.
type Proxy struct {
	supervisor *Supervisor
	config     ProxyConfig
	reverse    *httputil.ReverseProxy
}

// NewProxy returns a Proxy for the workspaces that supervisor watches.
func NewProxy(supervisor *Supervisor, config ProxyConfig) *Proxy {
	config.Attempts = cmp.Or(config.Attempts, 3)
	config.Attempt = cmp.Or(config.Attempt, 30*time.Second)
	config.Backoff = cmp.Or(config.Backoff, 200*time.Millisecond)
	config.RetryAfter = cmp.Or(config.RetryAfter, 2*time.Second)
	config.MaxBody = cmp.Or(config.MaxBody, 10<<20)
	p := &Proxy{supervisor: supervisor, config: config}
	p.reverse = &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			// The workspace stands for its address until an attempt is made: that may
			// change from one to the next.
			workspace, path := split(r.In.URL.Path)
			r.Out.URL.Scheme, r.Out.URL.Host = "http", workspace
			r.Out.URL.Path, r.Out.URL.RawPath = path, ""
			r.SetXForwarded()
		},
		Transport: &patience{
			config:  config,
			address: supervisor.containers.Address,
			// A kept connection to a container that was made anew is a failure more.
			transport: &http.Transport{DisableKeepAlives: true},
		},
		ErrorHandler: p.failed,
	}
	return p
}

// ServeHTTP implements http.Handler.
func (p *Proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	workspace, _ := split(r.URL.Path)
	switch now, _ := p.supervisor.look(workspace); now {
	case unwatched:
		http.Error(w, fmt.Sprintf("no workspace %q", workspace), http.StatusNotFound)
	case restarting:
		p.busy(w, r, workspace, "restarting", nil)
	default:
		r.Body = http.MaxBytesReader(w, r.Body, p.config.MaxBody)
		p.reverse.ServeHTTP(w, r)
	}
}

// failed answers a request that could not be forwarded.
func (p *Proxy) failed(w http.ResponseWriter, r *http.Request, err error) {
	workspace := r.URL.Host
	if large := new(http.MaxBytesError); errors.As(err, &large) {
		http.Error(w, large.Error(), http.StatusRequestEntityTooLarge)
		return
	}
	if r.Context().Err() != nil {
		return // the caller is gone: that says nothing of the container
	}
	switch p.supervisor.maybeMarkContainerDead(r.Context(), workspace, "proxy") {
	case restarting:
		p.busy(w, r, workspace, "restarting", err)
	case alive:
		p.busy(w, r, workspace, "alive", err)
	default:
		p.busy(w, r, workspace, "fault", err)
	}
}

// busy asks the caller to come back.
func (p *Proxy) busy(w http.ResponseWriter, r *http.Request, workspace, reason string, err error) {
	p.supervisor.telemetry.answeredBusy(r.Context(), workspace, reason, err)
	w.Header().Set("Retry-After", strconv.Itoa(max(1, int(p.config.RetryAfter.Round(time.Second)/time.Second))))
	http.Error(w, fmt.Sprintf("workspace %s is busy", workspace), http.StatusServiceUnavailable)
}

// split takes the workspace off a path.
func split(path string) (workspace, rest string) {
	workspace, rest, _ = strings.Cut(strings.TrimPrefix(path, "/"), "/")
	return workspace, "/" + rest
}

// patience is the http.RoundTripper of a Proxy: it tries again.
type patience struct {
	config    ProxyConfig
	address   func(ctx context.Context, workspace string) (string, error)
	transport http.RoundTripper
}

// RoundTrip implements http.RoundTripper. A response has arrived when its body
// has: what breaks off half-way is tried again.
func (t *patience) RoundTrip(r *http.Request) (*http.Response, error) {
	var body []byte
	if r.Body != nil {
		defer r.Body.Close()
		var err error
		if body, err = io.ReadAll(r.Body); err != nil {
			return nil, err
		}
	}
	pauses := backoff.NewExponentialBackOff()
	pauses.InitialInterval = t.config.Backoff
	return backoff.Retry(r.Context(), func() (*http.Response, error) {
		return t.attempt(r, body)
	}, backoff.WithBackOff(pauses), backoff.WithMaxTries(t.config.Attempts))
}

func (t *patience) attempt(r *http.Request, body []byte) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(r.Context(), t.config.Attempt)
	defer cancel()
	address, err := t.address(ctx, r.URL.Host)
	if err != nil {
		return nil, err
	}
	r = r.Clone(ctx)
	r.URL.Host = address
	r.Body = io.NopCloser(bytes.NewReader(body))
	resp, err := t.transport.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	kept, err := io.ReadAll(io.LimitReader(resp.Body, t.config.MaxBody+1))
	if err != nil {
		return nil, err
	}
	if int64(len(kept)) > t.config.MaxBody {
		return nil, backoff.Permanent(&http.MaxBytesError{Limit: t.config.MaxBody})
	}
	resp.Body = io.NopCloser(bytes.NewReader(kept))
	return resp, nil
}
