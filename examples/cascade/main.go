// The cascade command replays the incident of 2026-04-16 in miniature: fifteen
// delegations at once to six agents in containers, while the Docker daemon
// stalls; once with the IsRunning that caused it, once with the reference. Then
// one container is killed for real.
//
// It uses the machine's Docker engine, or one in its own process when there is
// none, and exits with 1 unless the first restarts six healthy containers, the
// second none, and both the one that is dead.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"os/signal"
	"syscall"
	"text/tabwriter"

	"github.com/errswallow/errswallow/internal/realengine"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("cascade: ")
	engine := flag.String("engine", "auto", "`kind` of engine: real, inprocess, or auto for the real one if it answers")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	ok, err := cascade(ctx, *engine)
	if err != nil {
		log.Fatal(err)
	}
	if !ok {
		os.Exit(1)
	}
}

// cascade replays the incident twice and prints what happened. It reports whether
// that is what should have.
func cascade(ctx context.Context, kind string) (ok bool, err error) {
	var platform platform
	switch kind {
	case "real", "auto":
		real, err := realengine.Open(ctx)
		if err == nil {
			defer func() { err = errors.Join(err, real.Close()) }()
			platform = onReal(real)
			fmt.Println("On the Docker engine at", platform.host)
			break
		}
		if kind == "real" || !errors.Is(err, realengine.ErrNone) {
			return false, err
		}
		fmt.Printf("There is no Docker engine here (%v).\n", err)
		fallthrough
	case "inprocess":
		local, engine, err := inProcess()
		if err != nil {
			return false, err
		}
		defer engine.Close()
		platform = local
		fmt.Println("On an engine in this process: its containers are not containers, all else is the same")
	default:
		return false, fmt.Errorf("-engine %s: want real, inprocess or auto", kind)
	}
	var reports [2]*report
	for i, predicate := range []predicate{original, reference} {
		fmt.Printf("\nWith %s\n", predicate.name)
		if reports[i], err = replay(ctx, platform, predicate, os.Stdout); err != nil {
			return false, fmt.Errorf("with %s: %w", predicate.name, err)
		}
	}
	fmt.Println()
	return compare(reports[0], reports[1]), nil
}

// compare prints the two reports side by side, and reports whether they are as
// they should be.
func compare(original, reference *report) bool {
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "\toriginal IsRunning\treference")
	for _, row := range []struct {
		what  string
		value func(*report) any
	}{
		{"healthy containers restarted", func(r *report) any { return r.healthyRestarted }},
		{"their work lost", func(r *report) any { return r.tasksLost }},
		{"requests neither answered nor answered 503", func(r *report) any { return r.requestsLost }},
		{"requests answered 503", func(r *report) any { return r.busy }},
		{"faults seen", func(r *report) any { return r.faults }},
		{"delegations done in the end", func(r *report) any { return r.done }},
		{"restarts of the container killed for real", func(r *report) any { return r.deadRestarted }},
	} {
		fmt.Fprintf(w, "%s\t%v\t%v\n", row.what, row.value(original), row.value(reference))
	}
	w.Flush()
	return original.healthyRestarted == count && reference.healthyRestarted == 0 &&
		reference.requestsLost == 0 && reference.tasksLost == 0 &&
		original.done == delegations && reference.done == delegations &&
		original.deadRestarted == 1 && reference.deadRestarted == 1
}
