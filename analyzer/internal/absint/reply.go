package absint

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// show executes a call of a logger. A text that people get to read is an event.
func (f *frame) show(s *state, effect Effect, site ssa.CallInstruction, args []Value) {
	if slices.ContainsFunc(args, s.carries) {
		s.fate |= Shown
	}
	if !effect.Writes {
		return
	}
	if slices.ContainsFunc(args, s.carries) {
		s.fate |= Replied
	}
	text := ""
	for _, arg := range site.Common().Args {
		text += written(arg)
	}
	if text != "" && s.met {
		s.happen(&Event{Kind: Wrote, At: site, Place: addressee(site.Common()), Value: fromConst(constant.MakeString(text))})
	}
}

// written is the constant text among what a call prints.
func written(v ssa.Value) (text string) {
	switch v := v.(type) {
	case *ssa.Const:
		if v.Value != nil && v.Value.Kind() == constant.String {
			text = constant.StringVal(v.Value)
		}
	case *ssa.MakeInterface:
		return written(v.X)
	case *ssa.Convert:
		return written(v.X)
	case *ssa.Slice:
		if array, ok := v.X.(*ssa.Alloc); ok {
			for _, element := range Elements(array) {
				text += written(element)
			}
		}
	}
	return text
}

// Remote is the place of what a remote caller gets to read.
const Remote = "reply"

// addressee is who gets to read what a call prints: a remote caller if it is handed one.
func addressee(call *ssa.CallCommon) string {
	if HandsReply(call) {
		return Remote
	}
	return ""
}

// HandsReply reports whether a call is handed what an answer to a remote caller is written to.
func HandsReply(call *ssa.CallCommon) bool {
	return slices.ContainsFunc(call.Args, func(arg ssa.Value) bool {
		if wider, ok := arg.(*ssa.ChangeInterface); ok {
			arg = wider.X
		}
		return IsReply(arg.Type())
	})
}

// IsReply reports whether an answer to a remote caller is written to what has this type.
func IsReply(t types.Type) bool { return strings.HasSuffix(t.String(), "ResponseWriter") }

// reply executes an answer to a remote caller.
func (f *frame) reply(s *state, effect Effect, site ssa.CallInstruction, args []Value) {
	if effect.Absence != "" {
		s.answered(effect.Absence, site)
	}
	operands := site.Common().Args
	for i, arg := range args[len(args)-len(operands):] {
		if i+len(args)-len(operands) == effect.Status {
			code, isCode := strings.CutPrefix(arg.Is, codeIs)
			switch {
			case isCode: // an error that has it
				s.answered(code, site)
			case f.deniesBy(arg):
				s.answered(NotFound, site)
			case IsAnError(operands[i].Type()):
				s.release(arg)
			default:
				s.happen(&Event{Kind: Answered, At: site, Place: "status", Value: arg})
			}
			continue
		}
		if s.carries(arg) {
			s.fate |= Replied
		}
		v, t := f.unboxed(s, operands[i])
		switch {
		case v.Kind == Pointer:
			s.happen(&Event{Kind: Wrote, At: site, Place: Remote, Value: s.record(v.Cell), Type: t})
		case v.From&Hangs != 0, v.Kind == Zero && !isBasic(t):
			s.happen(&Event{Kind: Wrote, At: site, Place: Remote, Value: v, Type: t})
		}
	}
	if text := strings.Join(collected(site.Common().Args, written), ""); text != "" {
		s.happen(&Event{Kind: Wrote, At: site, Place: Remote, Value: fromConst(constant.MakeString(text))})
	}
}

// SomeStatus is what a remote caller is answered where nobody knows the status.
const SomeStatus = "?"

// NotFound is the status that an error gets which says in words that something is absent.
const NotFound = "404"

// deniesBy reports whether an error says in words that something is absent.
func (f *frame) deniesBy(err Value) bool {
	text, ok := Says(err.Is)
	return ok && f.x.oracle.AbsenceText(text)
}

// answered says that a remote caller is answered a status.
func (s *state) answered(status string, site ssa.CallInstruction) {
	s.happen(&Event{Kind: Answered, At: site, Place: "status", Value: fromConst(constant.MakeFromLiteral(status, token.INT, 0))})
}

// unboxed is what is in an interface, and its type.
func (f *frame) unboxed(s *state, v ssa.Value) (Value, types.Type) {
	if mk, ok := v.(*ssa.MakeInterface); ok {
		v = mk.X
	}
	return f.value(s, v), v.Type()
}

func collected(args []ssa.Value, of func(ssa.Value) string) (out []string) {
	for _, arg := range args {
		out = append(out, of(arg))
	}
	return out
}

// isBasic reports whether a type is one of bools, numbers or texts.
func isBasic(t types.Type) bool {
	_, ok := t.Underlying().(*types.Basic)
	return ok
}
