package load

import (
	"bytes"
	"go/token"
)

// A lexer cuts Go source into tokens, as far as a cutter has to tell them apart: of
// most it reads through it wants to know nothing, and go/scanner takes five times as
// long. All literals are token.STRING, and all operators that do not matter token.ADD.
type lexer struct {
	text []byte
	at   int
	// semi: a line that ends here ends a statement.
	semi bool
}

// keywords are those that a cutter looks at, and those that a semicolon is put behind
// at the end of a line. Behind all others there is none.
var keywords = map[string]token.Token{
	"func": token.FUNC, "var": token.VAR, "struct": token.STRUCT, "interface": token.INTERFACE,
	"break": token.BREAK, "continue": token.CONTINUE, "fallthrough": token.FALLTHROUGH, "return": token.RETURN,
	"case": token.CASE, "chan": token.CHAN, "const": token.CONST, "default": token.DEFAULT, "defer": token.DEFER, "else": token.ELSE,
	"for": token.FOR, "go": token.GO, "goto": token.GOTO, "if": token.IF, "import": token.IMPORT, "map": token.MAP,
	"package": token.PACKAGE, "range": token.RANGE, "select": token.SELECT, "switch": token.SWITCH, "type": token.TYPE,
}

// next returns the next token, and where it begins.
func (l *lexer) next() (start int, tok token.Token) {
	if end := l.blank(); end >= 0 {
		l.semi = false
		return end, token.SEMICOLON
	}
	start = l.at
	if start >= len(l.text) {
		return start, token.EOF
	}
	c := l.text[start]
	l.at++
	l.semi = false
	switch {
	case letter(c):
		for l.at < len(l.text) && (letter(l.text[l.at]) || digit(l.text[l.at])) {
			l.at++
		}
		tok, ok := keywords[string(l.text[start:l.at])]
		if !ok {
			tok = token.IDENT
		}
		l.semi = !ok || tok == token.BREAK || tok == token.CONTINUE || tok == token.FALLTHROUGH || tok == token.RETURN
		return start, tok
	case digit(c) || c == '.' && digit(l.peek()):
		l.number(c)
		l.semi = true
		return start, token.STRING
	}
	tok = token.ADD
	switch c {
	case '"', '`', '\'':
		l.at = quoteEnd(l.text, start)
		tok, l.semi = token.STRING, true
	case '(':
		tok = token.LPAREN
	case '[':
		tok = token.LBRACK
	case '{':
		tok = token.LBRACE
	case ')':
		tok, l.semi = token.RPAREN, true
	case ']':
		tok, l.semi = token.RBRACK, true
	case '}':
		tok, l.semi = token.RBRACE, true
	case ';':
		tok = token.SEMICOLON
	case '.':
		if bytes.HasPrefix(l.text[start:], []byte("...")) {
			l.at += 2
			tok = token.ELLIPSIS
		}
	case '=':
		if tok = token.ASSIGN; l.peek() == '=' {
			l.at++
			tok = token.ADD
		}
	case '!', '<', '>', ':', '+', '-', '*', '/', '%', '&', '|', '^':
		switch next := l.peek(); {
		case next == '=':
			l.at++
		case next == c && (c == '+' || c == '-'):
			l.at++
			l.semi = true
		}
	}
	return start, tok
}

func (l *lexer) peek() byte {
	if l.at < len(l.text) {
		return l.text[l.at]
	}
	return 0
}

// blank skips spaces and comments. If a statement ends on the way it returns where, and
// else a negative number.
func (l *lexer) blank() int {
	for l.at < len(l.text) {
		switch c := l.text[l.at]; {
		case c == '\n' && l.semi:
			l.at++
			return l.at - 1
		case c == ' ' || c == '\t' || c == '\r' || c == '\n':
			l.at++
		case c == '/' && l.at+1 < len(l.text) && (l.text[l.at+1] == '/' || l.text[l.at+1] == '*'):
			start := l.at
			l.at = commentEnd(l.text, start)
			if l.semi && l.text[start+1] == '*' && bytes.IndexByte(l.text[start:l.at], '\n') >= 0 {
				return l.at
			}
		default:
			return -1
		}
	}
	if l.semi {
		return l.at
	}
	return -1
}

// number skips the rest of a number.
func (l *lexer) number(first byte) {
	hex := first == '0' && (l.peek() == 'x' || l.peek() == 'X')
	for l.at < len(l.text) {
		c, before := l.text[l.at], l.text[l.at-1]|0x20
		exponent := (c == '+' || c == '-') && (before == 'p' && hex || before == 'e' && !hex)
		if !letter(c) && !digit(c) && c != '.' && !exponent {
			return
		}
		l.at++
	}
}

func letter(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_' || c >= 0x80
}

func digit(c byte) bool { return '0' <= c && c <= '9' }

// quoteEnd returns where a string or a rune ends that begins at start.
func quoteEnd(text []byte, start int) int {
	quote := text[start]
	for i := start + 1; i < len(text); i++ {
		switch {
		case text[i] == quote:
			return i + 1
		case text[i] == '\\' && quote != '`':
			i++
		case text[i] == '\n' && quote != '`':
			return i // it is not Go
		}
	}
	return len(text)
}

// commentEnd returns where a comment ends that begins at start: before the end of the
// line, if it is one of a line.
func commentEnd(text []byte, start int) int {
	end, closing := 0, 0
	if text[start+1] == '*' {
		end, closing = bytes.Index(text[start+2:], []byte("*/")), 4
	} else {
		end, closing = bytes.IndexByte(text[start+2:], '\n'), 2
	}
	if end < 0 {
		return len(text)
	}
	return start + end + closing
}

// braceEnd returns where the brace stands that closes one which opens at start, or the
// end of the text.
func braceEnd(text []byte, start int) int {
	for i, depth := start, 0; i < len(text); i++ {
		switch text[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return i
			}
		case '"', '`', '\'':
			i = quoteEnd(text, i) - 1
		case '/':
			if i+1 < len(text) && (text[i+1] == '/' || text[i+1] == '*') {
				i = commentEnd(text, i) - 1
			}
		}
	}
	return len(text)
}
