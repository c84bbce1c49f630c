package catalogue

import (
	"go/types"
	"strings"
	"unicode"
)

// Lookup returns the entry of a function, a method, a variable of func type, a
// sentinel error or an error type. ok is false for anything else.
//
// Inside a library a method is found by its receiver, and, where the receiver
// is an interface, by its name alone: clients are handed around as any of
// several interfaces. Outside, a method of an interface is the library's when
// its name is and when its signature mentions one of the library's types.
func (c *Catalogue) Lookup(obj types.Object) (s Symbol, ok bool) {
	if obj == nil || obj.Pkg() == nil {
		return Symbol{}, false
	}
	pkg := unvendored(obj.Pkg().Path())
	fn, isFunc := obj.(*types.Func)
	if !isFunc {
		s, ok = c.at(pkg, "", obj.Name())
		return s, ok
	}
	fn = fn.Origin()
	sig := fn.Signature()
	if sig.Recv() == nil {
		if s, ok = c.at(pkg, "", fn.Name()); ok {
			return s, true
		}
		if s, ok = c.pattern(sig, pkg, "", fn.Name()); ok {
			return s, true
		}
		s, ok = c.at(pkg, "", "*")
		return s.of(pkg, fn.Name()), ok
	}
	recv := sig.Recv().Type()
	name := ""
	if named := receiver(recv); named != nil {
		name = named.Obj().Name()
		if s, ok = c.at(pkg, name, fn.Name()); ok {
			return s, true
		}
	}
	if s, ok = c.pattern(sig, pkg, name, fn.Name()); ok {
		return s, true
	}
	if types.IsInterface(recv) {
		for _, n := range c.methods[fn.Name()] {
			if n.symbol.Package == pkg || n.library.mentions(sig) {
				return *n.symbol, true
			}
		}
		if s, ok = c.narrowed(sig, fn.Name()); ok {
			return s, true
		}
		if s, ok = c.implementer(fn); ok {
			return s, true
		}
	}
	if s, ok = c.generated(fn); ok {
		return s, true
	}
	s, ok = c.at(pkg, "", "*")
	return s.of(pkg, fn.Name()), ok
}

// of is a pattern's entry of one function that it stands for.
func (s Symbol) of(pkg, name string) Symbol {
	s.Package, s.Name = pkg, name
	return s
}

// implementer returns the entry of a method of a client's type that implements the interface of
// another, where that is declared by who imports the client: scanner, of *sql.Row and *sql.Rows, and
// of pgx.Row, which is an interface itself. An interface that mentions the client may have methods of
// its own besides: that of a model that gorm generates.
func (c *Catalogue) implementer(fn *types.Func) (Symbol, bool) {
	iface, _ := fn.Signature().Recv().Type().Underlying().(*types.Interface)
	for _, s := range c.concrete[fn.Name()] {
		for _, imported := range fn.Pkg().Imports() {
			if imported.Path() != s.Package {
				continue
			}
			client := imported.Scope().Lookup(s.Receiver)
			if client != nil && (implements(client.Type(), iface) || has(client.Type(), fn) && speaksOf(iface, imported)) {
				return *s, true
			}
		}
	}
	return Symbol{}, false
}

// implements reports whether a type, or a pointer to it, implements an interface.
func implements(t types.Type, iface *types.Interface) bool {
	return types.Implements(t, iface) || types.Implements(types.NewPointer(t), iface)
}

// has reports whether a type has a method of the name and the signature of another.
func has(t types.Type, method *types.Func) bool {
	obj, _, _ := types.LookupFieldOrMethod(t, true, method.Pkg(), method.Name())
	fn, ok := obj.(*types.Func)
	return ok && types.Identical(fn.Signature(), method.Signature())
}

// speaksOf reports whether a method of an interface mentions a type of a package.
func speaksOf(iface *types.Interface, pkg *types.Package) bool {
	for m := range iface.Methods() {
		for t := range mentioned(m.Signature()) {
			if t.Obj().Pkg() == pkg {
				return true
			}
		}
	}
	return false
}

// generated returns the entry of a method of a client that go-swagger generates, by its shape:
// ContainerInspect(*ContainerInspectParams, ...) (*ContainerInspectOK, error).
func (c *Catalogue) generated(fn *types.Func) (Symbol, bool) {
	params := fn.Signature().Params()
	if params.Len() == 0 || !AnswersError(fn) {
		return Symbol{}, false
	}
	first := receiver(params.At(0).Type())
	if first == nil || first.Obj().Pkg() != fn.Pkg() || first.Obj().Name() != fn.Name()+"Params" {
		return Symbol{}, false
	}
	for _, lib := range c.libraries {
		for _, s := range lib.Generated {
			if before, after, ok := strings.Cut(fn.Name(), s.Name); ok {
				if before == "" {
					before = after
				}
				s.Name, s.Object = fn.Name(), strings.ToLower(before)
				return s, true
			}
		}
	}
	return Symbol{}, false
}

// pattern returns the first pattern that stands for a function with a signature.
func (c *Catalogue) pattern(sig *types.Signature, pkg, recv, name string) (Symbol, bool) {
	if n := sig.Params().Len(); n > 0 && recv != "" {
		if last := receiver(sig.Params().At(n - 1).Type()); last != nil && last.Obj().Pkg() != nil {
			for _, s := range c.shaped[key{pkg: unvendored(last.Obj().Pkg().Path()), name: last.Obj().Name()}] {
				if s.matches(pkg, recv, name) && s.fails(sig) {
					return s.of(pkg, name), true
				}
			}
		}
	}
	for _, s := range c.patterns {
		if s.matches(pkg, recv, name) && s.fails(sig) {
			return s.of(pkg, name), true
		}
	}
	return Symbol{}, false
}

// narrowed returns the pattern that stands for a method of an interface that narrows a client:
// the method is in the client's package, as a type says that its signature mentions.
func (c *Catalogue) narrowed(sig *types.Signature, name string) (Symbol, bool) {
	for t := range mentioned(sig) {
		pkg := unvendored(t.Obj().Pkg().Path())
		for _, s := range c.patterns {
			if _, below := s.under(); below && s.Receiver != "" && s.matches(pkg, s.Receiver, name) && s.fails(sig) {
				return s.of(pkg, name), true
			}
		}
	}
	return Symbol{}, false
}

// fails reports whether a function with a signature can be what a pattern says: a query says
// of an error, and of something else.
func (s Symbol) fails(sig *types.Signature) bool {
	n := sig.Results().Len()
	if s.Answer.Status != "" && (n == 0 || !hasField(sig.Results().At(0).Type(), s.Answer.Status)) {
		return false
	}
	return s.Kind != Query || s.Answer.Error != "" || n > 0 && (n > 1 || s.Answer.Through) && types.Identical(sig.Results().At(n-1).Type(), types.Universe.Lookup("error").Type())
}

// Exact returns the entry of a function, a variable or a type, by its package and name.
func (c *Catalogue) Exact(pkg, name string) (Symbol, bool) {
	return c.at(unvendored(pkg), "", name)
}

// at returns the entry of just this name.
func (c *Catalogue) at(pkg, recv, name string) (Symbol, bool) {
	if s := c.exact[key{pkg, recv, name}]; s != nil {
		return *s, true
	}
	return Symbol{}, false
}

// receiver returns the named type behind pointers, slices and aliases, or nil.
func receiver(t types.Type) *types.Named {
	for {
		switch u := types.Unalias(t).(type) {
		case *types.Named:
			return u
		case *types.Pointer:
			t = u.Elem()
		case *types.Slice:
			t = u.Elem()
		default:
			return nil
		}
	}
}

// unvendored cuts what a vendor directory puts before an import path.
func unvendored(path string) string {
	if i := strings.LastIndex(path, "/vendor/"); i >= 0 {
		return path[i+len("/vendor/"):]
	}
	return path
}

// typeNamed splits the full name of a type.
func typeNamed(full string) key {
	dot := strings.LastIndexByte(full, '.')
	return key{pkg: full[:dot], name: full[dot+1:]}
}

// AnswersError reports whether the last result of a function, or of a variable
// of func type, is an error: whatever asks for state can fail.
func AnswersError(obj types.Object) bool {
	sig, ok := obj.Type().Underlying().(*types.Signature)
	if !ok || sig.Results().Len() == 0 {
		return false
	}
	last := sig.Results().At(sig.Results().Len() - 1)
	return types.Identical(last.Type(), types.Universe.Lookup("error").Type())
}

// named reports whether a name is a word, or begins or ends with it and another one.
func named(name, pattern string) bool {
	begins, open := strings.CutSuffix(pattern, "*")
	if open && begins != "" && name != "" && name[0]|0x20 == begins[0]|0x20 { // one that only its package can name is called so, too
		begins = name[:1] + begins[1:]
	}
	if rest, ok := strings.CutPrefix(name, begins); open && ok {
		return rest == "" || !unicode.IsLower(rune(rest[0]))
	}
	ends, open := strings.CutPrefix(pattern, "*")
	return open && strings.HasSuffix(name, ends)
}
