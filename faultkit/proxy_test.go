package faultkit_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/errswallow/errswallow/faultkit"
)

// start starts an engine with a container that runs, and a proxy in front of it.
func start(t *testing.T, listen string) (*faultkit.Proxy, client) {
	t.Helper()
	proxy, err := faultkit.NewProxy(t.Context(), faultkit.InProcess(t).Host, listen)
	must(t, err)
	t.Cleanup(func() { must(t, proxy.Close()) })
	return proxy, dial(proxy.Host())
}

const (
	list    = "/containers/json"
	running = "/containers/faultkit-running/json"
)

// TestInject injects by method, path, count and place, over both kinds of socket.
func TestInject(t *testing.T) {
	t.Parallel()
	for _, listen := range []string{"", "tcp://127.0.0.1:0"} {
		t.Run(listen, func(t *testing.T) {
			t.Parallel()
			proxy, cli := start(t, listen)
			for _, test := range []struct {
				name  string
				in    faultkit.Injection
				fails []bool
			}{
				{"every call", faultkit.Injection{}, []bool{true, true, true}},
				{"two of them", faultkit.Injection{Count: 2}, []bool{true, true, false}},
				{"the second", faultkit.Injection{Nth: 2}, []bool{false, true, false}},
				{"every second", faultkit.Injection{Every: 2}, []bool{false, true, false, true}},
				{"of another method", faultkit.Injection{Method: "POST"}, []bool{false}},
				{"of another path", faultkit.Injection{Path: "/containers/*/json"}, []bool{false}},
				{"of this path", faultkit.Injection{Path: "/*/json", Method: "GET"}, []bool{true}},
			} {
				test.in.Fault = faultkit.InternalError
				injected := proxy.Inject(test.in)
				hits := 0
				for n, want := range test.fails {
					if want {
						hits++
					}
					if err := cli.call(t.Context(), "GET", list, nil); (err != nil) != want {
						t.Errorf("%s: call %d: %v", test.name, n, err)
					}
				}
				if injected.Hits() != hits {
					t.Errorf("%s: %d hits, want %d", test.name, injected.Hits(), hits)
				}
				injected.Remove()
				injected.Remove() // nothing
				must(t, cli.call(t.Context(), "GET", list, nil))
			}
		})
	}
}

// TestUnreached takes the engine away in every way, and gives it back: for a client
// that keeps its connections, too.
func TestUnreached(t *testing.T) {
	t.Parallel()
	for _, keeps := range []bool{false, true} {
		for fault, want := range map[string]error{
			"connection refused": syscall.ECONNREFUSED, "missing socket": syscall.ENOENT, "a file as socket": syscall.ECONNREFUSED,
		} {
			proxy, cli := start(t, "")
			cli.Transport.(*http.Transport).DisableKeepAlives = !keeps
			must(t, cli.call(t.Context(), "GET", list, nil))
			f, err := faultkit.ByName(fault)
			must(t, err)
			injected := proxy.Inject(faultkit.Injection{Fault: f})
			if err := cli.call(t.Context(), "GET", list, nil); !errors.Is(err, want) {
				t.Errorf("%s: %v, want %v", fault, err, want)
			}
			injected.Remove()
			if err := cli.call(t.Context(), "GET", list, nil); err != nil {
				t.Errorf("after %s: %v", fault, err)
			}
		}
	}
	proxy, cli := start(t, "")
	first := proxy.Inject(faultkit.Injection{Fault: faultkit.MissingSocket})
	second := proxy.Inject(faultkit.Injection{Fault: faultkit.Refused})
	first.Remove()
	first.Remove() // nothing
	if err := cli.call(t.Context(), "GET", list, nil); !errors.Is(err, syscall.ECONNREFUSED) {
		t.Errorf("one of two faults has ended: %v", err)
	}
	second.Remove()
	must(t, cli.call(t.Context(), "GET", list, nil))
	proxy, _ = start(t, "")
	injected := proxy.Inject(faultkit.Injection{Fault: faultkit.DNS})
	if err := dial(proxy.Host()).call(t.Context(), "GET", list, nil); !errors.As(err, new(*net.DNSError)) {
		t.Errorf("DNS: %v", err)
	}
	injected.Remove()
	must(t, dial(proxy.Host()).call(t.Context(), "GET", list, nil))
}

// TestStallEnds stalls a call until the daemon recovers.
func TestStallEnds(t *testing.T) {
	t.Parallel()
	proxy, cli := start(t, "")
	injected := proxy.Inject(faultkit.Injection{Fault: faultkit.Stall})
	done := make(chan error)
	go func() { done <- cli.call(t.Context(), "GET", running, nil) }()
	for injected.Hits() == 0 {
		select {
		case err := <-done:
			t.Fatalf("answered while stalled: %v", err)
		default:
		}
	}
	injected.Remove()
	must(t, <-done)
}

// TestSocket is in a folder of this user's alone, and is removed with it.
func TestSocket(t *testing.T) {
	t.Parallel()
	proxy, err := faultkit.NewProxy(t.Context(), faultkit.InProcess(t).Host, "")
	must(t, err)
	path, ok := strings.CutPrefix(proxy.Host(), "unix://")
	if !ok {
		t.Fatalf("listens at %s", proxy.Host())
	}
	dir := filepath.Dir(path)
	info, err := os.Stat(dir)
	must(t, err)
	if info.Mode().Perm() != 0o700 {
		t.Errorf("the folder's mode is %s", info.Mode())
	}
	must(t, proxy.Close())
	must(t, proxy.Close())
	if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the folder is still there: %v", err)
	}
}

// TestNothingDeleted leaves alone what is where it is to listen, or was put there.
func TestNothingDeleted(t *testing.T) {
	t.Parallel()
	host := faultkit.InProcess(t).Host
	path := filepath.Join(t.TempDir(), "docker.sock")
	must(t, os.WriteFile(path, []byte("mine"), 0o600))
	if _, err := faultkit.NewProxy(t.Context(), host, "unix://"+path); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("error %v", err)
	}
	if text, err := os.ReadFile(path); string(text) != "mine" {
		t.Errorf("the file holds %q, %v", text, err)
	}
	must(t, os.Remove(path))
	proxy, err := faultkit.NewProxy(t.Context(), host, "unix://"+path)
	must(t, err)
	must(t, os.Remove(path))
	must(t, os.WriteFile(path, []byte("mine"), 0o600))
	must(t, proxy.Close())
	if text, err := os.ReadFile(path); string(text) != "mine" {
		t.Errorf("the file holds %q, %v", text, err)
	}
}

// TestHostHeader answers over TCP only who asks for this machine.
func TestHostHeader(t *testing.T) {
	t.Parallel()
	proxy, _ := start(t, "tcp://127.0.0.1:0")
	for host, want := range map[string]int{"127.0.0.1:2375": 200, "localhost": 200, "[::1]:2375": 200, "[::1]": 200, "evil.example": 403, "evil.example:2375": 403, "10.0.0.1": 403} {
		r, err := http.NewRequestWithContext(t.Context(), "GET", "http://"+strings.TrimPrefix(proxy.Host(), "tcp://")+"/_ping", nil)
		must(t, err)
		r.Host = host
		resp, err := http.DefaultClient.Do(r)
		must(t, err)
		resp.Body.Close()
		if resp.StatusCode != want {
			t.Errorf("Host %s: status %d, want %d", host, resp.StatusCode, want)
		}
	}
}

// TestBadHost names what is wrong with an address.
func TestBadHost(t *testing.T) {
	t.Parallel()
	good := faultkit.InProcess(t).Host
	for _, test := range []struct{ upstream, listen, want string }{
		{"/var/run/docker.sock", "", "is not an address"},
		{"ssh://somewhere", "", "is not an address"},
		{"", "", "is not an address"},
		{good, "npipe:////./pipe", "is not an address"},
		{good, "tcp://0.0.0.0:0", "not an address of the loopback interface"},
		{good, "tcp://:0", "not an address of the loopback interface"},
		{good, "unix:///nonexistent/docker.sock", "/nonexistent/docker.sock"},
		{"tcp://127.0.0.1:1", "", "engine at tcp://127.0.0.1:1"},
	} {
		if _, err := faultkit.NewProxy(t.Context(), test.upstream, test.listen); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%q, %q: %v, want %q", test.upstream, test.listen, err, test.want)
		}
	}
}

// TestJournal remembers what arrived, and what was done to it.
func TestJournal(t *testing.T) {
	t.Parallel()
	proxy, cli := start(t, "")
	must(t, cli.call(t.Context(), "GET", list+"?all=1", nil))
	defer proxy.Inject(faultkit.Injection{Fault: faultkit.TooMany, Method: "DELETE"}).Remove()
	if err := cli.call(t.Context(), "DELETE", "/containers/faultkit-running", nil); err == nil {
		t.Error("no error")
	}
	got := proxy.Journal()
	if len(got) != 2 || got[0].Path != list || got[0].Query != "all=1" || got[0].Status != 200 || got[0].Destroys() ||
		got[1].Fault != "429" || got[1].Status != 429 || !got[1].Destroys() || got[1].String() != "DELETE /containers/faultkit-running (429)" {
		t.Errorf("journal %+v", got)
	}
	proxy.ForgetJournal()
	resp, err := cli.Post("http://docker/v5.0.0/libpod/containers/a/stop", "", nil)
	must(t, err)
	resp.Body.Close()
	if got := proxy.Journal(); len(got) != 1 || got[0].Path != "/libpod/containers/a/stop" || !got[0].Destroys() {
		t.Errorf("of podman's: journal %+v", got)
	}
	proxy.ForgetJournal()
	if n := len(proxy.Journal()); n != 0 {
		t.Errorf("%d entries", n)
	}
}

// TestFlat injects every fault a few times, and leaves nothing behind.
func TestFlat(t *testing.T) {
	proxy, _ := start(t, "")
	cli := dial(proxy.Host())
	round := func() {
		for _, f := range faultkit.Faults() {
			if proxy.Can(f) != nil {
				continue
			}
			injected := proxy.Inject(faultkit.Injection{Fault: f})
			ctx, cancel := context.WithTimeout(t.Context(), 5*time.Millisecond)
			cli.call(ctx, "GET", running, nil)
			cancel()
			injected.Remove()
		}
	}
	round()
	early := runtime.NumGoroutine()
	for range 10 {
		round()
	}
	for end := time.Now().Add(30 * time.Second); runtime.NumGoroutine() > early+20; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%d goroutines, %d before", runtime.NumGoroutine(), early)
		}
	}
}

// TestStreams passes upgrades and streams through.
func TestStreams(t *testing.T) {
	t.Parallel()
	engine := http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Api-Version", "1.41")
		if r.Header.Get("Upgrade") == "" {
			return
		}
		conn, rw, err := http.NewResponseController(w).Hijack()
		if err != nil {
			return
		}
		defer conn.Close()
		io.WriteString(conn, "HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n")
		io.Copy(conn, rw)
	})}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	go engine.Serve(l)
	defer engine.Close()
	proxy, err := faultkit.NewProxy(t.Context(), "tcp://"+l.Addr().String(), "")
	must(t, err)
	defer proxy.Close()
	conn, err := net.Dial("unix", strings.TrimPrefix(proxy.Host(), "unix://"))
	must(t, err)
	defer conn.Close()
	fmt.Fprint(conn, "POST /v1.41/containers/a/attach HTTP/1.1\r\nHost: docker\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n")
	head := make([]byte, 12)
	_, err = io.ReadFull(conn, head)
	must(t, err)
	if string(head) != "HTTP/1.1 101" {
		t.Fatalf("answered %q", head)
	}
	rest := make([]byte, 4096)
	fmt.Fprint(conn, "hello")
	for got := ""; !strings.HasSuffix(got, "hello"); {
		n, err := conn.Read(rest)
		must(t, err)
		got += string(rest[:n])
	}
}
