package summary

import (
	"cmp"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
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

// An implementation is a method, and the interface's that it is called by.
type implementation struct{ impl, method *types.Func }

// interfaces returns what the conversions in fns make known of interfaces, or
// nil. Interfaces of other repositories are left out: too much implements them.
func (in *inference) interfaces(fns []*ssa.Function) *Interfaces {
	known := map[string]*Summary{}
	for _, fn := range fns {
		if in.facts.Test(fn.Pos()) {
			continue // it hands fakes around
		}
		for mk := range conversions(fn) {
			named, ok := types.Unalias(mk.Type()).(*types.Named)
			if !ok || named.Obj().Pkg() == nil || !in.ownTree(named.Obj().Pkg()) {
				continue
			}
			for m := range named.Underlying().(*types.Interface).Methods() {
				obj, _, _ := types.LookupFieldOrMethod(mk.X.Type(), true, m.Pkg(), m.Name())
				impl, ok := obj.(*types.Func)
				if !ok {
					continue
				}
				in.pkg.implements = append(in.pkg.implements, implementation{impl, m})
				if s := in.summaryOf(impl); s != nil && !s.empty() {
					known[m.FullName()] = together(known[m.FullName()], s)
				}
			}
		}
	}
	if len(known) == 0 {
		return nil
	}
	f := &Interfaces{}
	for name, s := range known {
		f.Methods = append(f.Methods, InterfaceMethod{name, *s})
	}
	slices.SortFunc(f.Methods, func(a, b InterfaceMethod) int { return cmp.Compare(a.Name, b.Name) })
	return f
}

// conversions yields the conversions to an interface in a function and its
// func literals.
func conversions(fn *ssa.Function) func(yield func(*ssa.MakeInterface) bool) {
	return func(yield func(*ssa.MakeInterface) bool) {
		work := []*ssa.Function{fn}
		for len(work) > 0 {
			fn := work[0]
			work = append(work[1:], fn.AnonFuncs...)
			for _, b := range fn.Blocks {
				for _, instr := range b.Instrs {
					if mk, ok := instr.(*ssa.MakeInterface); ok && !yield(mk) {
						return
					}
				}
			}
		}
	}
}

// implemented returns what the implementations of an interface method answer,
// taken together, or nil where none is known. Those of test files are fakes, and
// known to test files only.
func (in *inference) implemented(method *types.Func) *Summary {
	known := in.facts.Implementations(method)
	for _, obj := range in.methods[method.Name()] {
		s := in.local[obj]
		if !s.empty() && (in.test || !in.facts.Test(obj.Pos())) && Implements(obj, method) {
			known = append(known, s)
		}
	}
	slices.SortFunc(known, func(a, b *Summary) int { return cmp.Compare(a.String(), b.String()) })
	var all *Summary
	for _, s := range known {
		all = together(all, s)
	}
	return all
}

// together returns what is known of a call that reaches either of two
// functions.
func together(a, b *Summary) *Summary {
	if a == nil {
		a = &Summary{}
	}
	all := &Summary{
		Query: a.Query, Object: a.Object, Library: a.Library, Reach: a.Reach,
		Asks: a.Asks || b.Asks, Acts: a.Acts || b.Acts,
	}
	if a.Library != b.Library && a.Query != "" && b.Query != "" {
		all.Library = "" // nobody knows whose errors they are
	}
	if all.Query == "" {
		all.Query, all.Object, all.Library = b.Query, b.Object, b.Library
	}
	if all.Reach.Name == "" {
		all.Reach = b.Reach
	}
	for _, s := range []*Summary{a, b} {
		for _, answer := range s.Faults {
			all.Faults = add(all.Faults, answer)
		}
		for _, answer := range s.Absents {
			all.Absents = add(all.Absents, answer)
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
	iface, ok := method.Signature().Recv().Type().Underlying().(*types.Interface)
	return ok && types.Implements(recv.Type(), iface)
}
