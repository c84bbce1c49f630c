package dockerfault

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"text/tabwriter"
	"time"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"
)

// A Predicate reports whether the container with a name or an id runs.
type Predicate func(ctx context.Context, cli *client.Client, id string) (bool, error)

// Patience is how long a predicate has for one answer; under Stall, the deadline
// that it runs into.
const Patience = 500 * time.Millisecond

// A Row is what a predicate answered in one case.
type Row struct {
	Case    string // "running", "stopped", "absent", or "running, " and a fault
	Running bool
	Err     error
	// Want is the answer that the contract asks for, WantErr whether an error comes
	// with it.
	Want, WantErr bool
}

// OK reports whether the answer keeps the contract.
func (r Row) OK() bool { return r.Running == r.Want && (r.Err != nil) == r.WantErr }

// A Table is a truth table: what a predicate answered in every case.
type Table []Row

// OK reports whether every answer keeps the contract.
func (t Table) OK() bool {
	for _, r := range t {
		if !r.OK() {
			return false
		}
	}
	return true
}

// String returns the table as aligned text, with a cross at each broken row.
func (t Table) String() string {
	var text strings.Builder
	w := tabwriter.NewWriter(&text, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, " \tcase\tanswer\twant\terror")
	for _, r := range t {
		mark, words := " ", ""
		if !r.OK() {
			mark = "✗"
		}
		if r.Err != nil {
			words = r.Err.Error()
		}
		fmt.Fprintf(w, "%s\t%s\t(%t, %s)\t(%t, %s)\t%s\n", mark, r.Case, r.Running, word(r.Err != nil), r.Want, word(r.WantErr), words)
	}
	w.Flush()
	return text.String()
}

func word(failed bool) string {
	if failed {
		return "error"
	}
	return "nil"
}

// A Target is an engine to try a predicate on, and the containers to ask about.
type Target struct {
	// Host is where the engine listens, as DOCKER_HOST spells it.
	Host string
	// Running, Stopped and Absent are ids or names.
	Running, Stopped, Absent string
}

// Try runs a predicate on the target: without a fault, under Slow, and under
// every one of Faults. The error is of the engine, or of the proxy in front of it;
// what the predicate answers is in the table.
func (t Target) Try(ctx context.Context, predicate Predicate) (table Table, err error) {
	proxy, err := NewProxy(ctx, t.Host, "tcp://127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, proxy.Close()) }()
	cli, err := proxy.Client()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, cli.Close()) }()
	ask := func(row Row, id string) {
		ctx, cancel := context.WithTimeout(ctx, Patience)
		defer cancel()
		row.Running, row.Err = predicate(ctx, cli, id)
		table = append(table, row)
	}
	ask(Row{Case: "running", Want: true}, t.Running)
	ask(Row{Case: "stopped"}, t.Stopped)
	ask(Row{Case: "absent"}, t.Absent)
	for _, fault := range append([]Fault{Slow}, Faults()...) {
		injected := proxy.Inject(Injection{Fault: fault})
		ask(Row{Case: "running, " + fault.String(), Want: true, WantErr: fault != Slow}, t.Running)
		injected.Remove()
		if injected.Hits() == 0 {
			return table, fmt.Errorf("under %s the predicate did not ask the engine", fault)
		}
	}
	return table, nil
}

// Verify fails a test, and shows the truth table, unless a predicate keeps the
// contract on the target.
func (t Target) Verify(tb testing.TB, predicate Predicate) {
	tb.Helper()
	table, err := t.Try(tb.Context(), predicate)
	if err != nil {
		tb.Fatal(err)
	}
	if !table.OK() {
		tb.Errorf("the predicate does not tell a fault from absence:\n%s", table)
	}
}

// Verify fails a test, and shows the truth table, unless a predicate keeps the
// contract. It tries it on an engine in this process; Target.Verify tries it on
// another.
func Verify(tb testing.TB, predicate Predicate) {
	tb.Helper()
	engine, err := NewEngine(http.NotFoundHandler)
	if err != nil {
		tb.Fatal(err)
	}
	defer engine.Close()
	cli, err := client.NewClientWithOpts(client.WithHost(engine.Host()), client.WithVersion(engineVersion))
	if err != nil {
		tb.Fatal(err)
	}
	defer cli.Close()
	for _, name := range []string{"running", "stopped"} {
		if _, err := cli.ContainerCreate(tb.Context(), &container.Config{Image: "agent"}, nil, nil, nil, name); err != nil {
			tb.Fatal(err)
		}
	}
	if err := cli.ContainerStart(tb.Context(), "running", container.StartOptions{}); err != nil {
		tb.Fatal(err)
	}
	Target{Host: engine.Host(), Running: "running", Stopped: "stopped", Absent: "absent"}.Verify(tb, predicate)
}
