package catalogue

import (
	"embed"
	"fmt"
	"go/types"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/tools/go/types/typeutil"
)

//go:embed data/*.cat
var data embed.FS

// A Kind says what a symbol is; the zero Kind is a symbol nobody catalogued.
type Kind string

// The kinds, by the words that stand for them in a data file.
const (
	Query       Kind = "query"
	Probe       Kind = "probe"
	Destructive Kind = "destructive"
	Creating    Kind = "creating"
	Ensuring    Kind = "ensuring"
	Action      Kind = "action"
	NotFound    Kind = "notfound"
	Absence     Kind = "absence"
	Code        Kind = "code"
	Logger      Kind = "logger"
	Tell        Kind = "tell"
	Wrap        Kind = "wrap"
	Exit        Kind = "exit"
	Assert      Kind = "assert"
	Poll        Kind = "poll"
	Fault       Kind = "fault"
	Pure        Kind = "pure"
	Print       Kind = "print"
	Reply       Kind = "reply"
	Filter      Kind = "filter"
	Idle        Kind = "idle"
)

// kinds lists every Kind; a word that is not here is an error in a data file.
var kinds = []Kind{Query, Probe, Destructive, Creating, Ensuring, Action, NotFound, Absence, Code, Logger, Tell, Wrap, Exit, Assert, Poll, Fault, Pure, Print, Reply, Filter, Idle}

// A Symbol is one entry of the catalogue.
type Symbol struct {
	Kind Kind
	// Object is what a query asks about ("container") or, for a code symbol,
	// the constant that stands for absence ("5").
	Object string
	// Only is the constant, in Go syntax, that the last argument of a call has to be
	// for the entry to be about it; "" for any.
	Only string
	// Package, Receiver and Name are the parts of the full name. Receiver is ""
	// for a function; Name is "*" where the entry stands for a whole package.
	Package, Receiver, Name string
	// Library is the name of the data file, without its ending.
	Library string
	// Line is the line of the entry in its data file, counted from 1.
	Line int
}

// String returns the symbol as types.Func.FullName prints it. A receiver is
// always printed as a pointer, for the catalogue does not tell the two apart.
func (s Symbol) String() string {
	if s.Receiver == "" {
		return s.Package + "." + s.Name
	}
	return "(*" + s.Package + "." + s.Receiver + ")." + s.Name
}

// Argument returns which argument of a call holds the code, counted from 0; a method's
// receiver is the first if there is one. It is negative where the entry names none.
func (s Symbol) Argument(receiver bool) int {
	n, err := strconv.Atoi(s.Object)
	switch {
	case err != nil:
		return -1
	case receiver:
		return n + 1
	}
	return n
}

// A Library is what one data file says.
type Library struct {
	// Name is the name of the data file, as the -runtimes flag takes it.
	Name string
	// Module and Version pin the module that the entries are resolved against;
	// both are "" for a file about the standard library or about several modules.
	Module, Version string
	// Types are package paths, or prefixes that end in a slash: a method of a user's own interface is
	// this library's when its name and the types in its signature are.
	Types   []string
	Symbols []Symbol
	// Gates are the predicates that a suggested fix may use, the best first. All but
	// the last are used where the package imports them already; the last comes with
	// the library.
	Gates []Symbol
	// Programs are names of command lines, and Commands their subcommands, the
	// words of each joined by dashes in Symbol.Name.
	Programs []string
	Commands []Symbol
}

// A Catalogue answers what a function, method or variable is.
type Catalogue struct {
	libraries []*Library
	exact     map[key]Symbol
	methods   map[string][]narrowed // by method name, for interfaces that narrow a client
	packages  map[string]bool
	programs  map[string]*Library
}

type key struct{ pkg, recv, name string }

type narrowed struct {
	symbol  Symbol
	library *Library
}

// Builtin returns the libraries that errswallow ships with, in order of name.
var Builtin = sync.OnceValue(func() []*Library {
	files, err := data.ReadDir("data")
	if err != nil {
		panic(err) // embedded: the directory is always there
	}
	var libs []*Library
	for _, f := range files {
		name := path.Join("data", f.Name())
		text, err := data.ReadFile(name)
		if err != nil {
			panic(err)
		}
		lib, err := Parse(name, text)
		if err != nil {
			panic(err) // a test reads every file that is embedded
		}
		libs = append(libs, lib)
	}
	return libs
})

// New merges libraries into a catalogue. An entry of a later library replaces
// the same entry of an earlier one.
func New(libs ...*Library) *Catalogue {
	c := &Catalogue{
		libraries: libs,
		exact:     map[key]Symbol{},
		methods:   map[string][]narrowed{},
		packages:  map[string]bool{},
		programs:  map[string]*Library{},
	}
	for _, lib := range libs {
		for _, program := range lib.Programs {
			c.programs[program] = lib
		}
		for _, s := range lib.Symbols {
			c.exact[key{s.Package, s.Receiver, s.Name}] = s
			if s.Opens() {
				c.packages[s.Package] = true
			}
			if s.Receiver != "" && len(lib.Types) > 0 {
				c.methods[s.Name] = append(c.methods[s.Name], narrowed{s, lib})
			}
		}
	}
	return c
}

// Opens reports whether a call of the symbol is reason enough to look into a
// package. One that matters with a certain argument only does beside a query.
func (s Symbol) Opens() bool {
	return slices.Contains([]Kind{Query, Destructive, Creating, Ensuring}, s.Kind) && s.Only == ""
}

// Packages reports whether path declares a query, or a call that a query can
// lead to, or the types that one answers: a package that reaches none of them has
// nothing to find.
func (c *Catalogue) Packages(path string) bool {
	path = unvendored(path)
	return c.packages[path] || slices.ContainsFunc(c.libraries, func(lib *Library) bool { return lib.owns(path) })
}

// owns reports whether a package's types are a library's.
func (lib *Library) owns(path string) bool {
	return slices.ContainsFunc(lib.Types, func(t string) bool {
		return path == t || strings.HasSuffix(t, "/") && strings.HasPrefix(path, t)
	})
}

// Declaring returns the names of the libraries that have a query in a package.
func (c *Catalogue) Declaring(path string) []string {
	var names []string
	for _, lib := range c.libraries {
		if slices.ContainsFunc(lib.Symbols, func(s Symbol) bool { return s.Kind == Query && s.Package == path }) {
			names = append(names, lib.Name)
		}
	}
	return names
}

// Gates returns the predicates that tell absence from a fault in the errors of a
// library, see Library.Gates.
func (c *Catalogue) Gates(library string) []Symbol {
	for _, lib := range c.libraries {
		if lib.Name == library {
			return lib.Gates
		}
	}
	return nil
}

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
		s, ok = c.exact[key{pkg, "", obj.Name()}]
		return s, ok
	}
	fn = fn.Origin()
	sig := fn.Signature()
	if sig.Recv() == nil {
		if s, ok = c.exact[key{pkg, "", fn.Name()}]; ok {
			return s, true
		}
		s, ok = c.exact[key{pkg, "", "*"}]
		return s, ok
	}
	recv := sig.Recv().Type()
	if named := receiver(recv); named != nil {
		if s, ok = c.exact[key{pkg, named.Obj().Name(), fn.Name()}]; ok {
			return s, true
		}
	}
	if types.IsInterface(recv) {
		for _, n := range c.methods[fn.Name()] {
			if n.symbol.Package == pkg || n.library.mentions(sig) {
				return n.symbol, true
			}
		}
	}
	s, ok = c.exact[key{pkg, "", "*"}]
	return s, ok
}

// Exact returns the entry of a function, a variable or a type, by its package and name.
func (c *Catalogue) Exact(pkg, name string) (Symbol, bool) {
	s, ok := c.exact[key{unvendored(pkg), "", name}]
	return s, ok
}

// mentions reports whether a signature has one of the library's own types in
// it. A query's answer is one of them; an action's arguments are.
func (lib *Library) mentions(sig *types.Signature) bool {
	for _, tuple := range []*types.Tuple{sig.Results(), sig.Params()} {
		for v := range tuple.Variables() {
			if named := receiver(v.Type()); named != nil && named.Obj().Pkg() != nil {
				if lib.owns(unvendored(named.Obj().Pkg().Path())) {
					return true
				}
			}
		}
	}
	return false
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

// Select returns the libraries with the given names, and those without which
// no library makes sense. Unknown names are an error that lists the known ones.
func Select(libs []*Library, names []string) ([]*Library, error) {
	if len(names) == 0 {
		return libs, nil
	}
	var known []string
	for _, lib := range libs {
		if lib.Runtime() {
			known = append(known, lib.Name)
		}
	}
	for _, name := range names {
		if !slices.Contains(known, name) {
			return nil, fmt.Errorf("unknown runtime %q: have %s", name, strings.Join(known, ", "))
		}
	}
	return slices.DeleteFunc(slices.Clone(libs), func(lib *Library) bool {
		return lib.Runtime() && !slices.Contains(names, lib.Name)
	}), nil
}

// Runtime reports whether the library asks a runtime for anything. One that does
// not, and knows loggers or wrappers, is of use beside any other.
func (lib *Library) Runtime() bool {
	return len(lib.Programs) > 0 || slices.ContainsFunc(lib.Symbols, func(s Symbol) bool { return s.Kind == Query })
}

// Resolve returns the object a symbol names in the packages that pkg can see,
// or an error that says what is missing. Drivers use it to check a user's own
// entries; the tests use it on every entry that is shipped.
func (s Symbol) Resolve(pkg *types.Package) (types.Object, error) {
	if s.Receiver == "" {
		if obj := pkg.Scope().Lookup(s.Name); obj != nil {
			return obj, nil
		}
		return nil, fmt.Errorf("package %s has no %s", s.Package, s.Name)
	}
	typ := pkg.Scope().Lookup(s.Receiver)
	if typ == nil {
		return nil, fmt.Errorf("package %s has no type %s", s.Package, s.Receiver)
	}
	for _, sel := range typeutil.IntuitiveMethodSet(typ.Type(), nil) {
		if sel.Obj().Name() == s.Name {
			return sel.Obj(), nil
		}
	}
	return nil, fmt.Errorf("type %s.%s has no method %s", s.Package, s.Receiver, s.Name)
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
