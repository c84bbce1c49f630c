package load

import (
	"bytes"
	"go/scanner"
	"go/token"
	"os"
)

// declarations returns the text of a file without what stands in the bodies of its
// functions and in the composite literals of its variables, or nil if it cannot be
// read: its types are the same, and a parser and a type checker are done with it in
// half the time. Lines keep their numbers.
func declarations(name string) any {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil // the parser says why
	}
	return cutText(name, text)
}

func cutText(name string, text []byte) []byte {
	c := &cutter{text: text, file: token.NewFileSet().AddFile(name, -1, len(text))}
	c.tokens.Init(c.file, text, func(token.Position, string) {}, 0)
	for {
		pos, tok, _ := c.tokens.Scan()
		if tok == token.EOF {
			return append(c.out, text[c.copied:]...)
		}
		c.next(pos, tok)
	}
}

// A cutter copies the text of a file, and leaves out what stands between some braces.
type cutter struct {
	text   []byte
	file   *token.File
	tokens scanner.Scanner
	out    []byte
	copied int // how much of the text is in out, or left out
	depth  int // of parentheses, brackets and braces of any kind
	before token.Token
	// function and variable say what is declared, and value that its initial value has
	// begun. An array that counts its elements keeps them.
	function, variable, value, counted bool
}

// next takes the next token.
func (c *cutter) next(pos token.Pos, tok token.Token) {
	first := c.depth == 0 && (c.before == token.SEMICOLON || c.before == token.ILLEGAL)
	switch tok {
	case token.FUNC:
		c.function = c.function || first
	case token.VAR:
		c.variable = c.variable || first
	case token.ASSIGN:
		c.value, c.counted = c.variable, false
	case token.ELLIPSIS:
		c.counted = c.counted || c.before == token.LBRACK
	case token.SEMICOLON:
		if c.depth == 0 {
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
			c.cut(pos)
			tok = token.RBRACE
			break
		}
		c.depth++
	}
	c.before = tok
}

// cut leaves out what stands between an opening brace and the one that closes it.
func (c *cutter) cut(open token.Pos) {
	c.out = append(c.out, c.text[c.copied:c.file.Offset(open)+1]...)
	for depth := 1; ; {
		pos, tok, _ := c.tokens.Scan()
		switch tok {
		case token.LBRACE:
			depth++
		case token.RBRACE:
			depth--
		}
		if depth == 0 || tok == token.EOF {
			end := c.file.Offset(pos)
			c.out = append(c.out, bytes.Repeat([]byte{'\n'}, bytes.Count(c.text[c.file.Offset(open):end], []byte{'\n'}))...)
			c.copied = end
			return
		}
	}
}
