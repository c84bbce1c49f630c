package trial

import (
	"fmt"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/calls"
)

// A Told is one thing that the caller, or the world, observes of a way out.
type Told struct {
	// Kind is what sort of thing, with Returned for a result.
	Kind ToldKind
	// Place tells it from others of its kind: the result and the field in it, the
	// variable and the field that are stored to.
	Place string
	// Type is the type of Value, nil for a text.
	Type  types.Type
	Value absint.Value
	// Result is the index of a result.
	Result int
	// Field is the name of the field of a struct that it is told by, if any.
	Field string

	at ssa.Instruction
}

// At is where something else than a result is told.
func (t Told) At() token.Pos {
	if t.at == nil {
		return token.NoPos
	}
	return t.at.Pos()
}

// A ToldKind says how something is told.
type ToldKind uint8

const (
	// Returned: by a result, or a field or an element of one.
	Returned ToldKind = iota
	// Replied: by the status of a reply to a remote caller.
	Replied
	// Written: by a text that somebody reads.
	Written
	// Stored: by a variable, a field or an element of a map that outlives the call.
	Stored
	// Forgotten: by the removal of an element from such a map.
	Forgotten
)

// TellsOf spells out what is told on a way out of a function.
func TellsOf(fn *ssa.Function, e absint.Exit) []Told {
	var out []Told
	results := fn.Signature.Results()
	for i, v := range e.Results {
		t := results.At(i).Type()
		out = append(out, Told{Kind: Returned, Place: strconv.Itoa(i), Type: t, Value: v, Result: i})
		for _, p := range v.Parts {
			if parted(p.Path, v.Parts) {
				continue // what nothing was stored in
			}
			out = append(out, Told{Kind: Returned, Place: strconv.Itoa(i) + " " + p.Path, Type: partType(t, p.Path), Value: p.Value, Result: i, Field: fieldName(t, p.Path)})
		}
	}
	for _, event := range e.Events {
		told := Told{Place: event.Place, Type: event.Type, Value: event.Value, Result: -1, at: event.At}
		switch event.Kind {
		case absint.Answered:
			told.Kind = Replied
		case absint.Wrote:
			told.Kind = Written
		case absint.Stored:
			told.Kind, told.Type = Stored, storedType(event.At)
		case absint.Forgot:
			told.Kind = Forgotten
		default:
			continue
		}
		if told.Kind == Stored { // the last counts
			out = slices.DeleteFunc(out, func(o Told) bool { return o.Kind == Stored && o.Place == told.Place })
		}
		out = append(out, told)
		for _, p := range told.Value.Parts {
			if parted(p.Path, told.Value.Parts) {
				continue
			}
			out = append(out, Told{Kind: told.Kind, Place: told.Place + " " + p.Path, Value: p.Value, Type: partType(told.Type, p.Path), Result: -1, at: event.At})
		}
	}
	return out
}

// Parts returns the names of the parts of what is written to a remote caller: the fields of a struct, and
// the constant keys of a map that was made for it.
func (t Told) Parts() (names []string) {
	if t.Type == nil {
		return nil
	}
	typ := t.Type.Underlying()
	if p, ok := typ.(*types.Pointer); ok {
		typ = p.Elem().Underlying()
	}
	if s, ok := typ.(*types.Struct); ok {
		for field := range s.Fields() {
			if absint.IsBool(field.Type()) {
				names = append(names, field.Name())
			}
		}
	}
	call, ok := t.at.(ssa.CallInstruction)
	if !ok {
		return names
	}
	for _, arg := range call.Common().Args {
		made, ok := unwrapped(arg).(*ssa.MakeMap)
		if !ok {
			continue
		}
		for _, ref := range *made.Referrers() {
			if update, ok := ref.(*ssa.MapUpdate); ok {
				if key, ok := update.Key.(*ssa.Const); ok && key.Value != nil && key.Value.Kind() == constant.String {
					names = append(names, constant.StringVal(key.Value))
				}
			}
		}
	}
	return names
}

// unwrapped is what was made an interface, of the type that it was made as.
func unwrapped(v ssa.Value) ssa.Value {
	v = absint.Unboxed(v)
	if change, ok := v.(*ssa.ChangeType); ok {
		v = change.X
	}
	return v
}

// Replies reports whether the function, or one around it, is handed what a reply is written to.
func (t *Trial) Replies() bool {
	for fn := t.Fn; fn != nil; fn = fn.Parent() {
		if slices.ContainsFunc(fn.Params, func(p *ssa.Parameter) bool { return absint.IsReply(p.Type()) }) {
			return true
		}
	}
	return false
}

// parted reports whether more is known of what a path leads to than what it was made with: of parts
// of it.
func parted(path string, parts []absint.Part) bool {
	return slices.ContainsFunc(parts, func(p absint.Part) bool {
		rest, within := strings.CutPrefix(p.Path, path)
		return within && rest != "" && (path == "" || rest[0] == '.')
	})
}

// Doubted reports whether a text among what is answered says that nobody knows, or that something
// failed: the reason of a condition, "ApiError".
func Doubted(tells []Told) bool {
	return slices.ContainsFunc(tells, func(t Told) bool {
		text, isText := t.Value.Text()
		return t.Kind == Returned && isText && calls.NamedDoubt(text)
	})
}

func storedType(at ssa.Instruction) types.Type {
	switch at := at.(type) {
	case *ssa.Store:
		return at.Val.Type()
	case *ssa.MapUpdate:
		return at.Value.Type()
	}
	return nil
}

// partType returns the type of the field or element that a path of a cell leads to, nil
// where that is not known.
func partType(t types.Type, path string) types.Type {
	if t == nil {
		return nil
	}
	for path != "" {
		if p, ok := t.Underlying().(*types.Pointer); ok {
			t = p.Elem()
		}
		var step string
		path = path[1:]
		if i := slices.Index([]byte(path), '.'); i >= 0 {
			step, path = path[:i], path[i:]
		} else {
			step, path = path, ""
		}
		if strings.HasPrefix(step, "#") {
			continue // which element
		}
		switch u := t.Underlying().(type) {
		case *types.Struct:
			n, err := strconv.Atoi(step)
			if err != nil || n >= u.NumFields() {
				return nil
			}
			t = u.Field(n).Type()
		case *types.Map:
			t = u.Elem()
		case *types.Slice:
			t = u.Elem()
		case *types.Array:
			t = u.Elem()
		default:
			if step == "" || step[0] < '0' || step[0] > '9' {
				return nil
			}
		}
	}
	if p, ok := t.Underlying().(*types.Pointer); ok {
		return p.Elem()
	}
	return t
}

// fieldName returns the name of the field that a path of a struct ends in, "" for another
// part.
func fieldName(t types.Type, path string) string {
	end := max(strings.LastIndexByte(path, '.'), 0)
	outer := partType(t, path[:end])
	if outer == nil || path == "" {
		return ""
	}
	if p, ok := outer.Underlying().(*types.Pointer); ok {
		outer = p.Elem()
	}
	structure, ok := outer.Underlying().(*types.Struct)
	n, err := strconv.Atoi(path[end+1:])
	if !ok || err != nil || n >= structure.NumFields() {
		return ""
	}
	return structure.Field(n).Name()
}

// find returns what another way out tells at the place of t.
func (t Told) find(tells []Told) (absint.Value, bool) {
	for _, o := range tells {
		if o.Kind == t.Kind && o.Place == t.Place {
			return o.Value, true
		}
	}
	return absint.Value{}, false
}

// SameAs reports whether another way out certainly tells the same at the place of t.
func (t Told) SameAs(tells []Told) bool {
	if t.Kind == Written || t.Kind == Replied || t.Kind == Forgotten {
		return slices.ContainsFunc(tells, func(o Told) bool { return o.Kind == t.Kind && o.Place == t.Place && identical(t.Value, o.Value) })
	}
	v, ok := t.find(tells)
	return ok && identical(t.Value, v)
}

// KnownIn reports whether another way out certainly tells one thing at the place of t.
func (t Told) KnownIn(tells []Told) bool {
	v, ok := t.find(tells)
	return ok && (v.Kind == absint.Const || v.Kind == absint.Zero)
}

// MayBe reports whether another way out can tell the same at the place of t: it does, or
// it tells what has nothing to do with the query, and nobody can foresee.
func (t Told) MayBe(tells []Told) bool {
	v, ok := t.find(tells)
	return t.SameAs(tells) || ok && v.Kind == absint.Unknown && v.From&absint.Hangs == 0
}

// Less reports whether another way out tells of something at the place of t, and nobody
// knows how much is in it: nothing at all is no more than an empty list.
func (t Told) Less(tells []Told) bool {
	v, ok := t.find(tells)
	return ok && v.Kind == absint.Unknown
}

// identical reports whether two values are known, and the same.
func identical(a, b absint.Value) bool {
	if Nothing(a) && Nothing(b) {
		return true
	}
	if a.Identified() || b.Identified() {
		return a.Is == b.Is
	}
	switch a.Kind {
	case absint.Zero:
		return b.Kind == absint.Zero
	case absint.Const:
		return b.Kind == absint.Const && fmt.Sprint(a.Const) == fmt.Sprint(b.Const)
	}
	return false
}

// alike reports whether two values can be the same.
func alike(a, b absint.Value) bool {
	known := func(v absint.Value) bool { return v.Kind == absint.Zero || v.Kind == absint.Const }
	switch {
	case known(a) && known(b):
		return identical(a, b)
	case a.Identified() && b.Identified():
		return a.Is == b.Is
	case Nothing(a) != Nothing(b) && (known(a) || known(b)):
		return a.Kind == absint.Unknown || b.Kind == absint.Unknown || a.Kind == absint.Record || b.Kind == absint.Record
	}
	return true
}

// Nothing reports whether a value is nil, zero, an empty list or map of the function's own,
// or an object that was not filled.
func Nothing(v absint.Value) bool {
	if text, ok := v.Text(); v.Kind == absint.Zero || ok && slices.Contains([]string{"[]", "{}", "null"}, text) {
		return true
	}
	if v.Kind == absint.Record {
		return !slices.ContainsFunc(v.Parts, func(p absint.Part) bool { return p.Value.Kind != absint.Zero })
	}
	return v.Kind == absint.Pointer && (empties(v.Cell) && len(v.Parts) == 1 && v.Parts[0].Value.Kind == absint.Zero || v.Hollow() || unfilled(v))
}

// unfilled reports whether a value points to an object of the function's own with nothing in it:
// &pb.Response{}.
func unfilled(v absint.Value) bool {
	alloc, ok := v.Cell.Base.(*ssa.Alloc)
	if !ok || v.Cell.Path != "" || len(v.Parts) == 0 || v.Identified() {
		return false
	}
	t, structure := alloc.Type().Underlying().(*types.Pointer).Elem().Underlying().(*types.Struct)
	return structure && t.NumFields() > 0 && !slices.ContainsFunc(v.Parts, func(p absint.Part) bool { return p.Value.Kind != absint.Zero && !unfilled(p.Value) })
}

// empties reports whether an allocation with nothing in it is nothing: a map, or the
// array behind a slice.
func empties(c absint.Cell) bool {
	switch base := c.Base.(type) {
	case *ssa.MakeMap:
		return true
	case *ssa.Alloc:
		_, array := base.Type().Underlying().(*types.Pointer).Elem().Underlying().(*types.Array)
		return array
	}
	return false
}

// congruent reports whether as much is known of what is told on two ways out, it is the same,
// and it is made of what came beside the error in both or in neither: two lists of which nothing
// is known may differ by what was left out of one.
func (t *Trial) congruent(a, b absint.Exit) bool {
	known := func(v absint.Value) bool { return v.Kind == absint.Zero || v.Kind == absint.Const || v.Identified() }
	made := func(x, y absint.Origin) bool { return x&absint.Beside == y&absint.Beside }
	return SameEvents(a, b) && slices.EqualFunc(a.Made, b.Made, made) && slices.EqualFunc(TellsOf(t.Fn, a), TellsOf(t.Fn, b), func(x, y Told) bool {
		return x.Kind == y.Kind && x.Place == y.Place && known(x.Value) == known(y.Value) && (!known(x.Value) || identical(x.Value, y.Value))
	})
}

// sameResults reports whether two ways out can answer the same.
func sameResults(a, b absint.Exit) bool { return slices.EqualFunc(a.Results, b.Results, alike) }

// SameReplies reports whether two ways out answer the same: no result, and no status of
// a reply, nor the error that says it, is certainly another.
func SameReplies(a, b absint.Exit) bool {
	statuses := func(e absint.Exit) (out []absint.Value) {
		for _, event := range e.Events {
			if event.Kind == absint.Answered {
				out = append(out, event.Value)
			}
		}
		return out
	}
	return sameResults(a, b) && slices.EqualFunc(statuses(a), statuses(b), alike)
}

// SameEvents reports whether the same happened on two ways out.
func SameEvents(a, b absint.Exit) bool {
	return slices.EqualFunc(a.Events, b.Events, func(x, y *absint.Event) bool { return x.Kind == y.Kind && x.At == y.At })
}
