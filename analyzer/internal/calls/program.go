package calls

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/catalogue"
)

// program returns the word that a command line begins with. Where what a variable holds is
// not known, as with a path that is looked for or configured, the variable's name says it.
func (l *reader) program(v ssa.Value) catalogue.Word {
	w := l.word(l.located(v))
	if p, ok := v.(*ssa.Parameter); ok {
		if name := l.Catalogue.ProgramNamed(p.Name()); name != "" {
			return catalogue.Word{Text: name, Known: true}
		}
	}
	if w.Known || w.Param > 0 || len(w.Or) > 0 || len(w.Line) > 1 {
		return w
	}
	if known := l.defaults(v); len(known) > 0 {
		return catalogue.Word{Or: known}
	}
	if name := l.Catalogue.ProgramNamed(variableName(v)); name != "" {
		return catalogue.Word{Text: name, Known: true}
	}
	return w
}

// located is the name of a program that is looked for, or joined to a directory, by package os/exec or
// by a function that is handed no other.
func (l *reader) located(v ssa.Value) ssa.Value {
	call, ok := v.(*ssa.Call)
	if extract, isExtract := v.(*ssa.Extract); isExtract {
		call, ok = extract.Tuple.(*ssa.Call)
	}
	if !ok {
		return v
	}
	switch fullName(&call.Call) {
	case "os/exec.LookPath":
		return call.Call.Args[0]
	case "path/filepath.Join", "path.Join":
		if array, ok := variadic(call.Call.Args[0]); ok {
			last := -1
			for at, element := range absint.Elements(array) {
				if i, ok := index(at); ok && i > last {
					last, v = i, element
				}
			}
		}
	default:
		var names []ssa.Value
		for _, arg := range call.Call.Args {
			if c, ok := arg.(*ssa.Const); ok && isString(c.Type()) && c.Value != nil && l.Catalogue.Program(constant.StringVal(c.Value)) {
				names = append(names, c)
			}
		}
		if len(names) == 1 && isString(resultType(&call.Call, 0)) {
			return names[0]
		}
	}
	return v
}

// defaults returns the programs that a text is unless something else is configured.
func (l *reader) defaults(v ssa.Value) (known []string) {
	var values []ssa.Value
	switch v := v.(type) {
	case *ssa.Phi:
		values = v.Edges
	case *ssa.UnOp:
		values = l.storedTo(v.X)
	}
	for _, value := range values {
		if w := l.word(l.located(value)); w.Known && l.Catalogue.Program(w.Text) && !slices.Contains(known, w.Text) {
			known = append(known, w.Text)
		}
	}
	return known
}

// variableName is what the code calls a value: a variable, a field, or the function that
// answers it.
func variableName(v ssa.Value) string {
	switch v := v.(type) {
	case *ssa.UnOp:
		if v.Op == token.MUL {
			return variableName(v.X)
		}
	case *ssa.Global:
		return v.Name()
	case *ssa.FreeVar:
		return v.Name()
	case *ssa.Alloc:
		return v.Comment
	case *ssa.Phi:
		return v.Comment
	case *ssa.FieldAddr:
		if field := fieldVar(v); field != nil {
			return field.Name()
		}
	case *ssa.Field:
		if t, ok := v.X.Type().Underlying().(*types.Struct); ok {
			return t.Field(v.Field).Name()
		}
	case *ssa.ChangeType:
		return variableName(v.X)
	case *ssa.Extract:
		return variableName(v.Tuple)
	case *ssa.Call:
		if obj := Callee(&v.Call); obj != nil {
			return obj.Name()
		}
	}
	return ""
}
