package load

import (
	"bytes"
	"go/token"
	"os"
	"unicode"
	"unicode/utf8"
)

// declarations returns the text of a file without what stands in the bodies of its
// functions and in the composite literals of its variables, or nil if it cannot be
// read: its types are the same, and a parser and a type checker are done with it in
// half the time. Lines keep their numbers.
func declarations(name string) []byte {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil // the parser says why
	}
	return cutText(text)
}

// interfaces returns the texts of a package's files, for those who import it: without
// bodies, and without functions that only the package can name, and that nothing is
// left of it which does. Lines keep their numbers.
func interfaces(names []string) [][]byte {
	cut := make([]*cutter, len(names))
	named := map[string]bool{}
	for i, name := range names {
		if text, err := os.ReadFile(name); err == nil {
			cut[i] = &cutter{lexer: lexer{text: text}, named: named}
			cut[i].all()
		}
	}
	texts := make([][]byte, len(names))
	for i, c := range cut {
		if c != nil {
			texts[i] = c.without(func(name string) bool { return !named[name] })
		}
	}
	return texts
}

func cutText(text []byte) []byte {
	c := &cutter{lexer: lexer{text: text}}
	c.all()
	return c.out
}

// A cutter copies the text of a file, and leaves out what stands between some braces.
type cutter struct {
	lexer
	out    []byte
	copied int // how much of the text is in out, or left out
	depth  int // of parentheses, brackets and braces of any kind
	before token.Token
	// function and variable say what is declared, and value that its initial value has
	// begun. An array that counts its elements keeps them.
	function, variable, value, counted bool

	// named, if it is not nil, gets the names in the text that may be those of functions
	// which only the package can name; private has those, and where they stand in out.
	named   map[string]bool
	private []private
}

// A private is a function that only its package can name.
type private struct {
	name       string
	start, end int
}

// all copies the text.
func (c *cutter) all() {
	for {
		start, tok := c.lexer.next()
		if tok == token.EOF {
			c.copy(len(c.text))
			return
		}
		c.take(start, tok)
	}
}

// copy copies the text up to an offset.
func (c *cutter) copy(to int) {
	c.out = append(c.out, c.text[c.copied:to]...)
	c.copied = to
}

// take takes the next token.
func (c *cutter) take(start int, tok token.Token) {
	first := c.depth == 0 && (c.before == token.SEMICOLON || c.before == token.ILLEGAL)
	switch tok {
	case token.FUNC:
		c.function = c.function || first
		if first && c.named != nil {
			c.begin(start)
		}
	case token.IDENT:
		if name := c.text[start:c.at]; c.named != nil && unexported(name) && !c.named[string(name)] {
			c.named[string(name)] = true
		}
	case token.VAR:
		c.variable = c.variable || first
	case token.ASSIGN:
		c.value, c.counted = c.variable, false
	case token.ELLIPSIS:
		c.counted = c.counted || c.before == token.LBRACK
	case token.SEMICOLON:
		if c.depth == 0 {
			c.end(start)
			c.function, c.variable = false, false
		}
		if c.depth <= 1 { // 1 in a group of variables
			c.value = false
		}
	case token.LPAREN, token.LBRACK:
		c.depth++
	case token.RPAREN, token.RBRACK, token.RBRACE:
		c.depth--
	case token.LBRACE:
		isType := c.before == token.STRUCT || c.before == token.INTERFACE
		if !isType && (c.function && c.depth == 0 || c.value && !c.counted) {
			c.cut(start)
			tok = token.RBRACE
			break
		}
		c.depth++
	}
	c.before = tok
}

// cut leaves out what stands between an opening brace and the one that closes it.
func (c *cutter) cut(open int) {
	c.copy(open + 1)
	end := braceEnd(c.text, open)
	c.lines(c.text[open:end])
	c.copied, c.at = end, end
	c.lexer.next() // the closing brace
}

// lines puts as many ends of lines into the text as there are in another.
func (c *cutter) lines(text []byte) {
	for range bytes.Count(text, []byte{'\n'}) {
		c.out = append(c.out, '\n')
	}
}

// begin notes that a function begins, if nobody but the package can name it. Its own
// name does not count as one that is named.
func (c *cutter) begin(start int) {
	ahead := c.lexer
	from, tok := ahead.next()
	if tok != token.IDENT || !unexported(ahead.text[from:ahead.at]) {
		return
	}
	c.copy(start)
	c.private = append(c.private, private{name: string(ahead.text[from:ahead.at]), start: len(c.out), end: -1})
	c.lexer = ahead
}

// end notes that a declaration ends.
func (c *cutter) end(at int) {
	if n := len(c.private); n > 0 && c.private[n-1].end < 0 {
		c.copy(min(at, len(c.text)))
		c.private[n-1].end = len(c.out)
	}
}

// without returns the text without functions that only the package can name.
func (c *cutter) without(drop func(name string) bool) []byte {
	kept := &cutter{lexer: lexer{text: c.out}}
	for _, p := range c.private {
		if p.end >= 0 && drop(p.name) {
			kept.copy(p.start)
			kept.lines(c.out[p.start:p.end])
			kept.copied = p.end
		}
	}
	kept.copy(len(c.out))
	return kept.out
}

// unexported reports whether a name is known in its package only.
func unexported(name []byte) bool {
	r, _ := utf8.DecodeRune(name)
	return !unicode.IsUpper(r)
}
