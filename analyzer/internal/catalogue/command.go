package catalogue

import (
	"path"
	"slices"
	"strings"
)

// Program reports whether the catalogue knows a command line by the name, or
// the path, that it is run by.
func (c *Catalogue) Program(name string) bool {
	return c.programs[path.Base(name)] != nil
}

// Programs reports whether the catalogue knows any command line.
func (c *Catalogue) Programs() bool { return len(c.programs) > 0 }

// Command returns the entry of a command line: the program, and the arguments
// as far as they are known, "" for each that is not. Flags before and between
// the words of a subcommand are passed over where they stand alone, as in
// "docker --debug container inspect". Where the program is not known, two words
// that no other program has tell enough: "container inspect".
func (c *Catalogue) Command(program string, args []string) (Symbol, bool) {
	if lib := c.programs[path.Base(program)]; lib != nil {
		words := subcommand(args)
		for n := len(words); n > 0; n-- {
			if s, ok := lib.command(words[:n]); ok {
				s.Name = path.Base(program) + " " + s.Name
				return s, true
			}
		}
		return Symbol{}, false
	}
	if program != "" { // it may be the first word, for a method that knows the program
		args = append([]string{program}, args...)
	}
	words := subcommand(args)
	if len(words) < 2 || !slices.Contains(unmistakable, words[1]) {
		return Symbol{}, false
	}
	for _, lib := range c.libraries {
		if s, ok := lib.command(words); ok {
			return s, true
		}
	}
	return Symbol{}, false
}

// unmistakable are second words of subcommands that the command lines of other
// programs do not have after "container", "image" and the like.
var unmistakable = []string{"inspect", "rm", "prune"}

// subcommand returns the words, two at most, that a command line begins with.
func subcommand(args []string) []string {
	var words []string
	for _, arg := range args {
		if strings.HasPrefix(arg, "-") {
			continue
		}
		if arg == "" || len(words) == 2 {
			break
		}
		words = append(words, arg)
	}
	return words
}

// command returns the entry of a subcommand, under its own words.
func (lib *Library) command(words []string) (Symbol, bool) {
	name := strings.Join(words, "-")
	for _, s := range lib.Commands {
		if s.Name == name {
			s.Name = strings.Join(words, " ")
			return s, true
		}
	}
	return Symbol{}, false
}
