package rule

import (
	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/flow"
	"github.com/errswallow/errswallow/analyzer/internal/summary"
)

// empty fires when there is an error result, it is nil, and the other results
// are zero: nothing failed, and nothing is there.
//
// Bad:
//
//	list, err := cli.ContainerList(ctx, opts)
//	if err != nil {
//		log.Print(err)
//		return nil, nil
//	}
//	return list, nil
//
// Good:
//
//	list, err := cli.ContainerList(ctx, opts)
//	if err != nil {
//		return nil, fmt.Errorf("list containers: %w", err)
//	}
//	return list, nil
var empty = Rule{
	ID:    "empty",
	Title: "a fault is answered with nothing, and no error",
	Run:   checkEmpty,
}

func checkEmpty(run *summary.Run) *Finding {
	if noVerdict(run) || verdictIndex(run.Fn) >= 0 {
		return nil
	}
	results := run.Fn.Signature.Results()
	n := results.Len()
	if n < 2 || !absint.IsError(results.At(n-1).Type()) {
		return nil
	}
	for _, w := range ways(run) {
		if !w.silentTo(run.Fn) || skipped(run, w.Block) {
			continue
		}
		var from absint.Origin
		if !w.Aside {
			from = w.Governed
		}
		allZero := true
		for _, v := range w.Results[:n-1] {
			from |= v.From
			allZero = allZero && v.Kind == absint.Zero
		}
		if !allZero || from&absint.Decided == 0 || guessed(run, w) {
			continue
		}
		f := &Finding{Pos: w.Pos, Told: Told(run.Fn, w.Results), Message: w.message}
		if w.match {
			f.Rule = overbroad.ID
		}
		return f
	}
	return nil
}

// skipped reports whether the query stands in a loop that the exit comes after:
// one element was left out of a list, and the answer is the rest.
func skipped(run *summary.Run, exit *ssa.BasicBlock) bool {
	site := run.Site.Block()
	if exit == nil || site.Parent() != exit.Parent() {
		return true
	}
	header := flow.LoopHeader(site)
	return header != nil && !flow.Reaches(site, exit, header)
}
