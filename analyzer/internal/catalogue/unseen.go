package catalogue

import (
	"go/types"
	"slices"
)

// Unseen returns the entry of a function that nobody can see, if its name and its shape say
// what it does: it is handed a context, for it may wait for somebody, or is a client's method, or
// is known to be online, and answers an error; a query answers something beside it, or through its
// last parameter.
func (c *Catalogue) Unseen(fn *types.Func, online bool) (Symbol, bool) {
	sig := fn.Signature()
	if !AnswersError(fn) {
		return Symbol{}, false
	}
	waits := online || sig.Params().Len() > 0 && isContext(sig.Params().At(0).Type())
	for _, lib := range c.libraries {
		i := slices.IndexFunc(lib.Unseen, func(s Symbol) bool { // the name first: most calls end here
			return named(fn.Name(), s.Name) && (s.Kind != Query || sig.Results().Len() > 1 || into(sig))
		})
		if i < 0 || !waits && !lib.client(sig.Recv()) {
			continue
		}
		s := lib.Unseen[i]
		if s.Kind == Destructive && ends(sig.Recv(), lib.Caches) {
			s.Kind = Action
		}
		if s.Kind == Query {
			s.Object = OfType
			if n := sig.Results().Len(); n == 1 {
				s.Answer.Through, s.Answer.Out = true, sig.Params().Len()-1
			} else if n > 2 && isBool(sig.Results().At(n-2).Type()) {
				s.Answer.Empty = true
			}
		}
		return s.of(fn.Pkg().Path(), fn.Name()), true
	}
	return Symbol{}, false
}

// Waits reports whether a function may wait for somebody by its shape: it is handed a context, or is a
// client's method.
func (c *Catalogue) Waits(fn *types.Func) bool {
	sig := fn.Signature()
	return sig.Params().Len() > 0 && isContext(sig.Params().At(0).Type()) ||
		slices.ContainsFunc(c.libraries, func(lib *Library) bool { return lib.client(sig.Recv()) })
}

// StandIn returns the entry of a function of which the name is known and nothing else, for the package
// that declares it cannot be had: it answers an error, and is handed a context.
func (c *Catalogue) StandIn(name string, sig *types.Signature) (Symbol, bool) {
	if sig.Params().Len() == 0 || !isContext(sig.Params().At(0).Type()) {
		return Symbol{}, false
	}
	for _, lib := range c.libraries {
		if i := slices.IndexFunc(lib.Unseen, func(s Symbol) bool { return named(name, s.Name) }); i >= 0 {
			s := lib.Unseen[i]
			if s.Kind == Query {
				s.Object = OfType
			}
			return s.of("", name), true
		}
	}
	return Symbol{}, false
}

// Shapes reports whether what nobody can see is told by its name and its shape.
func (c *Catalogue) Shapes() bool {
	return slices.ContainsFunc(c.libraries, func(lib *Library) bool { return len(lib.Unseen) > 0 })
}

// NamedQuery reports whether a function of this name asks for something, whatever it does
// beside that: GetOrRefresh.
func (c *Catalogue) NamedQuery(name string) bool {
	return slices.ContainsFunc(c.libraries, func(lib *Library) bool {
		i := slices.IndexFunc(lib.Unseen, func(s Symbol) bool { return named(name, s.Name) })
		return i >= 0 && lib.Unseen[i].Kind == Query
	})
}

// Changing reports whether a call of this name changes something, by the libraries that know
// of what is forgotten.
func (c *Catalogue) Changing(name string) bool {
	return slices.ContainsFunc(c.libraries, func(lib *Library) bool {
		return slices.ContainsFunc(lib.Changing, func(pattern string) bool { return named(name, pattern) })
	})
}

// into reports whether a function can answer through its last parameter: it is handed a
// pointer there, or what may be one, behind something that says what to look for.
func into(sig *types.Signature) bool {
	n := sig.Params().Len()
	if n < 2 || n == 2 && isContext(sig.Params().At(0).Type()) || sig.Variadic() {
		return false
	}
	switch t := sig.Params().At(n - 1).Type().Underlying().(type) {
	case *types.Pointer:
		return true
	case *types.Interface:
		return t.Empty()
	}
	return false
}

// isBool reports whether a type is one of bools.
func isBool(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsBoolean != 0
}

// isContext reports whether a type is that of contexts.
func isContext(t types.Type) bool {
	named := receiver(t)
	return named != nil && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == contextPath && named.Obj().Name() == "Context"
}

const contextPath = "context"
