package summary

import (
	"go/types"
	"slices"
	"strings"
)

// Interfaces is a fact of a package: what methods of interfaces answer, as far
// as the package hands implementations of them around. An implementation's own
// fact does not reach a package that knows the interface only: the driver drops
// facts about types that no import mentions.
type Interfaces struct {
	Methods []InterfaceMethod
}

// An InterfaceMethod is one method of an interface, by its full name.
type InterfaceMethod struct {
	Name    string
	Summary Summary
}

// AFact marks Interfaces as a fact of package analysis.
func (*Interfaces) AFact() {}

// String lists the methods.
func (f *Interfaces) String() string {
	var names []string
	for _, m := range f.Methods {
		names = append(names, m.Name)
	}
	return "implements " + strings.Join(names, ", ")
}

// Together returns what is known of a call that reaches either of two
// functions.
func Together(a, b *Summary) *Summary {
	first := a == nil
	if first {
		a = &Summary{}
	}
	all := &Summary{
		Query: a.Query, Object: a.Object, Library: a.Library, Reach: a.Reach, Status: a.Status, With: a.With,
		Asks: a.Asks || b.Asks, Acts: a.Acts || b.Acts, Remote: a.Remote || b.Remote, Online: a.Online || b.Online, Quiet: (a.Quiet || first) && b.Quiet,
		LeftOut: a.LeftOut || b.LeftOut,
	}
	if a.Library != b.Library && a.Query != "" && b.Query != "" {
		all.Library = "" // nobody knows whose errors they are
	}
	if all.Query == "" {
		all.Query, all.Object, all.Library, all.Status, all.With = b.Query, b.Object, b.Library, b.Status, b.With
	}
	if all.Reach.Name == "" {
		all.Reach = b.Reach
	}
	if all.Runs = a.Runs; all.Runs == nil {
		all.Runs = b.Runs
	}
	all.Outs = slices.Clone(a.Outs)
	for _, i := range b.Outs {
		if !slices.Contains(all.Outs, i) {
			all.Outs = append(all.Outs, i)
		}
	}
	for _, s := range []*Summary{a, b} {
		for _, answer := range s.Faults {
			all.Faults = Add(all.Faults, answer)
		}
		for _, answer := range s.Absents {
			all.Absents = Add(all.Absents, answer)
		}
		for _, answer := range s.Founds {
			all.Founds = Add(all.Founds, answer)
		}
		for _, answer := range s.Stops {
			all.Stops = Add(all.Stops, answer)
		}
	}
	return all
}

// Implements reports whether fn is a method that implements method, which is
// declared by an interface.
func Implements(fn, method *types.Func) bool {
	recv := fn.Signature().Recv()
	if recv == nil || fn.Name() != method.Name() || types.IsInterface(recv.Type()) {
		return false
	}
	iface, ok := like(method.Signature().Recv().Type(), recv.Type()).Underlying().(*types.Interface)
	return ok && types.Implements(recv.Type(), iface)
}

// like returns a generic type with the type parameters of another in the place of its own, if they are
// as many: query[T] implements Query[T] for any T. Any other type is returned as it is.
func like(generic, other types.Type) types.Type {
	if p, ok := types.Unalias(other).(*types.Pointer); ok {
		other = p.Elem()
	}
	t, ok := types.Unalias(generic).(*types.Named)
	of, isNamed := types.Unalias(other).(*types.Named)
	if !ok || !isNamed || t.TypeParams().Len() == 0 || of.TypeArgs().Len() != t.TypeParams().Len() {
		return generic
	}
	if made, err := types.Instantiate(nil, t.Origin(), slices.Collect(of.TypeArgs().Types()), true); err == nil {
		return made
	}
	return generic
}
