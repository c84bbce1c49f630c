package catalogue

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
)

// Parse reads a data file. name is where the text comes from: errors begin
// with it and the line, and its base without the ending is the library's name.
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
	lib := &Library{Name: strings.TrimSuffix(path.Base(name), path.Ext(name))}
	seen := map[key]int{}
	line := 0
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
		case "gate":
			if len(words) != 2 {
				return fail("want: gate SYMBOL")
			}
			s, err := ParseSymbol(NotFound, words[1])
			if err != nil {
				return fail("%v", err)
			}
			lib.Gates = append(lib.Gates, s)
			continue
		case "program":
			if len(words) != 2 {
				return fail("want: program NAME")
			}
			lib.Programs = append(lib.Programs, words[1])
			continue
		case "command":
			if len(words) < 3 || len(words) > 4 || !slices.Contains(kinds, Kind(words[1])) {
				return fail("want: command KIND SUBCOMMAND [OBJECT]")
			}
			s := Symbol{Kind: Kind(words[1]), Name: words[2], Library: lib.Name, Line: line}
			if len(words) == 4 {
				s.Object = words[3]
			}
			lib.Commands = append(lib.Commands, s)
			continue
		}
		kind := Kind(words[0])
		if !slices.Contains(kinds, kind) {
			return fail("unknown word %q", words[0])
		}
		if len(words) < 2 || len(words) > 3 {
			return fail("want: %s SYMBOL [OBJECT or ARGUMENT]", kind)
		}
		s, err := ParseSymbol(kind, words[1])
		if err != nil {
			return fail("%v", err)
		}
		s.Library, s.Line = lib.Name, line
		if len(words) == 3 {
			if _, err := strconv.Unquote(words[2]); err == nil {
				s.Only = words[2]
			} else {
				s.Object = words[2]
			}
		}
		k := key{s.Package, s.Receiver, s.Name}
		if first, dup := seen[k]; dup {
			return fail("%s is already on line %d", s, first)
		}
		seen[k] = line
		lib.Symbols = append(lib.Symbols, s)
	}
	return lib, nil
}

// ParseSymbol reads a full name: path.Func, (path.Type).Method or
// (*path.Type).Method.
func ParseSymbol(kind Kind, full string) (Symbol, error) {
	s := Symbol{Kind: kind}
	rest := full
	if inner, ok := strings.CutPrefix(full, "("); ok {
		typ, method, ok := strings.Cut(inner, ").")
		if !ok {
			return s, fmt.Errorf("%q is not a full name such as (*example.com/rt.Client).Inspect", full)
		}
		s.Name = method
		rest = strings.TrimPrefix(typ, "*")
	}
	dot := strings.LastIndex(rest, ".")
	if dot <= strings.LastIndex(rest, "/") || dot == len(rest)-1 {
		return s, fmt.Errorf("%q is not a full name such as example.com/rt.Inspect", full)
	}
	s.Package = rest[:dot]
	if s.Name == "" {
		s.Name = rest[dot+1:]
	} else {
		s.Receiver = rest[dot+1:]
	}
	return s, nil
}
