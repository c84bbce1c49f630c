package calls

import (
	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/summary"
)

// reachOf is what a function does, whatever it is handed, that cannot be undone. Of one that is
// handed an error each answer says what is done on the way to it.
func reachOf(s *summary.Summary) absint.Reach {
	if len(s.Params) > 0 {
		return absint.Reach{}
	}
	return s.Reach
}

// given returns what a summary says of an error that is handed in.
func given(s *summary.Summary) func(i int, v absint.Value) ([]absint.Answer, bool) {
	return func(i int, v absint.Value) ([]absint.Answer, bool) {
		for _, p := range s.Params {
			if p.Index != i {
				continue
			}
			switch v.Kind {
			case absint.Fault:
				return decided(summary.Values(p.Faults, 0, false)), true
			case absint.Absent:
				return decided(summary.Values(p.Absent, 0, false)), true
			case absint.Zero:
				return decided(summary.Values(p.Nil, 0, false)), true
			case absint.NonZero: // some other error
				return others(summary.Values(p.Faults, 0, false)), true
			}
		}
		return nil, false
	}
}

// others is what is answered of an error that is not the one in question.
func others(answers []absint.Answer) []absint.Answer {
	for i := range answers {
		answers[i].Fate = 0
		for j, v := range answers[i].Results {
			if v.From&absint.Carries != 0 {
				answers[i].Results[j] = absint.Value{Kind: absint.NonZero}
			}
		}
	}
	return answers
}

// decided marks what does not hold the error as decided by it: what a function
// answers that looks at nothing else, such as failed(err).
func decided(answers []absint.Answer) []absint.Answer {
	for _, a := range answers {
		for i, v := range a.Results {
			if v.From == 0 {
				a.Results[i].From = absint.Decided
				if v.Kind == absint.Unknown {
					a.Results[i].From |= absint.Unsure
				}
			}
		}
	}
	return answers
}
