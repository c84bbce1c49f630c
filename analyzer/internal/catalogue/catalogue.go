package catalogue

import (
	"fmt"
	"go/types"
	"iter"
	"path"
	"reflect"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/errswallow/errswallow/analyzer/libraries"
)

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
	Forgetting  Kind = "forgets"
	Local       Kind = "local"
	Handler     Kind = "handler"
	Remover     Kind = "remover"
	Observer    Kind = "observer"
	Waiting     Kind = "waits"
)

// kinds lists every Kind; a word that is not here is an error in a data file.
var kinds = []Kind{Query, Probe, Destructive, Creating, Ensuring, Action, NotFound, Absence, Code, Logger, Tell, Wrap, Exit, Assert, Poll, Fault, Pure, Print, Reply, Filter, Idle, Forgetting, Local, Handler, Remover, Observer, Waiting}

// A Library is what one data file says.
type Library struct {
	// Name is the name of its folder, as the -libraries flag takes it.
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
	Programs []Program
	Commands []Symbol
	// Valued are flags of the programs that have a value behind them, as a word of its own.
	Valued []string
	// Telling are second words of subcommands that other programs do not have, see
	// [Catalogue.Command].
	Telling []string
	// Wrappers are programs that run others.
	Wrappers []Wrapper
	// Runs are subcommands of the programs that run another command line, somewhere else.
	Runs []Wrapper
	// Named are words behind the name of a program in that of a variable which holds its
	// path: dockerBinary.
	Named []string
	// Generated are what methods of generated clients do that have a word in their names.
	Generated []Symbol
	// Also are other paths that the module has, or had: its entries are those of them, too.
	Also []string
	// Weak are rules that say no more than that something is possible.
	Weak []Weak
	// Strong are rules that say more only in functions whose names have one of these words.
	Strong []Weak
	// Tests are packages that only tests import: what imports one is test code, whatever
	// its file is called.
	Tests []string
	// States say what fields hold of an object that is there.
	States []State
	// Remote are packages of the standard library that ask others than the machine that they
	// run on. The rest of it can fail, and asks nobody.
	Remote []string
	// Makes say how errors of the library are made, the best first.
	Makes []Made
	// Fails is how the library's queries fail, if not by a timeout.
	Fails Failure
	// Unseen are what functions that nobody can see do whose names begin so, or end, see
	// [Catalogue.Unseen]: "Get*", "*Exists". Clients are what names of types end with whose
	// methods do that, if they are handed a context or not.
	Unseen  []Symbol
	Clients []string
	// Changing are names of calls that change something, see [Catalogue.Changing].
	Changing []string
	// Off reports that the library is not known unless somebody asks for it.
	Off bool
}

// A Failure is the fault of a library's queries: the sentinel that it is, by its full name,
// and what is said of a query that fails by it.
type Failure struct{ Is, Says string }

// A State says what a field of a name, or of a struct and a name, holds of an object that is
// there: one that is well, and one that does not run. It is true, false, nil, some (for a
// list that is not empty, or a pointer that is not nil), or a word.
type State struct {
	Field, Well, Stopped string
	// Of are the libraries whose objects have it, nil for all.
	Of []string
}

// of returns the state as one of some libraries.
func (s State) of(libraries []string) State {
	if len(libraries) > 0 {
		s.Of = libraries
	}
	return s
}

// Aspects are what a [Weak] may be about that is a part of what a rule finds.
var Aspects = []string{"created", "logged", "shown"}

// A Weak says that findings of a rule in queries of a library are possible, and no more:
// in functions whose names have one of these words in them, or in all where there are
// none. Of the rule collapse it is about bools. The rule may be "logged", for a discard of
// an error that is looked at, where nobody knows what is done afterwards, "created", for an
// object that is made a second time, which may be refused, or "shown", for nothing that is
// answered after people were shown the error.
type Weak struct {
	// Rule is the id of a rule, or one of [Aspects].
	Rule  string
	Words []string
	// Line is the line of the entry in its data file, counted from 1.
	Line int
}

// A Catalogue answers what a function, method or variable is.
type Catalogue struct {
	libraries []*Library
	exact     map[key]Symbol
	methods   map[string][]narrowed // by method name, for interfaces that narrow a client
	shaped    map[key][]Symbol      // by the type of the last parameter, named by pkg and name
	patterns  []Symbol              // of names
	packages  map[string]bool
	direct    map[string]bool // see Direct
	programs  map[string]program
	wrappers  map[string]Wrapper
	spelled   map[string]string // programs, as variables are named after them
	named     []string          // the words of Library.Named
}

type program struct {
	library *Library
	before  []string
}

type key struct{ pkg, recv, name string }

type narrowed struct {
	symbol  Symbol
	library *Library
}

// Builtin returns the libraries that errswallow ships with, in order of name.
var Builtin = sync.OnceValue(func() []*Library {
	folders, err := libraries.Files.ReadDir(".")
	if err != nil {
		panic(err) // embedded: the directory is always there
	}
	var libs []*Library
	for _, folder := range folders {
		text, err := libraries.Files.ReadFile(path.Join(folder.Name(), "library.cat"))
		if err != nil {
			panic(err)
		}
		lib, err := Parse(folder.Name(), text)
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
	n := 0
	for _, lib := range libs {
		n += len(lib.Symbols) * (1 + len(lib.Also))
	}
	c := &Catalogue{
		libraries: libs,
		exact:     make(map[key]Symbol, n), // a vet tool makes it anew for each package
		methods:   map[string][]narrowed{},
		shaped:    map[key][]Symbol{},
		packages:  map[string]bool{},
		direct:    map[string]bool{},
		programs:  map[string]program{},
		wrappers:  map[string]Wrapper{},
		spelled:   map[string]string{},
	}
	for _, lib := range libs {
		for _, p := range lib.Programs {
			c.programs[p.Name] = program{lib, p.Before}
			if name := letters(p.Name); c.spelled[name] == "" {
				c.spelled[name] = p.Name
			}
		}
		if len(lib.Unseen) > 0 {
			c.direct[contextPath] = true
		}
		for _, w := range lib.Wrappers {
			c.wrappers[w.Name] = w
		}
		c.named = append(c.named, lib.Named...)
		shaped, patterns := map[key][]Symbol{}, []Symbol(nil)
		for _, s := range lib.everywhere() {
			at := s.Package // where it is declared, or a type that it is told by
			switch {
			case s.Last != "":
				last := typeNamed(s.Last)
				shaped[last] = append(shaped[last], s)
				at = last.pkg
			case s.Pattern():
				patterns = append(patterns, s)
			default:
				c.exact[key{s.Package, s.Receiver, s.Name}] = s
			}
			switch {
			case s.Answer.Status != "": // everything reaches net/http
				c.direct[at] = true
			case s.Kind == Query && s.Only != "":
				if s.Receiver == "" {
					c.direct[at] = true
				}
			case s.Kind == Waiting:
				c.direct[at] = true
			case s.Opens():
				c.packages[at] = true
			}
			if s.Receiver != "" && len(lib.Types) > 0 {
				c.methods[s.Name] = append(c.methods[s.Name], narrowed{s, lib})
			}
		}
		// The first that stands for a function counts: those of the last library.
		c.patterns = append(patterns, c.patterns...)
		for last, symbols := range shaped {
			c.shaped[last] = append(symbols, c.shaped[last]...)
		}
	}
	return c
}

// everywhere returns the entries of a library, under all the paths that its module has.
func (lib *Library) everywhere() []Symbol {
	symbols := slices.Clone(lib.Symbols)
	for _, path := range lib.Also {
		for _, s := range lib.Symbols {
			if rest, ok := strings.CutPrefix(s.Package, lib.Module); ok {
				s.Package = path + rest
				symbols = append(symbols, s)
			}
		}
	}
	return symbols
}

// typeNamed splits the full name of a type.
func typeNamed(full string) key {
	dot := strings.LastIndexByte(full, '.')
	return key{pkg: full[:dot], name: full[dot+1:]}
}

// Opens reports whether a call of the symbol is reason enough to look into a
// package. One that matters with a certain argument only does beside a query, and so does one of
// the standard library that changes something: every second package removes a folder.
func (s Symbol) Opens() bool {
	switch s.Kind {
	case Query, Forgetting:
		return true
	case Destructive, Creating, Ensuring:
		return s.Only == "" && !Standard(s.Package)
	}
	return false
}

// Replies reports whether a call of the symbol answers a remote caller a status: whoever makes it
// says what to its callers, in other packages.
func (s Symbol) Replies() bool { return s.Kind == Reply && s.Object != "body" }

// Packages reports whether path declares a query, or a call that a query can
// lead to, or the types that one answers: a package that reaches none of them has
// nothing to find.
func (c *Catalogue) Packages(path string) bool {
	path = unvendored(path)
	return c.packages[path] || slices.ContainsFunc(c.patterns, func(s Symbol) bool { return s.Opens() && s.open() && s.in(path) }) || slices.ContainsFunc(c.libraries, func(lib *Library) bool { return lib.owns(path) })
}

// Direct reports whether path declares a query that is one with a certain argument only: what
// imports that package by itself may ask.
func (c *Catalogue) Direct(path string) bool { return c.direct[path] }

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

// Weak reports whether a finding of a rule, in a query of a library and in a function of
// a name, is no more than possible.
func (c *Catalogue) Weak(library, rule, fn string) bool {
	return slices.ContainsFunc(c.libraries, func(lib *Library) bool {
		return lib.Name == library && slices.ContainsFunc(lib.Weak, func(w Weak) bool {
			return w.Rule == rule && (len(w.Words) == 0 || slices.ContainsFunc(w.Words, func(word string) bool {
				return strings.Contains(strings.ToLower(fn), word)
			}))
		})
	})
}

// Strong reports whether a finding of a rule, in a query of a library and in a function of a
// name, is more than possible: its name has one of the words that the library says, if it says
// any.
func (c *Catalogue) Strong(library, rule, fn string) bool {
	return !slices.ContainsFunc(c.libraries, func(lib *Library) bool {
		return lib.Name == library && slices.ContainsFunc(lib.Strong, func(w Weak) bool { return w.Rule == rule && !w.in(fn) })
	})
}

// in reports whether a name has one of the words in it, between others or where it ends: has
// is one of HasUser, and none of hash.
func (w Weak) in(fn string) bool {
	lower := strings.ToLower(fn)
	return slices.ContainsFunc(w.Words, func(word string) bool {
		stem, open := strings.CutSuffix(word, "*")
		for at := 0; ; {
			i := strings.Index(lower[at:], stem)
			if i < 0 {
				return false
			}
			at += i
			end := at + len(stem)
			begins := at == 0 || !unicode.IsLetter(rune(fn[at-1])) || unicode.IsUpper(rune(fn[at]))
			if begins && (open || end == len(fn) || !unicode.IsLower(rune(fn[end]))) {
				return true
			}
			at++
		}
	})
}

// Test reports whether only tests import a package.
func (c *Catalogue) Test(path string) bool {
	return slices.ContainsFunc(c.libraries, func(lib *Library) bool { return slices.Contains(lib.Tests, path) })
}

// States yields what fields hold of an object of a library that is there, "" for one that no
// library knows.
func (c *Catalogue) States(library string) iter.Seq[State] {
	return func(yield func(State) bool) {
		for _, lib := range c.libraries {
			for _, s := range lib.States {
				if (s.Of == nil || library == "" || slices.Contains(s.Of, library)) && !yield(s) {
					return
				}
			}
		}
	}
}

// Remote reports whether a package of the standard library asks others.
func (c *Catalogue) Remote(path string) bool {
	return slices.ContainsFunc(c.libraries, func(lib *Library) bool { return slices.Contains(lib.Remote, path) })
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
		if s, ok = c.pattern(sig, pkg, "", fn.Name()); ok {
			return s, true
		}
		s, ok = c.exact[key{pkg, "", "*"}]
		return s.of(pkg, fn.Name()), ok
	}
	recv := sig.Recv().Type()
	name := ""
	if named := receiver(recv); named != nil {
		name = named.Obj().Name()
		if s, ok = c.exact[key{pkg, name, fn.Name()}]; ok {
			return s, true
		}
	}
	if s, ok = c.pattern(sig, pkg, name, fn.Name()); ok {
		return s, true
	}
	if types.IsInterface(recv) {
		for _, n := range c.methods[fn.Name()] {
			if n.symbol.Package == pkg || n.library.mentions(sig) {
				return n.symbol, true
			}
		}
		if s, ok = c.narrowed(sig, fn.Name()); ok {
			return s, true
		}
	}
	if s, ok = c.generated(fn); ok {
		return s, true
	}
	s, ok = c.exact[key{pkg, "", "*"}]
	return s.of(pkg, fn.Name()), ok
}

// of is a pattern's entry of one function that it stands for.
func (s Symbol) of(pkg, name string) Symbol {
	s.Package, s.Name = pkg, name
	return s
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

// Unseen returns the entry of a function that nobody can see, if its name and its shape say
// what it does: it is handed a context, for it may wait for somebody, or is a client's method,
// and answers an error; a query answers something beside it, or through its last parameter.
func (c *Catalogue) Unseen(fn *types.Func) (Symbol, bool) {
	sig := fn.Signature()
	if !AnswersError(fn) {
		return Symbol{}, false
	}
	waits := sig.Params().Len() > 0 && isContext(sig.Params().At(0).Type())
	for _, lib := range c.libraries {
		i := slices.IndexFunc(lib.Unseen, func(s Symbol) bool { // the name first: most calls end here
			return named(fn.Name(), s.Name) && (s.Kind != Query || sig.Results().Len() > 1 || into(sig))
		})
		if i < 0 || !waits && !lib.client(sig.Recv()) {
			continue
		}
		s := lib.Unseen[i]
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

// NamedQuery reports whether a function of this name asks for something, whatever it does
// beside that: GetOrRefresh.
func (c *Catalogue) NamedQuery(name string) bool {
	return slices.ContainsFunc(c.libraries, func(lib *Library) bool {
		return slices.ContainsFunc(lib.Unseen, func(s Symbol) bool { return s.Kind == Query && named(name, s.Name) })
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

// client reports whether the receiver of a method is a client of somebody by its name.
func (lib *Library) client(recv *types.Var) bool {
	if recv == nil {
		return false
	}
	named := receiver(recv.Type())
	return named != nil && slices.ContainsFunc(lib.Clients, func(ends string) bool {
		name, ends := strings.ToLower(named.Obj().Name()), strings.ToLower(ends)
		return strings.HasSuffix(name, strings.TrimPrefix(ends, "*"))
	})
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

const contextPath = "context"

// Exact returns the entry of a function, a variable or a type, by its package and name.
func (c *Catalogue) Exact(pkg, name string) (Symbol, bool) {
	s, ok := c.exact[key{unvendored(pkg), "", name}]
	return s, ok
}

// mentions reports whether a signature has one of the library's own types in
// it. A query's answer is one of them; an action's arguments are.
func (lib *Library) mentions(sig *types.Signature) bool {
	for t := range mentioned(sig) {
		if lib.owns(unvendored(t.Obj().Pkg().Path())) {
			return true
		}
	}
	return false
}

// mentioned yields the types of packages in a signature, those of results first.
func mentioned(sig *types.Signature) iter.Seq[*types.Named] {
	return func(yield func(*types.Named) bool) {
		for _, tuple := range []*types.Tuple{sig.Results(), sig.Params()} {
			for v := range tuple.Variables() {
				if named := receiver(v.Type()); named != nil && named.Obj().Pkg() != nil && !yield(named) {
					return
				}
			}
		}
	}
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
	var known, only, more []string
	for _, lib := range libs {
		if lib.Runtime() {
			known = append(known, lib.Name)
		}
	}
	for _, name := range names {
		plain, added := strings.CutPrefix(name, "+")
		if !slices.Contains(known, plain) {
			return nil, fmt.Errorf("unknown library %q: have %s", plain, strings.Join(known, ", "))
		}
		if added {
			more = append(more, plain)
		} else {
			only = append(only, plain)
		}
	}
	return slices.DeleteFunc(slices.Clone(libs), func(lib *Library) bool {
		wanted := slices.Contains(only, lib.Name) || len(only) == 0 && !lib.Off || slices.Contains(more, lib.Name)
		return lib.Runtime() && !wanted
	}), nil
}

// Fails returns how queries of a library fail, the zero Failure for a timeout.
func (c *Catalogue) Fails(library string) Failure {
	for _, lib := range c.libraries {
		if lib.Name == library {
			return lib.Fails
		}
	}
	return Failure{}
}

// Add adds what another library says.
func (lib *Library) Add(other *Library) {
	lib.Types = append(lib.Types, other.Types...)
	lib.Symbols = append(lib.Symbols, other.Symbols...)
	lib.Gates = append(lib.Gates, other.Gates...)
	lib.Programs = append(lib.Programs, other.Programs...)
	lib.Commands = append(lib.Commands, other.Commands...)
	lib.Valued = append(lib.Valued, other.Valued...)
	lib.Telling = append(lib.Telling, other.Telling...)
	lib.Wrappers = append(lib.Wrappers, other.Wrappers...)
	lib.Runs = append(lib.Runs, other.Runs...)
	lib.Named = append(lib.Named, other.Named...)
	lib.Generated = append(lib.Generated, other.Generated...)
	lib.Also = append(lib.Also, other.Also...)
	lib.Weak = append(lib.Weak, other.Weak...)
	lib.Strong = append(lib.Strong, other.Strong...)
	lib.Tests = append(lib.Tests, other.Tests...)
	lib.States = append(lib.States, other.States...)
	lib.Remote = append(lib.Remote, other.Remote...)
	lib.Makes = append(lib.Makes, other.Makes...)
	lib.Unseen = append(lib.Unseen, other.Unseen...)
	lib.Clients = append(lib.Clients, other.Clients...)
	lib.Changing = append(lib.Changing, other.Changing...)
	lib.Off = lib.Off || other.Off
	if other.Fails != (Failure{}) {
		lib.Fails = other.Fails
	}
}

// Empty reports whether a library says nothing.
func (lib *Library) Empty() bool {
	return reflect.DeepEqual(*lib, Library{Name: lib.Name, Off: lib.Off, Fails: lib.Fails})
}

// Rename gives a library another name.
func (lib *Library) Rename(name string) {
	lib.Name = name
	for _, symbols := range [][]Symbol{lib.Symbols, lib.Gates, lib.Commands} {
		for i := range symbols {
			symbols[i].Library = name
		}
	}
}

// Runtime reports whether the library asks for anything, or forgets it. One that does
// not, and knows loggers or wrappers, is of use beside any other.
func (lib *Library) Runtime() bool {
	return len(lib.Programs) > 0 || len(lib.Generated) > 0 || len(lib.Unseen) > 0 || slices.ContainsFunc(lib.Symbols, func(s Symbol) bool { return s.Kind == Query || s.Kind == Forgetting || s.Kind == Observer })
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
