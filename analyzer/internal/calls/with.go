package calls

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
)

// With says whether a call is seen to be made with one of some words, as a request of
// [net/http.NewRequest] is with GET: it is among the call's arguments, or among those of the
// calls that made them. Where it is not, handed reports that what it is made with is what its
// function is handed, so that who calls that decides.
func With(call *ssa.CallCommon, words []string) (seen, handed bool) {
	if len(words) == 0 {
		return true, false
	}
	s := spoken{words: words, seen: map[ssa.Value]bool{}}
	for _, arg := range call.Args {
		is, from := s.of(arg)
		seen, handed = seen || is, handed || from
	}
	return seen && !s.other, handed && !s.other
}

// spoken looks for words in what calls are made with.
type spoken struct {
	words []string
	seen  map[ssa.Value]bool
	// other: there is another word of the sort, POST.
	other bool
}

// of looks into what a value is made of.
func (s *spoken) of(v ssa.Value) (is, handed bool) {
	v = absint.Unboxed(v)
	if s.seen[v] || len(s.seen) > maxSpoken {
		return false, false
	}
	if c, ok := v.(*ssa.Const); ok {
		return s.word(c), false
	}
	s.seen[v] = true
	switch v := v.(type) {
	case *ssa.Parameter:
		b, basic := v.Type().Underlying().(*types.Basic)
		p, pointer := v.Type().Underlying().(*types.Pointer)
		if pointer {
			_, pointer = p.Elem().Underlying().(*types.Struct)
			pointer = pointer && (v.Parent().Signature.Recv() == nil || v != v.Parent().Params[0])
		}
		return false, basic && b.Info()&types.IsString != 0 || pointer
	case *ssa.Extract:
		return s.of(v.Tuple)
	case *ssa.ChangeType:
		return s.of(v.X)
	case *ssa.Convert:
		return s.of(v.X)
	case *ssa.Call:
		return s.any(v.Call.Args)
	case *ssa.Phi:
		return s.all(v.Edges)
	case *ssa.UnOp:
		if v.Op == token.MUL {
			return s.all(storedIn(v.X))
		}
	case *ssa.Alloc: // a literal: some field of it
		var fields []ssa.Value
		for _, ref := range *v.Referrers() {
			if field, ok := ref.(*ssa.FieldAddr); ok {
				fields = append(fields, storedIn(field)...)
			}
		}
		return s.any(fields)
	}
	return false, false
}

// maxSpoken is how many values are looked into.
const maxSpoken = 64

// word reports whether a constant is one of the words.
func (s *spoken) word(c *ssa.Const) bool {
	if c.Value == nil || c.Value.Kind() != constant.String {
		return false
	}
	text := constant.StringVal(c.Value)
	if slices.Contains(s.words, text) {
		return true
	}
	s.other = s.other || text != "" && strings.Trim(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
	return false
}

// any reports whether one of several values is made with a word.
func (s *spoken) any(values []ssa.Value) (is, handed bool) {
	for _, v := range values {
		i, h := s.of(v)
		is, handed = is || i, handed || h
	}
	return is, handed
}

// all reports whether all of several values are made with a word, but for constants such as
// nil.
func (s *spoken) all(values []ssa.Value) (is, handed bool) {
	is = true
	some := false
	for _, v := range values {
		if c, ok := v.(*ssa.Const); ok && c.Value == nil || s.seen[v] {
			continue
		}
		some = true
		i, h := s.of(v)
		is, handed = is && i, handed || h
	}
	return is && some, handed
}

// storedIn returns what is stored where an address leads to, in a func literal, too, where it is
// a variable of the function around it.
func storedIn(addr ssa.Value) []ssa.Value {
	if free, ok := addr.(*ssa.FreeVar); ok {
		if addr = bound(free); addr == nil {
			return nil
		}
	}
	if addr.Referrers() == nil {
		return nil
	}
	return stores(addr)
}

// bound returns the variable that a func literal takes from the function around it, or nil.
func bound(free *ssa.FreeVar) ssa.Value {
	fn := free.Parent()
	i := slices.Index(fn.FreeVars, free)
	if fn.Parent() == nil || i < 0 {
		return nil
	}
	for _, b := range fn.Parent().Blocks {
		for _, instr := range b.Instrs {
			if mk, ok := instr.(*ssa.MakeClosure); ok && mk.Fn == fn {
				return mk.Bindings[i]
			}
		}
	}
	return nil
}
