package faultkit

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"
)

// fail does to a call what an injection says.
func (p *Proxy) fail(w http.ResponseWriter, r *http.Request, i *Injected) {
	switch fault := i.injection.Fault; fault.kind {
	case answers:
		p.answer(w, r, fault.answer)
		if fault.answer.short {
			panic(http.ErrAbortHandler)
		}
	case pauses:
		p.answer(w, r, fault.answer)
		p.wait(r, i)
		panic(http.ErrAbortHandler)
	case stalls, cancels:
		p.stall(w, r, i)
	case holds:
		p.takeOver(w, func(net.Conn) { p.wait(r, i) }) // a client that goes is not noticed
	case slows:
		p.upstream.ServeHTTP(&dribble{ResponseWriter: w, step: 64, pause: 2 * time.Millisecond}, r)
	case drips:
		p.upstream.ServeHTTP(&dribble{ResponseWriter: w, step: 1, pause: time.Second, hurry: i.removed}, r)
	case breaks:
		p.upstream.ServeHTTP(&half{ResponseWriter: w}, r)
		panic(http.ErrAbortHandler)
	case cuts:
		p.cut(w, r)
	case resets:
		p.takeOver(w, func(conn net.Conn) {
			if tcp, ok := conn.(*net.TCPConn); ok {
				tcp.SetLinger(0) // what was not sent is thrown away: a reset
			}
		})
	case writes:
		p.takeOver(w, func(conn net.Conn) { io.WriteString(conn, fault.answer.body) })
	case hangsUp:
		panic(http.ErrAbortHandler)
	default: // a fault of reaching the engine, for some calls only
		p.door.leave(fault)
		panic(http.ErrAbortHandler)
	}
}

// answer answers a call with what a fault says, and as much of its body as there is.
func (p *Proxy) answer(w http.ResponseWriter, r *http.Request, a answer) {
	if name, value, ok := strings.Cut(a.header, ": "); ok {
		w.Header().Set(name, value)
	}
	if a.kind != "" {
		w.Header().Set("Content-Type", a.kind)
	}
	text := strings.ReplaceAll(a.body, ref, about(r))
	if a.short {
		w.Header().Set("Content-Length", fmt.Sprint(2*len(text)))
	}
	w.WriteHeader(a.status)
	io.WriteString(w, text)
	http.NewResponseController(w).Flush()
}

// about returns the name or id of the container that a call is about, or "".
func about(r *http.Request) string {
	_, rest, _ := strings.Cut(plain(r), "/containers/")
	id, _, _ := strings.Cut(rest, "/")
	return id
}

// wait waits until the injection is removed, the client is gone, or the proxy is
// closed. It reports whether it was the first. A server notices that a client is gone
// once it has read all that it sent.
func (p *Proxy) wait(r *http.Request, i *Injected) bool {
	select {
	case <-i.removed:
		return true
	case <-r.Context().Done():
	case <-p.closed:
	}
	return false
}

// stall keeps a call until its client is gone, or the daemon recovers.
func (p *Proxy) stall(w http.ResponseWriter, r *http.Request, i *Injected) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	if !p.wait(r, i) {
		panic(http.ErrAbortHandler)
	}
	p.upstream.ServeHTTP(w, r)
}

// cut answers half of what the engine does, as if it were whole.
func (p *Proxy) cut(w http.ResponseWriter, r *http.Request) {
	whole := &kept{header: http.Header{}, status: http.StatusOK}
	p.upstream.ServeHTTP(whole, r)
	for name, values := range whole.header {
		if name != "Content-Length" {
			w.Header()[name] = values
		}
	}
	w.WriteHeader(whole.status)
	w.Write(whole.body.Bytes()[:whole.body.Len()/2])
}

// takeOver takes a connection out of the server's hands, and closes it after do.
func (p *Proxy) takeOver(w http.ResponseWriter, do func(net.Conn)) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	defer conn.Close()
	do(conn)
}

// A dribble writes a few bytes at a time, until it is to hurry.
type dribble struct {
	http.ResponseWriter
	step  int
	pause time.Duration
	hurry <-chan struct{}
}

// Write implements io.Writer.
func (d *dribble) Write(b []byte) (int, error) {
	for n := 0; n < len(b); n += d.step {
		if _, err := d.ResponseWriter.Write(b[n:min(n+d.step, len(b))]); err != nil {
			return n, err
		}
		if err := http.NewResponseController(d.ResponseWriter).Flush(); err != nil {
			return n, err
		}
		select {
		case <-time.After(d.pause):
		case <-d.hurry:
			d.pause = 0
		}
	}
	return len(b), nil
}

// Unwrap is for http.ResponseController.
func (d *dribble) Unwrap() http.ResponseWriter { return d.ResponseWriter }

// A half writes half of the first piece of a body, and no more.
type half struct {
	http.ResponseWriter
	written bool
}

// Write implements io.Writer.
func (h *half) Write(b []byte) (int, error) {
	if !h.written {
		h.written = true
		h.ResponseWriter.Write(b[:len(b)/2])
		http.NewResponseController(h.ResponseWriter).Flush()
	}
	return len(b), nil
}

// kept is an answer that is kept.
type kept struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (k *kept) Header() http.Header         { return k.header }
func (k *kept) WriteHeader(status int)      { k.status = status }
func (k *kept) Write(b []byte) (int, error) { return k.body.Write(b) }
