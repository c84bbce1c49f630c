package faultkit_test

import (
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"net"
	"net/http"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/errswallow/errswallow/faultkit"
)

// TestVerify holds predicates of every shape, all of them right, to the contract.
func TestVerify(t *testing.T) {
	t.Parallel()
	type state string
	for name, verify := range map[string]func(*testing.T){
		"bool and error": func(t *testing.T) { faultkit.Verify[bool](t, reference) },
		"bool": func(t *testing.T) {
			faultkit.Verify[bool](t, func(ctx context.Context, host, id string) bool {
				running, err := reference(ctx, host, id)
				return running || err != nil
			})
		},
		"a state and error": func(t *testing.T) {
			faultkit.Verify(t, func(ctx context.Context, host, id string) (state, error) {
				running, err := reference(ctx, host, id)
				if err != nil {
					return "", err
				}
				return map[bool]state{true: "up", false: "down"}[running], nil
			}, func(s state) bool { return s == "up" })
		},
		"a pointer and error": func(t *testing.T) {
			faultkit.Verify[*info](t, func(ctx context.Context, host, id string) (*info, error) {
				got, err := inspect(ctx, host, id)
				if s, ok := err.(*status); ok && s.message == "No such container: "+id {
					return nil, nil
				}
				if err == nil && (got == nil || got.State == nil || got.State.Status == "") {
					err = fmt.Errorf("no state of %s", id)
				}
				return got, err
			})
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			verify(t)
		})
	}
}

// TestVerifyAsksMeaning does not guess what a type means.
func TestVerifyAsksMeaning(t *testing.T) {
	t.Parallel()
	_, err := faultkit.Try[string](t.Context(), faultkit.Target{}, func(context.Context, string, string) string { return "" })
	if err == nil || !strings.Contains(err.Error(), "what a string means") {
		t.Errorf("error %v", err)
	}
}

// TestWrong tries predicates that break the contract, each in the way of a real one:
// it is broken in these cases.
func TestWrong(t *testing.T) {
	t.Parallel()
	// wrong takes what it is told to for absence, and is right otherwise.
	wrong := func(absent func(error) bool) func(context.Context, string, string) (bool, error) {
		return func(ctx context.Context, host, id string) (bool, error) {
			running, err := reference(ctx, host, id)
			if err != nil && absent(err) {
				return false, nil
			}
			return running, err
		}
	}
	has := func(codes ...int) func(error) bool {
		return func(err error) bool {
			s, ok := err.(*status)
			if !ok {
				return false
			}
			for _, code := range codes {
				if s.code == code {
					return true
				}
			}
			return false
		}
	}
	for _, test := range []struct {
		name      string
		predicate func(context.Context, string, string) (bool, error)
		broken    []string
	}{
		{"any no such", wrong(func(err error) bool { return strings.Contains(strings.ToLower(err.Error()), "no such") }),
			[]string{"running, missing socket", "running, DNS", "running, 404 node", "running, 404 another container", "absent, 404 exec"}},
		{"any 404", wrong(has(404)), []string{"running, 404 {}", "running, 404 stalled", "stopped, 404 default backend", "running, 404 no healthy upstream"}},
		{"what else has a status of the client's", wrong(has(400, 401, 403, 409, 429)),
			[]string{"running, 400 too new", "running, 401", "running, 403", "running, 409", "running, 429"}},
		{"canceled", wrong(func(err error) bool { return errors.Is(err, context.Canceled) }), []string{"running, canceled by the caller"}},
		{"200 without a state", func(ctx context.Context, host, id string) (bool, error) {
			got, err := inspect(ctx, host, id)
			if err == nil && (got == nil || got.State == nil || got.State.Status == "") {
				return false, nil
			}
			return reference(ctx, host, id)
		}, []string{"running, 200 null", "running, 200 {}", "running, 200, State null", "running, 200, an empty State", "stopped, 200 with a message"}},
		{"what is not reached", wrong(func(err error) bool {
			return errors.As(err, new(*net.DNSError)) || strings.Contains(err.Error(), "malformed HTTP response")
		}),
			[]string{"running, DNS", "running, TLS", "stopped, DNS"}},
		{"only the second call swallowed", func(ctx context.Context, host, id string) (bool, error) {
			if err := dial(host).call(ctx, "GET", "/version", nil); err != nil {
				return true, err
			}
			running, err := reference(ctx, host, id)
			return running && err == nil, nil
		}, []string{"running, 500 at call 2", "running, stall at call 2", "running, connection refused at call 2"}},
		{"Ping decides", func(ctx context.Context, host, id string) (bool, error) {
			if err := dial(host).call(ctx, "GET", "/_ping", nil); err != nil {
				return true, err
			}
			running, err := reference(ctx, host, id)
			if err != nil { // the daemon answers: so the container is not there
				return false, nil
			}
			return running, nil
		}, []string{"running, 503 at call 2", "running, EOF at call 2"}},
		{"says running, and nothing of the fault", func(ctx context.Context, host, id string) (bool, error) {
			running, err := reference(ctx, host, id)
			return running || err != nil, nil
		}, []string{"running, stall", "stopped, 500", "absent, EOF"}},
		{"tells the fault, and says not running", func(ctx context.Context, host, id string) (bool, error) {
			running, err := reference(ctx, host, id)
			return running && err == nil, err
		}, []string{"running, stall", "stopped, 500", "absent, EOF"}},
		{"takes absence for a fault", func(ctx context.Context, host, id string) (bool, error) {
			got, err := inspect(ctx, host, id)
			if err != nil || got == nil || got.State == nil || got.State.Status == "" {
				return true, fmt.Errorf("inspect: %w", err)
			}
			return got.State.Status == "running", nil
		}, []string{"absent"}},
		{"refused", wrong(func(err error) bool { return errors.Is(err, syscall.ECONNREFUSED) }), []string{"running, connection refused", "running, a file as socket"}},
		{"panics", func(ctx context.Context, host, id string) (bool, error) {
			got, err := inspect(ctx, host, id)
			if err != nil {
				return reference(ctx, host, id)
			}
			return got.State.Status == "running", nil
		}, []string{"running, 200 null", "running, 200, State null"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			r := &recorder{TB: t}
			faultkit.VerifyOn[bool](r, inProcess(t), test.predicate)
			broken := map[string]bool{}
			for _, row := range r.table {
				broken[row.Name()] = true
			}
			for _, name := range test.broken {
				if !broken[name] {
					t.Errorf("kept in case %q:\n%s", name, r.table)
				}
			}
		})
	}
}

// inProcess is a target for those who notice a deadline at once.
func inProcess(t *testing.T) faultkit.Target {
	t.Helper()
	target := faultkit.InProcess(t)
	target.Patience = 20 * time.Millisecond
	return target
}

// recorder is a test that fails without failing this one.
type recorder struct {
	testing.TB
	table faultkit.Table
}

func (*recorder) Helper() {}
func (r *recorder) Errorf(format string, args ...any) {
	for _, arg := range args {
		if table, ok := arg.(faultkit.Table); ok {
			r.table = table
		}
	}
}

// TestWatchdog ends a test, and not the run, when a predicate does not return.
func TestWatchdog(t *testing.T) {
	t.Parallel()
	end := make(chan struct{})
	t.Cleanup(func() { close(end) })
	target := inProcess(t)
	target.Grace = 100 * time.Millisecond
	table, err := faultkit.Try[bool](t.Context(), target, func(ctx context.Context, host, id string) (bool, error) {
		running, err := reference(ctx, host, id)
		if errors.Is(err, context.DeadlineExceeded) {
			<-end
		}
		return running, err
	})
	must(t, err)
	last := table[len(table)-1]
	if last.OK || last.Name() != "running, stall" || !strings.Contains(last.Err, "did not return") {
		t.Errorf("last is %s: %s", last.Name(), last.Err)
	}
}

// TestLeft goes on with the next case when a predicate ends its goroutine, as a test does
// that fails.
func TestLeft(t *testing.T) {
	t.Parallel()
	table, err := faultkit.Try[bool](t.Context(), inProcess(t), func(ctx context.Context, host, id string) (bool, error) {
		running, err := reference(ctx, host, id)
		if s, ok := err.(*status); ok && s.code == http.StatusConflict {
			runtime.Goexit()
		}
		return running, err
	})
	must(t, err)
	for _, row := range table {
		if left := strings.Contains(row.Err, "Goexit"); left == row.OK || left != (row.Fault == "409") {
			t.Errorf("%s: kept %t: %s", row.Name(), row.OK, row.Err)
		}
	}
}

// TestHidden says so when a client asks again.
func TestHidden(t *testing.T) {
	t.Parallel()
	table, err := faultkit.Try[bool](t.Context(), inProcess(t), func(ctx context.Context, host, id string) (bool, error) {
		if err := dial(host).call(ctx, "GET", "/_ping", nil); err != nil && ctx.Err() == nil {
			dial(host).call(ctx, "GET", "/_ping", nil)
		}
		running, err := reference(ctx, host, id)
		if err != nil && ctx.Err() == nil {
			return reference(ctx, host, id)
		}
		return running, err
	})
	must(t, err)
	if !table.OK() {
		t.Fatalf("%s", table.Broken())
	}
	for _, row := range table {
		if row.Fault == "500" && row.Nth == 2 && !strings.Contains(row.Note, "asked again") {
			t.Errorf("%s: note %q", row.Name(), row.Note)
		}
	}
}

// TestAsksNothing does not pass a predicate that asks nothing.
func TestAsksNothing(t *testing.T) {
	t.Parallel()
	_, err := faultkit.Try[bool](t.Context(), inProcess(t), func(context.Context, string, string) bool { return true })
	if err == nil || !strings.Contains(err.Error(), "did not ask") {
		t.Errorf("error %v", err)
	}
}

// TestVerifyCaller holds callers to doing nothing under faults.
func TestVerifyCaller(t *testing.T) {
	t.Parallel()
	restart := func(ctx context.Context, host, id string) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 100*time.Millisecond)
		defer cancel()
		dial(host).call(ctx, "POST", "/containers/"+id+"/restart", nil)
	}
	for name, test := range map[string]struct {
		caller faultkit.Caller
		broken []string
	}{
		"asks first": {func(ctx context.Context, host, id string) {
			if running, err := reference(ctx, host, id); err == nil && !running {
				restart(ctx, host, id)
			}
		}, nil},
		"acts on a fault": {func(ctx context.Context, host, id string) {
			if running, err := reference(ctx, host, id); err != nil || !running {
				restart(ctx, host, id)
			}
		}, []string{"running, 500", "running, EOF of GET", "running, 404 node"}},
		"never acts": {func(ctx context.Context, host, id string) { reference(ctx, host, id) }, []string{"absent"}},
		"asks twice, and believes the second": {func(ctx context.Context, host, id string) {
			if _, err := reference(ctx, host, id); err != nil {
				return
			}
			if running, err := reference(ctx, host, id); err != nil || !running {
				restart(ctx, host, id)
			}
		}, []string{"running, 500 at call 2"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := &recorder{TB: t}
			faultkit.VerifyCallerOn(r, inProcess(t), test.caller)
			names := map[string]bool{}
			for _, row := range r.table {
				names[row.Name()] = true
			}
			if len(test.broken) == 0 && len(names) > 0 {
				t.Errorf("broken:\n%s", r.table)
			}
			for _, name := range test.broken {
				if !names[name] {
					t.Errorf("kept in case %q:\n%s", name, r.table)
				}
			}
		})
	}
}

// TestNothingDestroyed tries a caller that removes whatever it has no answer about,
// again and again: its calls arrive, whatever befalls them, and the target stays.
func TestNothingDestroyed(t *testing.T) {
	t.Parallel()
	target := inProcess(t)
	table, err := target.TryCaller(t.Context(), func(ctx context.Context, host, id string) {
		running, err := reference(ctx, host, id)
		for n := 0; n < 3 && (err != nil || !running); n++ {
			ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 100*time.Millisecond)
			err = dial(host).call(ctx, "DELETE", "/containers/"+id+"?force=1", nil)
			cancel()
		}
	})
	must(t, err)
	arrived := map[string]bool{}
	for _, row := range table {
		arrived[row.Fault] = arrived[row.Fault] || row.Answer != "nothing"
	}
	for _, fault := range []faultkit.Fault{faultkit.Stall, faultkit.Drip, faultkit.Truncated, faultkit.TruncatedJSON} { // that pass a call on
		if !arrived[fault.String()] {
			t.Errorf("%s: no call arrived that removes: nothing was tried", fault)
		}
	}
	for id, want := range map[string]string{target.Running: "running", target.Stopped: "exited"} {
		if got, err := inspect(t.Context(), target.Host, id); err != nil || got.State.Status != want {
			t.Errorf("%s: %+v, %v; want %s", id, got, err, want)
		}
	}
}

// TestTable writes a table in every form.
func TestTable(t *testing.T) {
	t.Parallel()
	table := faultkit.Table{
		{Case: "running", Answer: "(true, nil)", Want: "(true, nil)", OK: true},
		{Case: "running", Fault: "500", Nth: 2, Answer: "(false, nil)", Want: "(true, error)", Err: "status <500>\n",
			Served: []faultkit.Entry{{Method: "GET", Path: "/_ping"}, {Method: "GET", Path: "/containers/a/json", Fault: "500", Status: 500}}},
	}
	if text := table.String(); !strings.Contains(text, "✗  running, 500 at call 2  (false, nil)  (true, error)        status <500>") {
		t.Errorf("as text:\n%s", text)
	}
	text, err := table.JSON()
	must(t, err)
	var rows []map[string]any
	must(t, json.Unmarshal(text, &rows))
	if len(rows) != 2 || rows[1]["nth"] != 2.0 || rows[1]["ok"] != false {
		t.Errorf("as JSON: %s", text)
	}
	text, err = table.JUnit("IsRunning")
	must(t, err)
	var suite struct {
		Tests    int `xml:"tests,attr"`
		Failures int `xml:"failures,attr"`
		Cases    []struct {
			Name    string `xml:"name,attr"`
			Failure *struct {
				Message string `xml:"message,attr"`
				Text    string `xml:",chardata"`
			} `xml:"failure"`
		} `xml:"testcase"`
	}
	must(t, xml.Unmarshal(text, &suite))
	if suite.Tests != 2 || suite.Failures != 1 || suite.Cases[0].Failure != nil || suite.Cases[1].Failure.Message != "(false, nil), want (true, error)" ||
		!strings.Contains(suite.Cases[1].Failure.Text, "GET /containers/a/json (500)") {
		t.Errorf("as JUnit: %s", text)
	}
}

// TestByName finds every fault by its name, and lists them.
func TestByName(t *testing.T) {
	t.Parallel()
	names := map[string]bool{}
	for _, f := range append(faultkit.Faults(), faultkit.Slow) {
		if names[f.String()] {
			t.Errorf("two faults are called %q", f)
		}
		names[f.String()] = true
		for _, name := range []string{f.String(), strings.ReplaceAll(f.String(), " ", "-")} {
			if got, err := faultkit.ByName(name); err != nil || got.String() != f.String() {
				t.Errorf("ByName(%q) = (%s, %v)", name, got, err)
			}
		}
	}
	if _, err := faultkit.ByName("none"); err == nil || !strings.Contains(err.Error(), `"slow-drip"`) {
		t.Errorf("error %v", err)
	}
}
