package catalogue

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A Made says how an error of a library is made, so that somebody can answer it in a test.
type Made struct {
	// Of is what the error says: one of [Makings].
	Of string
	// Symbol is a variable that is the error, or a function that makes one of whatever it
	// is handed; "" in Name where it is the text of a command line.
	Symbol Symbol
	// Text is what a command line prints of it.
	Text string
}

// MadeAbsent is what an error says of an object that is not there.
const MadeAbsent = "absent"

// Makings are what an error can say: absence, and the faults.
var Makings = []string{MadeAbsent, "deadline", "eof", "refused", "503"}

// parseMade reads an entry: makes absent example.com/rt.ErrGone, or, of command lines,
// makes absent "No such container".
func parseMade(library string, words []string, line int) (Made, error) {
	if len(words) < 3 || !slices.Contains(Makings, words[1]) {
		return Made{}, errors.New("want: makes " + strings.Join(Makings, "|") + ` SYMBOL or "TEXT"`)
	}
	if text, err := strconv.Unquote(strings.Join(words[2:], " ")); err == nil {
		return Made{Of: words[1], Text: text}, nil
	}
	if len(words) > 3 {
		return Made{}, fmt.Errorf("want: makes %s SYMBOL or \"TEXT\", have %q", words[1], words[3])
	}
	s, err := ParseSymbol(Absence, words[2])
	if err == nil && (s.Receiver != "" || s.Pattern()) {
		err = fmt.Errorf("%s is no function and no variable of a package", s)
	}
	s.Library, s.Line = library, line
	return Made{Of: words[1], Symbol: s}, err
}

// Makes returns how the errors of a library are made that say something, the best first;
// for absence its sentinels come after what is said of it, those of the package at hand
// first.
func (c *Catalogue) Makes(library, of, pkg string) []Made {
	var out []Made
	for _, lib := range c.libraries {
		if lib.Name != library {
			continue
		}
		for _, m := range lib.Makes {
			if m.Of == of {
				out = append(out, m)
			}
		}
		if of != MadeAbsent {
			continue
		}
		said := len(out)
		for _, s := range lib.Symbols {
			if s.Kind == Absence && !s.Pattern() && s.Receiver == "" {
				out = append(out, Made{Of: of, Symbol: s})
			}
		}
		slices.SortStableFunc(out[said:], func(a, b Made) int { return shared(b.Symbol.Package, pkg) - shared(a.Symbol.Package, pkg) })
	}
	return out
}

// shared is how many elements two paths begin with in common.
func shared(a, b string) (n int) {
	as, bs := strings.Split(a, "/"), strings.Split(b, "/")
	for n < len(as) && n < len(bs) && as[n] == bs[n] {
		n++
	}
	return n
}
