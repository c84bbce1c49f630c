package absint

import (
	"slices"

	"golang.org/x/tools/go/ssa"
)

// summarised executes a call whose callee says what it answers when it is
// handed an error, or the nil in its place.
func (f *frame) summarised(s *state, effect Effect, site ssa.CallInstruction, args []Value) ([]continuation, bool) {
	carries := slices.ContainsFunc(args, Value.carries)
	for i, arg := range args {
		if carries && (!arg.carries() || arg.Kind == Const) {
			continue
		}
		given := []Value{arg}
		if operands := site.Common().Args; arg.Kind == Unknown && arg.From&Hangs == 0 && len(operands) == len(args) && IsError(operands[i].Type()) {
			given = []Value{zero, nonZero} // either, whatever the query answers
		}
		var out []continuation
		for _, v := range given {
			answers, ok := effect.Given(i, v)
			if !ok {
				break // it is no error
			}
			for _, a := range answers {
				next := s.clone()
				next.fate |= a.Fate
				if a.Reach.Name != "" {
					next.happen(&Event{Kind: a.Reach.Kind.event(), At: site, Reach: a.Reach})
				}
				switch a.Replies {
				case "":
				case SomeStatus: // as the error says that it is handed
					next.happen(&Event{Kind: Answered, At: site, Place: "status", Value: Value{Is: arg.Is}})
				default:
					next.answered(a.Replies, site)
				}
				if len(given) > 1 {
					operand := site.Common().Args[i]
					if was, known := next.assumed(operand); known && was != (v.Kind == NonZero) {
						continue
					}
					next.assume(operand, v.Kind == NonZero, false)
					f.learn(next, operand, v)
				}
				out = append(out, back(next, tuple(a.Results)))
			}
			if len(answers) == 0 && len(given) == 1 {
				f.exit(s, Stopped, site)
				return nil, true
			}
		}
		if len(out) > 0 {
			return out, true
		}
	}
	return nil, false
}
