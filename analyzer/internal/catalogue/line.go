package catalogue

import (
	"slices"
	"strings"
)

// A Word is one word of a command line, as far as it is known.
type Word struct {
	// Text is what the word begins with, and all of it where Known.
	Text  string
	Known bool
	// Or are the texts, of which it is one, where it is one of several.
	Or []string
	// Param is the parameter of a function, counted from 1 and a receiver first, that the
	// word is; with All its elements, or the words of its text, or of the command that it
	// is, stand here. 0 is none: with All, any number of words that are not known.
	Param int
	All   bool
	// Line are the words of one that is a command line itself, for a shell or another host.
	Line []Word
}

// Words returns constant words.
func Words(texts ...string) []Word {
	out := make([]Word, len(texts))
	for i, text := range texts {
		out[i] = Word{Text: text, Known: true}
	}
	return out
}

// Equal reports whether two words are known to be the same, or the same of what is not known.
func (w Word) Equal(o Word) bool {
	return w.Text == o.Text && w.Known == o.Known && w.Param == o.Param && w.All == o.All &&
		slices.Equal(w.Or, o.Or) && slices.EqualFunc(w.Line, o.Line, Word.Equal)
}

// Open reports whether a parameter stands anywhere in a line.
func Open(line []Word) bool {
	return slices.ContainsFunc(line, func(w Word) bool { return w.Param > 0 || Open(w.Line) })
}

// flag reports whether a word is one.
func (w Word) flag() bool { return strings.HasPrefix(w.Text, "-") }

// split returns the words of one that is a line.
func (w Word) split() ([]Word, bool) {
	if len(w.Line) > 0 {
		return w.Line, true
	}
	if w.Known && strings.ContainsAny(strings.TrimSpace(w.Text), " \t\n") {
		return Words(strings.Fields(w.Text)...), true
	}
	return nil, false
}

// operators of a shell: what a line of several commands ends with is not said by one of them.
var operators = []string{"|", "||", "&&", ";", "&"}

// several reports whether a line for a shell has several commands.
func several(line []Word) bool {
	return slices.ContainsFunc(line, func(w Word) bool {
		return w.Known && (slices.Contains(operators, w.Text) || strings.HasSuffix(w.Text, ";"))
	})
}
