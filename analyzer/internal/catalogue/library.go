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
	// Remote are packages that ask others than the machine that they run on. The rest of the
	// standard library can fail, and asks nobody.
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
	// Caches are what names of types end with whose methods lose nothing.
	Caches []string
	// Changing are names of calls that change something, see [Catalogue.Changing].
	Changing []string
	// Messages are texts of errors of the library, and Speaks the libraries whose texts its errors
	// have, too: see [Catalogue.Messages].
	Messages []Message
	Speaks   []string
	// Off reports that the library is not known unless somebody asks for it, and Minor that its
	// queries are, where something else is lost by them: see [Minor].
	Off, Minor bool
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
// in functions in whose names a word begins with one of these, or in all where there are
// none. Of the rule collapse it is about bools. The rule may be "logged", for a discard of
// an error that is looked at, where nobody knows what is done afterwards, "created", for an
// object that is made of a fault and not of an absence: a note of it, or "shown", for nothing that is
// answered after people were shown the error.
type Weak struct {
	// Rule is the id of a rule, or one of [Aspects].
	Rule  string
	Words []string
	// Line is the line of the entry in its data file, counted from 1.
	Line int
}

// in reports whether a name has one of the words in it, between others or where it ends, or, as a
// stem, where it begins: has is one of HasUser, and a stem of Hash.
func (w Weak) in(fn string, stems bool) bool {
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
			if begins && (open || stems || end == len(fn) || !unicode.IsLower(rune(fn[end]))) {
				return true
			}
			at++
		}
	})
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

// everywhere yields the entries of a library, under all the paths that its module has.
func (lib *Library) everywhere() iter.Seq[*Symbol] {
	return func(yield func(*Symbol) bool) {
		for i := range lib.Symbols {
			if !yield(&lib.Symbols[i]) {
				return
			}
		}
		for _, path := range lib.Also {
			for _, s := range lib.Symbols {
				rest, ok := strings.CutPrefix(s.Package, lib.Module)
				s.Package = path + rest
				if ok && !yield(&s) {
					return
				}
			}
		}
	}
}

// queries reports whether a library has a query in a package.
func (lib *Library) queries(path string) bool {
	return slices.ContainsFunc(lib.Symbols, func(s Symbol) bool { return s.Kind == Query && s.Package == path })
}

// owns reports whether a package's types are a library's.
func (lib *Library) owns(path string) bool {
	return slices.ContainsFunc(lib.Types, func(t string) bool {
		return path == t || strings.HasSuffix(t, "/") && strings.HasPrefix(path, t)
	})
}

// client reports whether the receiver of a method is a client of somebody by its name.
func (lib *Library) client(recv *types.Var) bool { return ends(recv, lib.Clients) }

// ends reports whether the name of the type of a receiver ends with one of some words: *Client.
func ends(recv *types.Var, words []string) bool {
	if recv == nil || len(words) == 0 {
		return false
	}
	named := receiver(recv.Type())
	return named != nil && slices.ContainsFunc(words, func(word string) bool {
		return strings.HasSuffix(strings.ToLower(named.Obj().Name()), strings.ToLower(strings.TrimPrefix(word, "*")))
	})
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
	var selected []*Library
	for _, lib := range libs {
		switch wanted := slices.Contains(only, lib.Name) || len(only) == 0 && !lib.Off || slices.Contains(more, lib.Name); {
		case wanted || !lib.Runtime():
			selected = append(selected, lib)
		case len(only) == 0 && lib.Minor:
			selected = append(selected, lib.minor())
		}
	}
	return selected, nil
}

// minor is a library whose queries count only where something else is lost by them, and nothing else
// of which is known.
func (lib *Library) minor() *Library {
	out := &Library{Name: lib.Name, Fails: lib.Fails}
	for _, s := range lib.Symbols {
		if s.Kind == Query {
			s.Kind = Minor
			out.Symbols = append(out.Symbols, s)
		}
	}
	return out
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
	lib.Caches = append(lib.Caches, other.Caches...)
	lib.Changing = append(lib.Changing, other.Changing...)
	lib.Messages = append(lib.Messages, other.Messages...)
	lib.Speaks = append(lib.Speaks, other.Speaks...)
	lib.Off, lib.Minor = lib.Off || other.Off, lib.Minor || other.Minor
	if other.Fails != (Failure{}) {
		lib.Fails = other.Fails
	}
}

// Empty reports whether a library says nothing.
func (lib *Library) Empty() bool {
	return reflect.DeepEqual(*lib, Library{Name: lib.Name, Off: lib.Off, Minor: lib.Minor, Fails: lib.Fails})
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
