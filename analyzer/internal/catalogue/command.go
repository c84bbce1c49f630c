package catalogue

import (
	"path"
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
// "docker --debug container inspect".
func (c *Catalogue) Command(program string, args []string) (Symbol, bool) {
	lib := c.programs[path.Base(program)]
	if lib == nil {
		return Symbol{}, false
	}
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
	for n := len(words); n > 0; n-- {
		name := strings.Join(words[:n], "-")
		for _, s := range lib.Commands {
			if s.Name == name {
				s.Name = path.Base(program) + " " + strings.ReplaceAll(name, "-", " ")
				return s, true
			}
		}
	}
	return Symbol{}, false
}
