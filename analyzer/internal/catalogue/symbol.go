package catalogue

import (
	"fmt"
	"go/types"
	"strconv"
	"strings"

	"golang.org/x/tools/go/types/typeutil"
)

// A Symbol is one entry of the catalogue.
type Symbol struct {
	Kind Kind
	// Object is what a query asks about ("container"), [OfType] where the type of what it
	// answers says so, or, for a code symbol, the constant that stands for absence ("5"), or,
	// for a remover, words in the names of functions.
	Object string
	// Only is the constant, in Go syntax, that the last argument of a call has to be
	// for the entry to be about it; "" for any.
	Only string
	// Package, Receiver and Name are the parts of the full name. Receiver is "" for a
	// function. Package may end in "/...", for all below it, or begin with ".../", for all
	// whose paths end so; Name may end in "*", for all that begin so; and Receiver begin with
	// "*", for all that end so, or be that, for any: see Last.
	Package, Receiver, Name string
	// Last is the full name of the type of the last parameter, "" for any. It tells the
	// methods of generated clients, whatever package they stand in.
	Last string
	// Answer says how a query answers, if not by its results.
	Answer Answer
	// Flag is what a command line has to have for the entry to be about it, "" for nothing.
	Flag string
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

// An Answer says how a query answers.
type Answer struct {
	// Through reports that it is through argument Out, counted from 0 and the receiver
	// aside, and those after it: what they point to is what it held before where the query
	// fails.
	Through bool
	Out     int
	// Model is the method of its receiver, called before in the chain, whose first argument
	// points to what it answers: Model of db.Model(&user).Select(); "" for none.
	Model string
	// Error is the field of the first result that the error is in, [Dropped] where the query
	// says of no error, and "" where it is the last result.
	Error string
	// Kept reports that what the query is called on keeps the error, too, if it is a chain of calls:
	// who asks that again hears of it.
	Kept bool
	// Empty reports that an object which is not there is no error, but an answer with
	// nothing in it.
	Empty bool
	// Missing reports that it is an error, although the query is called as one that lists.
	Missing bool
	// Object reports that there is an object with nothing in it beside an error, and no nil.
	Object bool
	// Status is the field of what the first result points to, or the method of that, with
	// brackets, that is the status of an answer over HTTP; "" where there is none. The error is
	// nil beside 404, and beside a status that says of a fault. Good and Bad are methods which
	// say whether it is the status of what is there, and whether it is another.
	Status, Good, Bad string
	// With are words, one of which is among the arguments of the call, or of those that made
	// them: GET, of a request; or, of what is destructive, begins a text among them: DELETE, of
	// a statement of SQL. Nil for no such.
	With []string
	// Exit are the statuses that a command line ends with for absence, and for no fault.
	Exit []int
}

// Words of a data file that are no names.
const (
	// OfType as the object of a query is the name of the type of what it answers.
	OfType = "*"
	// Dropped as the place of a query's error says that it has none.
	Dropped = "dropped"
)

// Fails reports whether a call of the symbol answers an error, or has one that it drops.
func (s Symbol) Fails(obj types.Object) bool { return s.Answer.Error != "" || AnswersError(obj) }

// Pattern reports whether the symbol stands for several.
func (s Symbol) Pattern() bool {
	return s.Last != "" || strings.HasSuffix(s.Package, "/...") || strings.HasPrefix(s.Package, anywhere) || strings.HasPrefix(s.Receiver, "*") || strings.HasSuffix(s.Name, "*") && s.whole() == ""
}

// anywhere begins the path of a package that stands in whatever module.
const anywhere = ".../"

// whole returns the package that an entry such as log/slog.* stands for, with all that is
// in it; "" if it stands for something else.
func (s Symbol) whole() string {
	if s.Name == "*" && s.Receiver == "" && !strings.HasSuffix(s.Package, "/...") {
		return s.Package
	}
	return ""
}

// under returns what the paths of packages begin with that the symbol is about.
func (s Symbol) under() (prefix string, ok bool) {
	prefix, ok = strings.CutSuffix(s.Package, "...")
	return prefix, ok && prefix != ""
}

// open reports whether the symbol is about packages of several paths.
func (s Symbol) open() bool {
	_, below := s.under()
	return below || strings.HasPrefix(s.Package, anywhere)
}

// in reports whether a path is that of the symbol's package, or of one of them.
func (s Symbol) in(path string) bool {
	if prefix, below := s.under(); below {
		return strings.HasPrefix(path, prefix)
	}
	if end, ok := strings.CutPrefix(s.Package, anywhere); ok {
		return path == end || strings.HasSuffix(path, "/"+end)
	}
	return path == s.Package
}

// matches reports whether a pattern stands for a function of a package, by the name of
// its receiver and its own.
func (s Symbol) matches(pkg, recv, name string) bool {
	if s.Package != "" && !s.in(pkg) {
		return false
	}
	begin, open := strings.CutSuffix(s.Name, "*")
	everything := s.Receiver == "" && s.Name == "*" // methods, too
	ends, any := strings.CutPrefix(s.Receiver, "*")
	return (everything || s.Receiver == recv || any && recv != "" && strings.HasSuffix(recv, ends)) && (name == s.Name || open && strings.HasPrefix(name, begin))
}

// ParseSymbol reads a full name: path.Func, (path.Type).Method or
// (*path.Type).Method. It may be a pattern: (*path/....Type).Get* has the types of that
// name in all packages below a path, and their methods that begin so, and
// (*path/....*GetCall).Do those of all types whose names end so; (*.../ent.Client).Get has a
// package of that name in whatever module;
// (*).Get(other/path.GetOptions) has the methods of any type whose last parameter is of
// the type in brackets.
func ParseSymbol(kind Kind, full string) (Symbol, error) {
	s := Symbol{Kind: kind}
	rest := full
	if inner, ok := strings.CutPrefix(full, "("); ok {
		typ, method, ok := strings.Cut(inner, ").")
		if !ok {
			return s, fmt.Errorf("%q is not a full name such as (*example.com/rt.Client).Inspect", full)
		}
		if name, last, ok := strings.Cut(method, "("); ok {
			method = name
			if s.Last, ok = strings.CutSuffix(strings.TrimPrefix(last, "..."), ")"); !ok || !strings.Contains(s.Last, ".") {
				return s, fmt.Errorf("%q is not a pattern such as (*).Inspect(example.com/rt.Options)", full)
			}
		}
		if s.Name = method; method == "" {
			return s, fmt.Errorf("%q is not a full name such as (*example.com/rt.Client).Inspect", full)
		}
		if typ == "*" && s.Last != "" {
			s.Receiver = "*"
			return s, nil
		}
		rest, _, _ = strings.Cut(strings.TrimPrefix(typ, "*"), "[") // of all its instances
	}
	dot := strings.LastIndex(rest, ".")
	if dot <= strings.LastIndex(rest, "/") || dot == len(rest)-1 {
		return s, fmt.Errorf("%q is not a full name such as example.com/rt.Inspect", full)
	}
	s.Package = rest[:dot]
	path := strings.TrimPrefix(strings.TrimSuffix(s.Package, "/..."), anywhere)
	if path == "" && s.Package != "" || path != "" && path[0] == '/' || strings.ContainsAny(path, "*()") || strings.Contains(path, "...") {
		return s, fmt.Errorf("%q names no package, as (*example.com/rt/....Client).Get* does", full)
	}
	if s.Name == "" {
		s.Name = rest[dot+1:]
	} else {
		s.Receiver = rest[dot+1:]
	}
	return s, nil
}

// Fits returns an error that says what an entry takes of an object that it does not have.
func (s Symbol) Fits(obj types.Object) error {
	sig, calls := obj.Type().Underlying().(*types.Signature)
	_, isType := obj.(*types.TypeName)
	_, isFunc := obj.(*types.Func)
	switch {
	case s.Kind.ofType() && !isType:
		return fmt.Errorf("%s is no type", s)
	case s.Kind == Absence && isFunc:
		return fmt.Errorf("%s is a function: want an error, or its type", s)
	case s.Kind.ofType() || s.Kind == Absence:
		return nil
	case isType && s.Kind != Query || !calls && s.Kind != Query:
		return fmt.Errorf("%s is no function", s)
	case s.Kind != Query:
		return nil
	case isType || !s.Fails(obj):
		return fmt.Errorf("%s answers no error", s)
	case !calls || sig.Results().Len() == 0:
		return fmt.Errorf("%s answers nothing", s)
	case s.Answer.Through && s.Answer.Out >= sig.Params().Len():
		return fmt.Errorf("%s has no argument %d: they are counted from 0", s, s.Answer.Out)
	case s.Answer.Model != "" && !takesModel(sig.Recv(), s.Answer.Model):
		return fmt.Errorf("what %s is called on has no method %s that takes anything", s, s.Answer.Model)
	case s.Answer.Status != "" && !hasField(sig.Results().At(0).Type(), s.Answer.Status):
		return fmt.Errorf("what %s answers has no number in a field %s", s, s.Answer.Status)
	case s.Answer.Error != "" && s.Answer.Error != Dropped && !fieldOfError(sig.Results().At(0).Type(), s.Answer.Error):
		return fmt.Errorf("what %s answers has no error in a field %s", s, s.Answer.Error)
	}
	return nil
}

// called ends the name of a method that stands for a field: StatusCode().
const called = "()"

// takesModel reports whether what a method is called on has another of a name, which is handed
// something.
func takesModel(recv *types.Var, name string) bool {
	if recv == nil {
		return false
	}
	obj, _, _ := types.LookupFieldOrMethod(recv.Type(), true, nil, name)
	fn, ok := obj.(*types.Func)
	return ok && fn.Signature().Params().Len() > 0
}

// hasField reports whether a struct, or what points to one, has a field of a name that is a
// number, or a method that answers one.
func hasField(t types.Type, name string) bool {
	if method, ok := strings.CutSuffix(name, called); ok {
		obj, _, _ := types.LookupFieldOrMethod(t, true, nil, method)
		fn, ok := obj.(*types.Func)
		return ok && fn.Signature().Params().Len() == 0 && fn.Signature().Results().Len() == 1
	}
	f := field(t, name)
	if f == nil {
		return false
	}
	b, ok := f.Type().Underlying().(*types.Basic)
	return ok && b.Info()&types.IsInteger != 0
}

// fieldOfError reports whether a struct, or what points to one, has a field that is an error.
func fieldOfError(t types.Type, name string) bool {
	f := field(t, name)
	return f != nil && types.Implements(f.Type(), types.Universe.Lookup("error").Type().Underlying().(*types.Interface))
}

// field returns the field of a name of a struct, or of what points to one; nil if there is none.
func field(t types.Type, name string) *types.Var {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	structure, ok := t.Underlying().(*types.Struct)
	if !ok {
		return nil
	}
	for f := range structure.Fields() {
		if f.Name() == name {
			return f
		}
	}
	return nil
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
