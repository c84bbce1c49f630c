package rule

import (
	"github.com/errswallow/errswallow/analyzer/internal/trial"
)

// empty fires when a fault is told as an absence is, by nothing: there is an error
// result, it is nil, and the other results are zero.
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
	Run: func(t *trial.Trial) []*Finding {
		if !answersError(t) {
			return nil
		}
		return mistaken(t, func(c class) bool { return c == nothing })
	},
	Sentence: answers,
}
