package rule

import (
	"go/constant"
	"go/types"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/calls"
	"github.com/errswallow/errswallow/analyzer/internal/catalogue"
	"github.com/errswallow/errswallow/analyzer/internal/trial"
)

// A class says what an answer is.
type class uint8

const (
	// other: no answer about an object.
	other class = iota
	// verdict: a bool, a constant of an enumeration, a word, a count, an error that says
	// "not found", a reply that does.
	verdict
	// nothing: nil, "", an empty list or map.
	nothing
)

// judge says what sort of answer one thing that is told is, and how strong the evidence
// is that it stands for absence.
func judge(t *trial.Trial, w trial.Way, told trial.Told) (class, Evidence) {
	switch told.Kind {
	case trial.Replied:
		// A 404 says that something is absent, whatever text is shown beside it.
		if code, ok := told.Value.Int(); absent(t, told) || ok && trial.Blames(strconv.FormatInt(code, 10)) && w.Fate&absint.Replied == 0 {
			return verdict, Likely
		}
		return other, Possible
	case trial.Written:
		if w.Fate&absint.Replied != 0 {
			return other, Possible
		}
		if bare(t, w, told) {
			return verdict, Likely
		}
		return written(told), Possible
	case trial.Forgotten:
		return verdict, Possible
	case trial.Stored:
		c, _ := answer(t, told)
		if c == nothing {
			c = other
		}
		return c, Possible
	}
	c, evidence := answer(t, told)
	if told.Field != "" && !calls.NamedState(told.Field) && !(list(told.Type) && alone(w.Results[told.Result], told.Value)) {
		evidence = Possible // one of several things that are said
	}
	return c, evidence
}

// bare reports whether what is written is the body of a reply that says that all is well, and that there
// is nothing: it has no part that says by false that it is not.
func bare(t *trial.Trial, w trial.Way, told trial.Told) bool {
	status, replied := w.Reply()
	if replied && status > http.StatusAccepted || !replied && !t.Replies() {
		return false
	}
	return told.Type != nil && trial.Nothing(told.Value) && !slices.ContainsFunc(told.Parts(), calls.NamedOutcome)
}

// alone reports whether an object says nothing but one thing, as far as is known of it.
func alone(v absint.Value, thing absint.Value) bool {
	return v.Kind == absint.Pointer && !slices.ContainsFunc(v.Parts, func(p absint.Part) bool {
		return p.Path != "" && !trial.Nothing(p.Value) && p.Value.Kind != thing.Kind
	})
}

// saysAbsent reports whether what is told says that something is absent: an error, or a reply.
func saysAbsent(t *trial.Trial, told trial.Told) bool {
	if told.Kind == trial.Returned {
		return told.Type != nil && t.AbsenceError(told.Value)
	}
	return told.Kind == trial.Replied && absent(t, told)
}

// saysGone reports whether what is told says that something is absent, and not only that what was
// asked for is wrong.
func saysGone(t *trial.Trial, told trial.Told) bool {
	code, _ := strings.CutPrefix(told.Value.Is, "code ")
	return saysAbsent(t, told) && !trial.Blames(code)
}

// absent reports whether the status of a reply says that something is absent.
func absent(t *trial.Trial, told trial.Told) bool {
	code, ok := told.Value.AsConst(types.Typ[types.Int])
	return ok && t.AbsenceCode(code)
}

// refuses reports whether what is answered is known by the code of a reply which says that the
// server failed, or that it does not let one in: that is safe.
func refuses(v absint.Value) bool {
	code, ok := strings.CutPrefix(v.Is, "code ")
	return ok && (code == "401" || code == "403" || len(code) == 3 && code[0] == '5')
}

// written is the class of a text that somebody reads.
func written(told trial.Told) class {
	if told.Type != nil && absint.IsBool(told.Type) {
		if _, known := told.Value.Truth(); known {
			return verdict
		}
	}
	switch text, isText := told.Value.Text(); {
	case trial.Nothing(told.Value):
		return verdict
	case isText && told.Value.Kind == absint.Const:
		if calls.NamedDoubt(text) {
			return other
		}
		return verdict
	case told.Value.Kind == absint.Const:
		return verdict
	}
	return other
}

// answer is the class of a value by its type.
func answer(t *trial.Trial, told trial.Told) (class, Evidence) {
	if told.Type == nil {
		return other, Possible
	}
	v := told.Value
	switch { // an error, or a reply that is handed on
	case t.AbsenceError(v):
		return verdict, Likely
	case absint.IsError(told.Type) || v.Identified():
		return other, Possible
	}
	names := trial.Constants(told.Type, v)
	if slices.ContainsFunc(names, func(name string) bool { return calls.NamedDoubt(name) || calls.NamedRefusal(name) }) {
		return other, Possible
	}
	switch u := told.Type.Underlying().(type) {
	case *types.Basic:
		c, evidence := basic(u, v, enumerated(told.Type) && len(names) > 0)
		if v.Kind == absint.Const && u.Info()&types.IsInteger != 0 && (calls.NamedCount(t.Fn.Name()) || calls.NamedCheck(t.Fn.Name())) {
			return other, Possible // -1 says that nobody has counted, or refuses
		}
		if c == verdict && v.Kind == absint.Zero && u.Info()&types.IsInteger != 0 && len(names) == 0 && answersError(t) {
			c = nothing
		}
		return c, evidence
	case *types.Pointer:
		if absint.IsBool(u.Elem()) && v.Kind == absint.Zero {
			return other, Possible // nil beside true and false is "not known"
		}
		if trial.Nothing(v) {
			return nothing, Likely
		}
	case *types.Struct:
		if trial.Nothing(v) {
			return nothing, Likely
		}
	case *types.Slice, *types.Interface, *types.Signature:
		if trial.Nothing(v) {
			return nothing, Likely
		}
	case *types.Map:
		if trial.Nothing(v) && answersError(t) {
			return nothing, Likely
		} else if trial.Nothing(v) {
			return nothing, Possible // names for what is shown, most of them
		}
	}
	return other, Possible
}

// enumerated reports whether a type may be an enumeration of states: not one of the standard
// library, which measures (time.Duration) or names parts of a date.
func enumerated(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Pkg() != nil && !catalogue.Standard(named.Obj().Pkg().Path())
}

// basic is the class of a bool, a number or a text.
func basic(t *types.Basic, v absint.Value, enumerated bool) (class, Evidence) {
	c, known := v.AsConst(t)
	switch {
	case !known:
		return other, Possible
	case t.Info()&types.IsBoolean != 0:
		return verdict, Likely
	case t.Info()&types.IsString != 0:
		text := constant.StringVal(c)
		switch {
		case calls.NamedDoubt(text):
			return other, Possible
		case enumerated || calls.NamedAbsence(text):
			return verdict, Likely
		case text == "":
			return nothing, Likely
		}
		return verdict, Possible
	case enumerated:
		return verdict, Likely
	case t.Info()&types.IsInteger != 0 && v.Kind == absint.Zero:
		return verdict, Likely // a count
	case t.Info()&types.IsInteger != 0 && constant.Sign(c) < 0:
		return verdict, Likely // no position
	}
	return other, Possible
}

// Told renders results as Go writes them: "(false, nil)", and "err" for an error.
func Told(fn *ssa.Function, results []absint.Value) string {
	var out []string
	for i, v := range results {
		out = append(out, spelled(fn.Signature.Results().At(i).Type(), v))
	}
	if len(out) == 1 {
		return out[0]
	}
	return "(" + strings.Join(out, ", ") + ")"
}

// spelled spells a value of a type.
func spelled(t types.Type, v absint.Value) string {
	switch {
	case v.Identified() && (absint.IsError(t) || strings.HasPrefix(v.Is, "code ")):
		if text, ok := absint.Says(v.Is); ok {
			return strconv.Quote(text)
		}
		name := v.Is[strings.LastIndexAny(v.Is, "./")+1:]
		switch name {
		case "code 3":
			return "codes.InvalidArgument"
		case "code 5":
			return "codes.NotFound"
		}
		return strings.Replace(name, "code ", "status ", 1)
	case v.Kind != absint.Zero && absint.IsError(t) && (v.From&absint.Carries != 0 || v.Kind != absint.Unknown):
		return "err"
	}
	if c, known := v.AsConst(t); known {
		if names := trial.Constants(t, v); len(names) > 0 {
			return names[0]
		}
		return c.ExactString()
	}
	if v.Kind != absint.Zero {
		if !trial.Nothing(v) {
			return "..."
		}
		if p, ok := t.Underlying().(*types.Pointer); ok {
			return "&" + literal(p.Elem())
		}
		return "an empty " + kindOf(t)
	}
	switch t.Underlying().(type) {
	case *types.Struct, *types.Array:
		return literal(t)
	}
	return "nil"
}

// emptied spells something of a type with nothing in it, or nothing but zero values.
func emptied(t types.Type, v absint.Value) string {
	switch u := t.Underlying().(type) {
	case *types.Struct:
		if _, named := types.Unalias(t).(*types.Named); named {
			return literal(t)
		}
		return "an empty struct"
	case *types.Pointer:
		if v.Kind != absint.Zero {
			return "&" + emptied(u.Elem(), v)
		}
	case *types.Slice, *types.Array, *types.Map:
		if v.Kind == absint.Record && len(v.Parts) > 1 {
			return "a " + kindOf(t) + " of zero values"
		}
		return "an empty " + kindOf(t)
	}
	return "nothing"
}

// literal spells a struct with nothing in it.
func literal(t types.Type) string {
	return types.TypeString(t, func(p *types.Package) string { return p.Name() }) + "{}"
}

// kindOf is the word for a list or a map.
func kindOf(t types.Type) string {
	if _, ok := t.Underlying().(*types.Map); ok {
		return "map"
	}
	return "list"
}

// Answered says what the caller, or whoever else, is told: "answers (false, nil)"; where
// something is done instead, the results alone.
func (f *Finding) Answered() string {
	switch v := f.Verdict; {
	case v == nil:
		return Told(f.Fn, f.Witness.Fault.Results)
	case v.Kind == trial.Replied:
		c, _ := v.Value.AsConst(types.Typ[types.Int])
		return "replies " + c.ExactString()
	case v.Kind == trial.Written:
		if text, ok := v.Value.Text(); ok && text != "" {
			return "writes " + strings.TrimSpace(v.Value.Const.ExactString())
		}
		if v.Type != nil && trial.Nothing(v.Value) {
			return "replies with " + emptied(v.Type, v.Value)
		}
		return "writes " + spelled(types.Typ[types.Bool], v.Value)
	case v.Kind == trial.Stored:
		return "stores " + spelled(v.Type, v.Value) + " in " + v.Place
	case v.Kind == trial.Forgotten:
		return "deletes from " + v.Place
	case strings.Contains(v.Place, " "): // a part of a result
		return "answers " + spelled(v.Type, v.Value) + " in " + Told(f.Fn, f.Witness.Fault.Results)
	}
	return "answers " + Told(f.Fn, f.Witness.Fault.Results)
}

// object is what the query asks about, as people say it.
func (f *Finding) object() string { return trial.WithArticle(f.Query().Object) }

// QueryName shows a query, and the wrapper that makes it.
func QueryName(q trial.Query) string {
	if q.Via != "" {
		return q.Via + " (" + q.Name + ")"
	}
	return q.Name
}
