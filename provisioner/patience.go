package provisioner

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
	"time"

	"github.com/cenkalti/backoff/v5"
)

// patience is the http.RoundTripper of a Proxy: it tries again. The host of a
// request is a workspace.
type patience struct {
	config    ProxyConfig
	transport http.RoundTripper
}

var (
	errTooSlow  = errors.New("the agent did not answer in time")
	errTooLarge = errors.New("the agent's answer is too large")
)

// newTransport returns a transport for which a host is a workspace, that dial
// connects to. A connection that is kept is to the container that it was made to:
// it ends with it.
func newTransport(dial func(ctx context.Context, workspace string) (net.Conn, error)) *http.Transport {
	return &http.Transport{
		DialContext: func(ctx context.Context, _, address string) (net.Conn, error) {
			workspace, _, err := net.SplitHostPort(address)
			if err != nil {
				return nil, err
			}
			return dial(ctx, workspace)
		},
		DisableCompression:  true, // answers pass through as they are
		MaxIdleConnsPerHost: 8,
		IdleConnTimeout:     time.Minute,
	}
}

// RoundTrip implements http.RoundTripper. It answers the last response, or the
// error of the last attempt.
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
	resp, err := backoff.Retry(r.Context(), func() (*http.Response, error) {
		return t.attempt(r, body)
	}, backoff.WithBackOff(pauses), backoff.WithMaxTries(t.config.Attempts))
	if busy, ok := errors.AsType[*agentBusy](err); ok {
		return busy.answer, nil
	}
	return resp, err
}

// attempt sends a request once. An error after which it must not be sent again is
// permanent.
func (t *patience) attempt(r *http.Request, body []byte) (*http.Response, error) {
	ctx, cancel := context.WithCancelCause(r.Context()) // that of the whole request ends it, too
	slow := time.AfterFunc(t.config.Attempt, func() { cancel(errTooSlow) })
	var sent atomic.Bool
	trace := &httptrace.ClientTrace{WroteHeaders: func() { sent.Store(true) }}
	resp, err := t.transport.RoundTrip(withBody(r.Clone(httptrace.WithClientTrace(ctx, trace)), body))
	if err == nil && streams(resp) {
		slow.Stop()
		if resp.StatusCode == http.StatusSwitchingProtocols {
			// One that nobody asked for, or that a handler in front makes impossible, httputil
			// leaves open.
			body := resp.Body
			context.AfterFunc(r.Context(), func() { body.Close() })
		}
		return resp, nil
	}
	if err == nil {
		err = t.keep(resp)
	}
	slow.Stop()
	if err != nil && errors.Is(context.Cause(ctx), errTooSlow) {
		err = fmt.Errorf("%w: %w", errTooSlow, err)
	}
	cancel(nil)
	switch {
	case err == nil && resp.StatusCode == http.StatusServiceUnavailable:
		return nil, &agentBusy{t.comeBack(resp)}
	case err == nil:
		return resp, nil
	case errors.Is(err, errTooLarge), errors.Is(err, ErrNoAddress), sent.Load() && !idempotent(r):
		return nil, backoff.Permanent(err)
	}
	return nil, err
}

// agentBusy is the error of an agent's own status 503: it did not take the request.
type agentBusy struct{ answer *http.Response }

func (*agentBusy) Error() string { return "the agent is busy" }

// comeBack makes an agent's 503 say when to come back.
func (t *patience) comeBack(resp *http.Response) *http.Response {
	if resp.Header.Get("Retry-After") == "" {
		resp.Header.Set("Retry-After", t.config.retryAfter())
	}
	return resp
}

// idempotent reports whether a request may be sent twice: its sender says so.
// Reference: https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/
func idempotent(r *http.Request) bool {
	return r.Header.Get("Idempotency-Key") != "" || r.Header.Get("X-Idempotency-Key") != ""
}

// streams reports whether a response is to pass through as it comes.
func streams(resp *http.Response) bool {
	kind, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	return resp.StatusCode == http.StatusSwitchingProtocols || kind == "text/event-stream" ||
		resp.Header.Get("X-Accel-Buffering") == "no"
}

// keep reads the whole body of a response: what breaks off half-way is no answer.
func (t *patience) keep(resp *http.Response) error {
	defer resp.Body.Close()
	if resp.Request.Method != http.MethodHead && resp.ContentLength > t.config.MaxBody {
		return fmt.Errorf("%w: %d bytes", errTooLarge, resp.ContentLength)
	}
	kept, err := io.ReadAll(io.LimitReader(resp.Body, t.config.MaxBody+1))
	if err != nil {
		return err
	}
	if int64(len(kept)) > t.config.MaxBody {
		return fmt.Errorf("%w: more than %d bytes", errTooLarge, t.config.MaxBody)
	}
	resp.Body = io.NopCloser(bytes.NewReader(kept))
	return nil
}

// withBody gives a request a body that can be sent again while nothing of it was.
func withBody(r *http.Request, body []byte) *http.Request {
	r.Body, r.GetBody = http.NoBody, nil
	if len(body) > 0 {
		r.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
		r.Body, _ = r.GetBody()
	}
	return r
}
