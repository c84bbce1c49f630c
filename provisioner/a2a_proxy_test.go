package provisioner_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/errswallow/errswallow/provisioner"
)

// TestProxyForwards passes a request and its answer on as they came.
func TestProxyForwards(t *testing.T) {
	t.Parallel()
	proxy, counts := behind(t, patient, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		w.Header().Set("X-Agent", "a")
		w.WriteHeader(http.StatusCreated)
		fmt.Fprintf(w, "%s %s: %s", r.Method, r.RequestURI, body)
	})
	for _, path := range []string{"/", "/tasks/1", "/tasks/a%2Fb%20c", "/x//y/", "/%C3%BC?q=a;b&c=%2F", "/a+b?x=1+2", "/.%2e/z"} {
		w := post(t, proxy, "/a"+path, "a task")
		if want := "POST " + path + ": a task"; w.Code != http.StatusCreated || w.Body.String() != want || w.Header().Get("X-Agent") != "a" {
			t.Errorf("status %d: %q, want 201 and %q", w.Code, w.Body, want)
		}
	}
	wantCounts(t, counts, map[string]int64{})
}

// TestProxySendsAgain sends a request again only if it was not sent, or its sender
// says that it may be.
func TestProxySendsAgain(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name    string
		headers []string
		sent    int32
	}{
		{"without a key", nil, 1},
		{"with a key", []string{"Idempotency-Key: 1"}, 2},
		{"with a key of another name", []string{"X-Idempotency-Key: 1"}, 2},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var sent atomic.Int32
			agent := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				body, _ := io.ReadAll(r.Body)
				if sent.Add(1) == 1 {
					w.Header().Set("Content-Length", "100")
					io.WriteString(w, "half")
					panic(http.ErrAbortHandler)
				}
				w.Write(body)
			}))
			defer agent.Close()
			supervisor, _ := supervise(t, containers{
				look: func() (provisioner.Verdict, error) { return running, nil },
				dial: to(agent),
			}, provisioner.SupervisorConfig{})
			w := post(t, provisioner.NewProxy(supervisor, patient), "/a/tasks/1", "a task", test.headers...)
			if sent.Load() != test.sent {
				t.Errorf("sent %d times, want %d", sent.Load(), test.sent)
			}
			if test.sent == 1 {
				wantBusy(t, w)
			} else if w.Code != http.StatusOK || w.Body.String() != "a task" {
				t.Errorf("status %d: %q, want 200 and the whole request", w.Code, w.Body)
			}
		})
	}
	t.Run("not sent", func(t *testing.T) {
		t.Parallel()
		agent := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.Copy(w, r.Body) }))
		defer agent.Close()
		dialled := 0
		supervisor, counts := supervise(t, containers{dial: func(ctx context.Context) (net.Conn, error) {
			if dialled++; dialled == 1 {
				return nil, io.ErrUnexpectedEOF
			}
			return to(agent)(ctx)
		}}, provisioner.SupervisorConfig{})
		if w := post(t, provisioner.NewProxy(supervisor, patient), "/a/tasks/1", "a task"); w.Code != http.StatusOK || w.Body.String() != "a task" {
			t.Errorf("status %d: %q, want 200 and the whole request", w.Code, w.Body)
		}
		wantCounts(t, counts, map[string]int64{})
	})
}

// TestProxyAgentBusy tries an agent again that says it is busy, and passes on what it
// says last; its container is not asked about.
func TestProxyAgentBusy(t *testing.T) {
	t.Parallel()
	var asked, busy atomic.Int32
	proxy, counts := behind(t, patient, func(w http.ResponseWriter, r *http.Request) {
		if asked.Add(1) <= busy.Load() {
			http.Error(w, "at work", http.StatusServiceUnavailable)
		}
	})
	busy.Store(1)
	if w := post(t, proxy, "/a/tasks/1", "a task"); w.Code != http.StatusOK || asked.Load() != 2 {
		t.Errorf("status %d after %d attempts, want 200 after 2", w.Code, asked.Load())
	}
	busy.Store(100)
	if w := post(t, proxy, "/a/tasks/1", "a task"); w.Code != http.StatusServiceUnavailable || w.Body.String() != "at work\n" || w.Header().Get("Retry-After") != "2" {
		t.Errorf("status %d, Retry-After %q: %q, want the agent's 503", w.Code, w.Header().Get("Retry-After"), w.Body)
	}
	if asked.Load() != 4 {
		t.Errorf("asked %d times, want 4", asked.Load())
	}
	wantCounts(t, counts, map[string]int64{})
}

// TestProxyRefuses answers what cannot be forwarded, and asks nothing about it.
func TestProxyRefuses(t *testing.T) {
	t.Parallel()
	var size atomic.Int32
	config := patient
	config.MaxBody = 100
	proxy, counts := behind(t, config, func(w http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		if size.Load() < 0 { // without saying how much
			http.NewResponseController(w).Flush()
		}
		w.Write(make([]byte, max(size.Load(), -size.Load())))
	})
	for _, test := range []struct {
		name    string
		path    string
		body    int
		answers int32
		want    int
	}{
		{"a workspace that nobody watches", "/b/tasks/1", 0, 0, http.StatusNotFound},
		{"no workspace", "/", 0, 0, http.StatusNotFound},
		{"a way out", "/..%2f..%2fimages/x", 0, 0, http.StatusNotFound},
		{"a request that is too large", "/a/tasks/1", 101, 0, http.StatusRequestEntityTooLarge},
		{"an answer that says it is too large", "/a/tasks/1", 100, 101, http.StatusBadGateway},
		{"an answer that is too large", "/a/tasks/1", 100, -101, http.StatusBadGateway},
		{"as large as may be", "/a/tasks/1", 100, -100, http.StatusOK},
	} {
		size.Store(test.answers)
		w := httptest.NewRecorder()
		proxy.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), "POST", test.path, bytes.NewReader(make([]byte, test.body))))
		if w.Code != test.want {
			t.Errorf("%s: status %d, want %d: %s", test.name, w.Code, test.want, w.Body)
		}
	}
	// A caller that is gone hears nothing; one with a limit of its own, set by a handler in
	// front, is not to take silence for success.
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	late, cancel := context.WithTimeout(t.Context(), 0)
	defer cancel()
	for _, ctx := range []context.Context{gone, late} {
		w := httptest.NewRecorder()
		proxy.ServeHTTP(w, httptest.NewRequestWithContext(ctx, "POST", "/a/tasks/1", nil))
		wantBusy(t, w)
	}
	wantCounts(t, counts, map[string]int64{})
}

// TestProxyBadBody answers a body that is broken, or does not come, without asking
// anybody.
func TestProxyBadBody(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, request string
		config        provisioner.ProxyConfig
		want          string
		hidden        bool // the connection, by a handler in front
	}{
		{"broken", "POST /a/x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n", patient, "400 Bad Request", false},
		{"never comes", "POST /a/x HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhal", impatient, "408 Request Timeout", false},
		{"never comes, hidden", "POST /a/x HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhal", impatient, "408 Request Timeout", true},
		{"broken, hidden", "POST /a/x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n", patient, "400 Bad Request", true},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			proxy, counts := behind(t, test.config, func(http.ResponseWriter, *http.Request) { t.Error("the agent was asked") })
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if test.hidden {
					w = struct{ http.ResponseWriter }{w}
				}
				proxy.ServeHTTP(w, r)
			}))
			defer server.Close()
			conn, err := net.Dial("tcp", server.Listener.Addr().String())
			must(t, err)
			defer conn.Close() // before the server waits for it
			_, err = io.WriteString(conn, test.request)
			must(t, err)
			resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
			must(t, err)
			if resp.Status != test.want {
				t.Errorf("status %s, want %s", resp.Status, test.want)
			}
			wantCounts(t, counts, map[string]int64{})
		})
	}
}

// TestProxyStreams passes events on as they come, and ends with the client.
func TestProxyStreams(t *testing.T) {
	t.Parallel()
	for name, header := range map[string]string{"events": "Content-Type: text/event-stream; charset=utf-8", "marked": "X-Accel-Buffering: no"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			next, ended := make(chan string), make(chan bool)
			key, value, _ := strings.Cut(header, ": ")
			config := patient
			config.Attempt = 2 * time.Second // a stream takes longer, and has no limit
			proxy, _ := behind(t, config, func(w http.ResponseWriter, r *http.Request) {
				defer close(ended)
				w.Header().Set(key, value)
				http.NewResponseController(w).Flush()
				for {
					select {
					case event := <-next:
						fmt.Fprintf(w, "data: %s\n", event)
						http.NewResponseController(w).Flush()
					case <-r.Context().Done():
						return
					}
				}
			})
			server := httptest.NewServer(proxy)
			defer server.Close()
			resp, err := http.Get(server.URL + "/a/events")
			must(t, err)
			defer resp.Body.Close()
			lines := bufio.NewReader(resp.Body)
			for _, event := range []string{"one", "two", "three"} {
				time.Sleep(config.Attempt / 2)
				next <- event
				if line, err := lines.ReadString('\n'); err != nil || line != "data: "+event+"\n" {
					t.Fatalf("got %q, %v", line, err)
				}
			}
			resp.Body.Close()
			<-ended
		})
	}
}

// TestProxyUpgrades passes an upgrade through both ways; when many clients go, all of
// it ends.
func TestProxyUpgrades(t *testing.T) {
	t.Parallel()
	var open atomic.Int32
	proxy, _ := behind(t, patient, func(w http.ResponseWriter, r *http.Request) {
		conn, rw, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		defer conn.Close()
		open.Add(1)
		defer open.Add(-1)
		io.WriteString(conn, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n")
		io.Copy(conn, rw)
	})
	server := httptest.NewServer(proxy)
	defer server.Close()
	var conns []net.Conn
	for range 21 {
		conn, err := net.Dial("tcp", server.Listener.Addr().String())
		must(t, err)
		defer conn.Close()
		_, err = io.WriteString(conn, "GET /a/socket HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n")
		must(t, err)
		read := bufio.NewReader(conn)
		resp, err := http.ReadResponse(read, nil)
		must(t, err)
		if resp.StatusCode != http.StatusSwitchingProtocols {
			t.Fatalf("status %s", resp.Status)
		}
		for _, word := range []string{"one\n", "two\n"} {
			_, err := io.WriteString(conn, word)
			must(t, err)
			if got, err := read.ReadString('\n'); err != nil || got != word {
				t.Fatalf("echo %q, %v", got, err)
			}
		}
		conns = append(conns, conn)
	}
	for _, conn := range conns {
		conn.Close()
	}
	await(t, "every connection to the agent has ended", func() bool { return open.Load() == 0 })
	await(t, "nothing of it is left", func() bool {
		stacks := make([]byte, 1<<20)
		stacks = stacks[:runtime.Stack(stacks, true)]
		return !bytes.Contains(stacks, []byte("TestProxyUpgrades.func1(")) && !bytes.Contains(stacks, []byte("handleUpgradeResponse"))
	})
}

// TestProxyUpgradeFails leaves no connection to an agent open after an upgrade that nobody
// asked for, or that a handler in front of the proxy does not allow.
func TestProxyUpgradeFails(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, asks string
		hidden     bool
	}{{"not asked for", "", false}, {"to something else", "other", false}, {"hidden", "echo", true}} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			ended := make(chan error, 1)
			agent := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				conn, _, err := http.NewResponseController(w).Hijack()
				if err != nil {
					t.Error(err)
					return
				}
				defer conn.Close()
				io.WriteString(conn, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n")
				_, err = conn.Read(make([]byte, 1))
				ended <- err
			}))
			defer agent.Close()
			supervisor, _ := supervise(t, containers{look: func() (provisioner.Verdict, error) { return running, nil }, dial: to(agent)}, provisioner.SupervisorConfig{})
			proxy := provisioner.NewProxy(supervisor, patient)
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if test.hidden {
					w = struct{ http.ResponseWriter }{w}
				}
				proxy.ServeHTTP(w, r)
			}))
			defer server.Close()
			r, err := http.NewRequestWithContext(t.Context(), "GET", server.URL+"/a/socket", nil)
			must(t, err)
			if test.asks != "" {
				r.Header.Set("Connection", "Upgrade")
				r.Header.Set("Upgrade", test.asks)
			}
			resp, err := http.DefaultClient.Do(r)
			must(t, err)
			resp.Body.Close()
			if resp.StatusCode != http.StatusServiceUnavailable {
				t.Errorf("status %s, want 503", resp.Status)
			}
			select {
			case <-ended:
			case <-time.After(20 * time.Second):
				t.Error("the connection to the agent is still open")
			}
		})
	}
}

// TestProxyEnds does not wait for an agent that never answers, or never ends to.
func TestProxyEnds(t *testing.T) {
	t.Parallel()
	for name, agent := range map[string]http.HandlerFunc{
		"no answer": func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
		"no end": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Length", "10")
			io.WriteString(w, "half")
			http.NewResponseController(w).Flush()
			<-r.Context().Done()
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(agent)
			defer server.Close()
			supervisor, counts := supervise(t, containers{
				look: func() (provisioner.Verdict, error) { return running, nil },
				dial: to(server),
			}, provisioner.SupervisorConfig{})
			wantBusy(t, post(t, provisioner.NewProxy(supervisor, impatient), "/a/x", ""))
			wantCounts(t, counts, map[string]int64{"provisioner.busy reason=alive": 1})
		})
	}
}

// TestProxyCallerGone is no fault, neither of the agent nor of the engine.
func TestProxyCallerGone(t *testing.T) {
	t.Parallel()
	asked := make(chan bool)
	var look sync.Once
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	supervisor, counts := supervise(t, containers{look: func() (provisioner.Verdict, error) {
		look.Do(func() { close(asked) })
		<-ctx.Done()
		return running, ctx.Err()
	}}, provisioner.SupervisorConfig{})
	proxy := provisioner.NewProxy(supervisor, impatient)
	done := make(chan bool)
	go func() {
		defer close(done)
		proxy.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(ctx, "POST", "/a/tasks/1", nil))
	}()
	<-asked
	cancel()
	<-done
	if n := counts.Sum("provisioner.faults"); n != 0 {
		t.Errorf("%d faults, want none", n)
	}
}
