package rule

import (
	"fmt"
	"os"

	"github.com/errswallow/errswallow/analyzer/internal/trial"
)

func debugTrial(t *trial.Trial) {
	if os.Getenv("DBG") != t.Fn.Name() {
		return
	}
	for c, name := range []string{"fault", "absent", "found", "stopped", "zero", "unheard"} {
		out := t.Exits(trial.Case(c))
		for _, e := range out {
			fmt.Fprintf(os.Stderr, "%s: how=%d free=%v fate=%d path=", name, e.How, e.Free, e.Fate)
			for _, a := range e.Path {
				fmt.Fprintf(os.Stderr, "%s=%v ", a.Cond, a.Truth)
			}
			for _, r := range e.Results {
				fmt.Fprintf(os.Stderr, " | kind=%d from=%d const=%v is=%s parts=%d", r.Kind, r.From, r.Const, r.Is, len(r.Parts))
			}
			for _, ev := range e.Events {
				fmt.Fprintf(os.Stderr, " ; ev=%d %s %s at=%v", ev.Kind, ev.Reach.Name, ev.Place, ev.At)
			}
			fmt.Fprintln(os.Stderr)
		}
	}
	fmt.Fprintf(os.Stderr, "ignored=%v noverdict=%v\n", t.Ignored(), t.NoVerdict())
}
