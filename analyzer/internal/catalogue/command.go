package catalogue

import (
	"bytes"
	"iter"
	"path"
	"slices"
	"strings"
)

// A Program is the name of a command line, and words that stand before its own: docker-compose
// is docker compose. One without subcommands is one itself.
type Program struct {
	Name   string
	Before []string
}

// A Wrapper is a program, or a subcommand of one, that runs the command line which stands
// behind its flags and some words: sudo has none, ssh has one, the host.
type Wrapper struct {
	Name string
	Skip int
	// Valued are its flags that have a value.
	Valued []string
}

// Program reports whether the catalogue knows a command line by the name, or
// the path, that it is run by.
func (c *Catalogue) Program(name string) bool {
	return c.programs[base(name)].library != nil
}

// Runs reports whether the catalogue knows a program, or one that runs others, by its name.
func (c *Catalogue) Runs(name string) bool {
	_, wraps := c.wrappers[base(name)]
	return wraps || c.Program(name)
}

// Mentions reports whether a text in Go has a string in it that begins with the name, or the
// path, of a command line that the catalogue knows: "docker", "/usr/bin/docker inspect ".
func (c *Catalogue) Mentions(text []byte) bool {
	for {
		i := bytes.IndexAny(text, "\"`")
		if i < 0 {
			return false
		}
		text = text[i+1:]
		if end := bytes.IndexAny(text, "\"` \n"); end > 0 && c.Program(string(text[:end])) {
			return true
		}
	}
}

// ProgramNamed returns the program that a variable holds the name or the path of, by what it
// is called: VBoxManagePath, docker_bin. It is "" for any other.
func (c *Catalogue) ProgramNamed(variable string) string {
	name := letters(variable)
	for {
		if program := c.spelled[name]; program != "" {
			return program
		}
		i := slices.IndexFunc(c.named, func(word string) bool { return strings.HasSuffix(name, word) })
		if i < 0 {
			return ""
		}
		name = strings.TrimSuffix(name, c.named[i])
	}
}

// letters is a name without case and dashes.
func letters(name string) string {
	return strings.ToLower(strings.NewReplacer("-", "", "_", "").Replace(name))
}

// Programs reports whether the catalogue knows any command line.
func (c *Catalogue) Programs() bool { return len(c.programs) > 0 }

// Told reports whether two words tell a command whatever program is run: "container inspect".
func (c *Catalogue) Told(first, second string) bool {
	_, ok := c.Command(append([]Word{{}}, Words(first, second)...))
	return ok
}

// base is the name of a program by its path.
func base(name string) string { return strings.TrimSuffix(path.Base(name), ".exe") }

// Command returns the entry of a command line, as far as it is known: of what sudo, a shell
// or ssh are told to run. Flags before and between the words of a subcommand are passed over,
// with their values: "docker --host h container inspect". Where the program is not known, two
// words that no other program has tell enough: "container inspect".
func (c *Catalogue) Command(line []Word) (Symbol, bool) {
	for range maxWrapped {
		if len(line) == 0 {
			return Symbol{}, false
		}
		first, rest := line[0], line[1:]
		if words, ok := first.split(); ok {
			line = slices.Concat(words, rest)
			if several(line) {
				return Symbol{}, false
			}
			continue
		}
		if name, p := c.programOf(first); p.library != nil {
			words := slices.Concat(Words(p.before...), rest)
			if inner, ok := p.library.inner(words); ok {
				line = inner
				continue
			}
			s, ok := p.library.Command(words)
			switch {
			case !ok:
			case s.Name == strings.Join(p.before, " "): // kill has no subcommands, and stands for one itself
				s.Name = base(name)
			default:
				s.Name = base(name) + " " + s.Name
			}
			return s, ok
		}
		w, ok := c.wrappers[base(first.Text)]
		if !ok || !first.Known {
			break
		}
		line = w.wrapped(rest)
	}
	if len(line) == 0 {
		return Symbol{}, false
	}
	// The first may be a word, for a method that knows the program.
	if line[0].Known {
		if s, ok := c.told(line); ok {
			return s, true
		}
	}
	return c.told(line[1:])
}

// programOf returns the program that a word is, or is one of.
func (c *Catalogue) programOf(w Word) (string, program) {
	names := w.Or
	if w.Known {
		names = []string{w.Text}
	}
	for _, name := range names {
		if p := c.programs[base(name)]; p.library != nil {
			return name, p
		}
	}
	return "", program{}
}

// maxWrapped bounds how many programs a line may go through: sudo ssh host sh -c.
const maxWrapped = 8

// told returns the entry of a line that has no program in it.
func (c *Catalogue) told(line []Word) (Symbol, bool) {
	for _, lib := range c.libraries {
		words := lib.subcommand(line)
		if len(words) < 2 || !slices.Contains(lib.Telling, words[1]) {
			continue
		}
		if s, ok := lib.command(words[:2], line); ok {
			return s, true
		}
	}
	return Symbol{}, false
}

// wrapped returns the line that a program is told to run.
func (w Wrapper) wrapped(line []Word) []Word {
	for skip := w.Skip; len(line) > 0; {
		word := line[0]
		switch {
		case word.flag():
			if slices.Contains(w.Valued, word.Text) && len(line) > 1 {
				line = line[1:]
			}
		case strings.Contains(word.Text, "=") && !strings.ContainsAny(word.Text, " /"): // NAME=value
		case skip > 0:
			skip--
		default:
			return line
		}
		line = line[1:]
	}
	return nil
}

// inner returns the line that a subcommand is told to run: docker exec name, and what is behind.
func (lib *Library) inner(line []Word) ([]Word, bool) {
	words := strings.Join(lib.subcommand(line), "-") + "-"
	for _, run := range lib.Runs {
		if strings.HasPrefix(words, run.Name+"-") {
			return run.wrapped(lib.behind(line, 1+strings.Count(run.Name, "-"))), true
		}
	}
	return nil, false
}

// behind returns what stands behind some positional words of a line.
func (lib *Library) behind(line []Word, n int) []Word {
	for i := range lib.positional(line) {
		if n--; n == 0 {
			return line[i+1:]
		}
	}
	return nil
}

// Command returns the entry of the words behind a program, the longest that there is.
func (lib *Library) Command(line []Word) (Symbol, bool) {
	words := lib.subcommand(line)
	for n := len(words); n > 0; n-- {
		if s, ok := lib.command(words[:n], line); ok {
			return s, true
		}
	}
	return Symbol{}, false
}

// longest is how many words a subcommand has at most: incus image alias list.
const longest = 3

// positional yields the words of a line that are no flags and no values of flags, known or
// not, and where they stand.
func (lib *Library) positional(line []Word) iter.Seq2[int, Word] {
	return func(yield func(int, Word) bool) {
		value := false
		for i, w := range line {
			switch {
			case value:
				value = false
			case w.flag():
				value = w.Known && slices.Contains(lib.Valued, w.Text)
			case !yield(i, w):
				return
			}
		}
	}
}

// subcommand returns the words that a command line begins with.
func (lib *Library) subcommand(line []Word) []string {
	var words []string
	for _, w := range lib.positional(line) {
		if !w.Known || w.Text == "" || len(words) == longest {
			break
		}
		words = append(words, w.Text)
	}
	return words
}

// object stands for a word behind those of a subcommand where an entry asks for a flag.
const object = "*"

// objects counts the positional words of a line.
func (lib *Library) objects(line []Word) (n int) {
	for range lib.positional(line) {
		n++
	}
	return n
}

// command returns the entry of a subcommand, under its own words: the one that asks for a
// flag that is there before one that asks for none.
func (lib *Library) command(words []string, line []Word) (Symbol, bool) {
	name := strings.Join(words, "-")
	var plain *Symbol
	for i, s := range lib.Commands {
		switch {
		case s.Name != name:
		case s.Flag == "":
			plain = &lib.Commands[i]
		case s.Flag == object && lib.objects(line) > len(words),
			slices.ContainsFunc(line, func(w Word) bool { return w.Text == s.Flag || strings.HasPrefix(w.Text, s.Flag+"=") }):
			s.Name = strings.Join(words, " ")
			return s, true
		}
	}
	if plain == nil {
		return Symbol{}, false
	}
	s := *plain
	s.Name = strings.Join(words, " ")
	return s, true
}
