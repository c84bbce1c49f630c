package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/errswallow/errswallow/faultkit"
)

// TestMain is the program that the tests run, if it is told so: it asks the engine
// once, and exits with status 7 if that fails.
func TestMain(m *testing.M) {
	switch os.Getenv("FAULTKIT_TEST") {
	case "ask":
		network, address, _ := strings.Cut(os.Getenv("DOCKER_HOST"), "://")
		http.DefaultTransport.(*http.Transport).DialContext = func(ctx context.Context, _, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, network, address)
		}
		resp, err := http.Get("http://127.0.0.1/v1.41/containers/json")
		if err != nil {
			fmt.Println(err)
			os.Exit(7)
		}
		fmt.Println(resp.Status)
		if resp.StatusCode != http.StatusOK {
			os.Exit(7)
		}
		os.Exit(0)
	case "faultkit":
		os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
	}
	os.Exit(m.Run())
}

// TestRun runs a program behind a fault.
func TestRun(t *testing.T) {
	t.Setenv("FAULTKIT_TEST", "ask")
	t.Setenv("DOCKER_HOST", faultkit.InProcess(t).Host)
	t.Setenv("DOCKER_CONTEXT", "elsewhere")
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	journal := filepath.Join(t.TempDir(), "journal.json")
	for _, test := range []struct {
		args   []string
		status int
		prints string
	}{
		{[]string{"-fault", "slow-bytes", "--", self}, 0, "200 OK"},
		{[]string{"-fault", "500", "--", self}, 7, "500 Internal Server Error"},
		{[]string{"-fault", "404 HTML", "-journal", journal, "--", self}, 7, "404 Not Found"},
		{[]string{"-fault", "connection-refused", "--", self}, 7, "connection refused"},
		{[]string{"-fault", "DNS", "--", self}, 7, "no such host"},
		{[]string{"-fault", "EOF", "-listen", "tcp://127.0.0.1:0", "--", self}, 7, "EOF"},
		{[]string{"-fault", "500", "-path", "/images/*", "--", self}, 0, "500 befell none of the 1 calls that arrived"},
		{[]string{"-fault", "500", "-nth", "2", "--", self}, 0, "200 OK"},
		{[]string{"-list"}, 0, "404 no healthy upstream\n"},
		{[]string{"-help"}, 0, "usage: faultkit"},
		{[]string{"-fault", "none", "--", self}, 2, `-fault: no fault "none": want one of "stall"`},
		{[]string{"--", self}, 2, `-fault: no fault ""`},
		{[]string{"-fault", "canceled by the caller", "--", self}, 2, "not canceled"},
		{[]string{"-fault", "500", "-path", "[", "--", self}, 2, `path "[": syntax error in pattern`},
		{[]string{"-fault", "500", "-nth", "-1", "--", self}, 2, "nth -1"},
		{[]string{"-fault", "500"}, 2, "no program"},
		{[]string{"-colour"}, 2, "flag provided but not defined"},
		{[]string{"-fault", "500", "--", "/nonexistent"}, 125, "/nonexistent"},
		{[]string{"-fault", "500", "-upstream", "unix:///nonexistent.sock", "--", self}, 125, "engine at unix:///nonexistent.sock"},
		{[]string{"-fault", "missing socket", "-listen", "tcp://127.0.0.1:0", "--", self}, 125, "listens at no socket"},
		{[]string{"-fault", "500", "-journal", "/nonexistent/journal", "--", self}, 125, "-journal: "},
	} {
		var out bytes.Buffer
		if status := run(test.args, nil, &out, &out); status != test.status || !strings.Contains(out.String(), test.prints) {
			t.Errorf("%v: status %d, want %d and %q:\n%s", test.args[:min(4, len(test.args))], status, test.status, test.prints, &out)
		}
	}
	var entries []faultkit.Entry
	text, err := os.ReadFile(journal)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &entries); err != nil || len(entries) != 1 || entries[0].Fault != "404 HTML" {
		t.Errorf("journal: %v\n%s", err, text)
	}
}

// TestSignal passes a signal on to the program, and cleans up.
func TestSignal(t *testing.T) {
	temp := t.TempDir()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	cmd := exec.Command(self, "-fault", "stall", "-upstream", faultkit.InProcess(t).Host, "--", "sleep", "60")
	cmd.Env = append(os.Environ(), "FAULTKIT_TEST=faultkit", "TMPDIR="+temp)
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for end := time.Now().Add(time.Minute); ; time.Sleep(10 * time.Millisecond) {
		if sockets, _ := filepath.Glob(filepath.Join(temp, "faultkit*", "docker.sock")); len(sockets) == 1 {
			break
		}
		if time.Now().After(end) {
			t.Fatal("no socket after a minute")
		}
	}
	cmd.Process.Signal(syscall.SIGTERM)
	cmd.Wait()
	if status := cmd.ProcessState.ExitCode(); status != 128+int(syscall.SIGTERM) {
		t.Errorf("status %d: %s", status, &out)
	}
	if left, _ := filepath.Glob(filepath.Join(temp, "*")); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}
