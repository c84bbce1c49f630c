package catalogue

import (
	"bytes"
	"fmt"
	"go/token"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Parse reads a data file. name is where the text comes from: errors begin with it and
// the line, and its base without the ending is the library's name.
//
// One entry a line, # begins a comment:
//
//	module  github.com/docker/docker v28.5.2+incompatible
//	types   github.com/docker/docker/api/
//	query   (*github.com/docker/docker/client.Client).ContainerInspect container
//	gate    github.com/docker/docker/client.IsErrNotFound
//	logger  log/slog.*
//	destructive (*example.com/schema.ResourceData).SetId ""
//	program docker
//	command query container-inspect container
func Parse(name string, text []byte) (*Library, error) {
	lines := bytes.Count(text, []byte("\n"))
	lib := &Library{Name: strings.TrimSuffix(path.Base(name), path.Ext(name))}
	symbols := make([]Symbol, 0, lines) // a vet tool reads all of them for each package
	seen := make(map[key]int, lines)
	line := 0
	text = bytes.TrimPrefix(text, []byte("\ufeff")) // some editors begin a file so
	for raw := range strings.Lines(string(text)) {
		line++
		entry, _, _ := strings.Cut(raw, "#")
		words := strings.Fields(entry)
		if len(words) == 0 {
			continue
		}
		fail := func(format string, args ...any) (*Library, error) {
			return nil, fmt.Errorf("%s:%d: %s", name, line, fmt.Sprintf(format, args...))
		}
		if !utf8.ValidString(raw) || strings.ContainsRune(raw, 0) {
			return fail("this is no text")
		}
		switch words[0] {
		case "module":
			if len(words) != 3 {
				return fail("want: module PATH VERSION")
			}
			lib.Module, lib.Version = words[1], words[2]
			continue
		case "types":
			if len(words) != 2 {
				return fail("want: types PREFIX")
			}
			lib.Types = append(lib.Types, words[1])
			continue
		case "tests", "remote":
			if len(words) != 2 {
				return fail("want: %s PACKAGE", words[0])
			}
			if words[0] == "tests" {
				lib.Tests = append(lib.Tests, words[1])
			} else {
				lib.Remote = append(lib.Remote, words[1])
			}
			continue
		case "off":
			if len(words) > 2 || len(words) == 2 && words[1] != string(Minor) {
				return fail("want: off, or: off minor")
			}
			lib.Off, lib.Minor = true, len(words) == 2
			continue
		case "fails":
			if len(words) < 3 {
				return fail("want: fails SYMBOL TEXT")
			}
			lib.Fails = Failure{Is: words[1], Says: strings.Join(words[2:], " ")}
			continue
		case "says":
			if len(words) < 3 || words[1] != "fault" && words[1] != "absent" {
				return fail("want: says fault TEXT, or: says absent TEXT")
			}
			said := strings.TrimPrefix(strings.TrimSpace(raw), words[0])
			text := strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(said), words[1]))
			lib.Messages = append(lib.Messages, Message{Absent: words[1] == "absent", Text: text})
			continue
		case "state":
			if len(words) < 4 {
				return fail("want: state FIELD WELL STOPPED [LIBRARY ...]")
			}
			state := State{Field: words[1], Well: words[2], Stopped: words[3]}
			lib.States = append(lib.States, state.of(words[4:]))
			continue
		case "makes":
			made, err := parseMade(lib.Name, words, line)
			if err != nil {
				return fail("%v", err)
			}
			lib.Makes = append(lib.Makes, made)
			continue
		case "weak":
			if len(words) < 2 {
				return fail("want: weak RULE [WORD ...]")
			}
			lib.Weak = append(lib.Weak, Weak{Rule: words[1], Words: words[2:], Line: line})
			continue
		case "strong":
			if len(words) < 3 {
				return fail("want: strong RULE WORD ...")
			}
			lib.Strong = append(lib.Strong, Weak{Rule: words[1], Words: words[2:], Line: line})
			continue
		case "gate":
			if len(words) != 2 {
				return fail("want: gate SYMBOL")
			}
			s, err := ParseSymbol(NotFound, words[1])
			if err != nil {
				return fail("%v", err)
			}
			s.Library, s.Line = lib.Name, line
			lib.Gates = append(lib.Gates, s)
			continue
		case "also":
			if len(words) != 2 {
				return fail("want: also PATH")
			}
			lib.Also = append(lib.Also, words[1])
			for _, owned := range lib.Types {
				if rest, ok := strings.CutPrefix(owned, lib.Module); ok {
					lib.Types = append(lib.Types, words[1]+rest)
				}
			}
			continue
		case "program":
			if len(words) < 2 {
				return fail("want: program NAME [WORD ...]")
			}
			lib.Programs = append(lib.Programs, Program{Name: words[1], Before: words[2:]})
			continue
		case "generated":
			if len(words) < 3 || len(words) > 4 || !slices.Contains(kinds, Kind(words[1])) {
				return fail("want: generated KIND WORD [absent=empty]")
			}
			s := Symbol{Kind: Kind(words[1]), Name: words[2], Library: lib.Name, Line: line}
			if len(words) == 4 && !s.Answer.set(words[3]) {
				return fail("want: generated KIND WORD [absent=empty], have %q", words[3])
			}
			lib.Generated = append(lib.Generated, s)
			continue
		case "valued", "telling", "named", "clients", "caches", "changing", "speaks":
			if len(words) < 2 {
				return fail("want: %s WORD ...", words[0])
			}
			to := map[string]*[]string{"valued": &lib.Valued, "telling": &lib.Telling, "named": &lib.Named, "clients": &lib.Clients, "caches": &lib.Caches, "changing": &lib.Changing, "speaks": &lib.Speaks}[words[0]]
			*to = append(*to, words[1:]...)
			continue
		case "unseen":
			var answer Answer
			names := words[min(2, len(words)):]
			if last := len(names) - 1; last >= 0 && names[last] == "absent=empty" {
				names, answer.Empty = names[:last], true
			}
			if len(names) == 0 || !slices.Contains(kinds, Kind(words[1])) {
				return fail("want: unseen KIND NAME* ... [absent=empty]")
			}
			for _, name := range names {
				if strings.Trim(name, "*") == "" || !strings.HasPrefix(name, "*") && !strings.HasSuffix(name, "*") {
					return fail("%q is not what names begin or end with, such as Get* or *Exists", name)
				}
				lib.Unseen = append(lib.Unseen, Symbol{Kind: Kind(words[1]), Name: name, Library: lib.Name, Line: line, Answer: answer})
			}
			continue
		case "wrapper", "runs":
			if len(words) < 3 {
				return fail("want: %s NAME SKIP [FLAG ...]", words[0])
			}
			skip, err := strconv.Atoi(words[2])
			if err != nil || skip < 0 {
				return fail("want: %s NAME SKIP [FLAG ...], and a number of words to skip", words[0])
			}
			w := Wrapper{Name: words[1], Skip: skip, Valued: words[3:]}
			if words[0] == "wrapper" {
				lib.Wrappers = append(lib.Wrappers, w)
			} else {
				lib.Runs = append(lib.Runs, w)
			}
			continue
		case "command":
			const want = "want: command KIND SUBCOMMAND [OBJECT] [if=FLAG] [absent=empty] [exit=N,...]"
			if len(words) < 3 || !slices.Contains(kinds, Kind(words[1])) {
				return fail(want)
			}
			s := Symbol{Kind: Kind(words[1]), Name: words[2], Library: lib.Name, Line: line}
			for i, word := range words[3:] {
				flag, isFlag := strings.CutPrefix(word, "if=")
				switch {
				case isFlag:
					s.Flag = flag
				case s.Answer.set(word):
				case i > 0:
					return fail(want)
				default:
					s.Object = word
				}
			}
			lib.Commands = append(lib.Commands, s)
			continue
		}
		kind := Kind(words[0])
		if !slices.Contains(kinds, kind) {
			return fail("unknown word %q", words[0])
		}
		if len(words) < 2 {
			return fail("want: %s SYMBOL [OBJECT or ARGUMENT] [KEY=VALUE ...]", kind)
		}
		s, err := ParseSymbol(kind, words[1])
		if err != nil {
			return fail("%v", err)
		}
		s.Library, s.Line = lib.Name, line
		given := map[string]bool{}
		for i, word := range words[2:] {
			switch _, err := strconv.Unquote(word); {
			case (kind == Query || kind == Destructive && strings.HasPrefix(word, "with=")) && s.Answer.set(word):
				key, _, _ := strings.Cut(word, "=")
				if given[key] {
					return fail("%s is the second of its kind", word)
				}
				given[key] = true
			case i == 0 && (err == nil || kind == Query && number(word)):
				s.Only = word
			case i == 0 && kind.objects(word), i == 1 && kind == Query && s.Only != "" && s.Object == "":
				s.Object = word
			case kind == Query:
				return fail("want: %s SYMBOL [OBJECT or ARGUMENT] [out=N] [model=METHOD] [error=FIELD] [keeps=error] [absent=empty] [beside=object] [status=FIELD] [with=WORD,...], have %q", kind, word)
			default:
				return fail("want: %s SYMBOL%s, have %q", kind, kind.second(), word)
			}
		}
		if s.Object == "" && (kind == Code || kind == Reply || kind == Remover) {
			return fail("want: %s SYMBOL%s", kind, kind.second())
		}
		k := key{s.Package, s.Receiver, s.Name + "(" + s.Last}
		if first, dup := seen[k]; dup {
			return fail("%s is already on line %d", s, first)
		}
		seen[k] = line
		symbols = append(symbols, s)
	}
	if len(symbols) > 0 {
		lib.Symbols = symbols
	}
	return lib, nil
}

// ofType reports whether entries of a kind are about types.
func (k Kind) ofType() bool { return k == Input || k == Handler || k == Remover || k == Observer }

// objects reports whether a word may stand after a symbol of a kind.
func (k Kind) objects(word string) bool {
	_, err := strconv.ParseUint(strings.TrimPrefix(word, "="), 10, 16)
	switch k {
	case Query, Probe:
		return !strings.ContainsAny(word, "=\"`'")
	case Code, NotFound, Remover:
		return !strings.ContainsAny(word, "=\"")
	case Reply:
		return err == nil || word == "body"
	case Wrap:
		return err == nil && word[0] != '='
	}
	return false
}

// second is how the second word of an entry is spelled in messages.
func (k Kind) second() string {
	switch k {
	case Code:
		return " CODE"
	case Reply:
		return " ARGUMENT, =STATUS or body"
	case Wrap:
		return " [ARGUMENT]"
	case NotFound:
		return " [CODE]"
	case Remover:
		return " WORD,..."
	case Destructive:
		return ` ["VALUE"] [with=WORD,...]`
	}
	return ` ["VALUE"]`
}

// set reads a word such as out=2, and reports whether it is one.
func (a *Answer) set(word string) bool {
	k, v, _ := strings.Cut(word, "=")
	switch {
	case k == "out":
		n, err := strconv.Atoi(v)
		a.Through, a.Out = true, n
		return err == nil && n >= 0
	case k == "model" && token.IsIdentifier(v):
		a.Model = v
	case k == "error" && v != "":
		a.Error = v
	case k == "status" && token.IsIdentifier(strings.TrimSuffix(v, called)):
		a.Status = v
	case k == "good" && strings.HasSuffix(v, called):
		a.Good = v
	case k == "bad" && strings.HasSuffix(v, called):
		a.Bad = v
	case k == "with" && v != "":
		a.With = strings.Split(v, ",")
	case k == "exit":
		for _, code := range strings.Split(v, ",") {
			n, err := strconv.Atoi(code)
			if err != nil {
				return false
			}
			a.Exit = append(a.Exit, n)
		}
	case word == "keeps=error":
		a.Kept = true
	case word == "absent=empty":
		a.Empty = true
	case word == "absent=error":
		a.Missing = true
	case word == "beside=object":
		a.Object = true
	default:
		return false
	}
	return true
}

// number reports whether a word is a number.
func number(word string) bool {
	_, err := strconv.Atoi(word)
	return err == nil
}
