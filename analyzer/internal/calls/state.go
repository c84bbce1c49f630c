package calls

import (
	"go/constant"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
)

// Fields is what fields hold of an object that is there, by name, or by the name of their
// struct and their own: of one that is well, or of one that does not run.
func (r *Resolver) Fields(well bool) map[string]absint.Value {
	i := 0
	if !well {
		i = 1
	}
	if r.fields[i] == nil {
		r.fields[i] = map[string]absint.Value{}
		for s := range r.Catalogue.States {
			word := s.Well
			if !well {
				word = s.Stopped
			}
			r.fields[i][s.Field] = held(word)
		}
	}
	return r.fields[i]
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
