package calls

import (
	"go/constant"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
)

// Fields is what fields hold of an object of a library that is there, by name, or by the name
// of their struct and their own: of one that is well, or of one that does not run.
func (r *Resolver) Fields(library string, well bool) map[string]absint.Value {
	k := objects{library, well}
	if fields, ok := r.fields[k]; ok {
		return fields
	}
	fields := map[string]absint.Value{}
	for s := range r.Catalogue.States(library) {
		word := s.Well
		if !well {
			word = s.Stopped
		}
		fields[s.Field] = held(word)
	}
	if r.fields == nil {
		r.fields = map[objects]map[string]absint.Value{}
	}
	r.fields[k] = fields
	return fields
}

// objects are those that Fields is about: of a library, and well or not.
type objects struct {
	library string
	well    bool
}

// held is the value that a word of a data file stands for.
func held(word string) absint.Value {
	switch word {
	case "true":
		return absint.Bool(true)
	case "false", "nil":
		return absint.Value{Kind: absint.Zero}
	case "some":
		return absint.Value{Kind: absint.NonZero}
	}
	return absint.Value{Kind: absint.Const, Const: constant.MakeString(word)}
}
