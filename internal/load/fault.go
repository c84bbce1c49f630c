package load

import (
	"cmp"
	"errors"
	"go/scanner"
	"go/token"
	"go/types"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/tools/go/packages"
)

// A Fault is something that is wrong with a package, in one line.
type Fault struct {
	// Pos is where, as far as anybody says.
	Pos  token.Position
	Text string
}

// String is the fault as the go command would print it.
func (f Fault) String() string {
	if f.Pos.Filename == "" {
		return f.Text
	}
	return f.Pos.String() + ": " + f.Text
}

func compareFaults(a, b Fault) int {
	return cmp.Or(
		cmp.Compare(a.Pos.Filename, b.Pos.Filename),
		cmp.Compare(a.Pos.Line, b.Pos.Line),
		cmp.Compare(a.Pos.Column, b.Pos.Column),
		cmp.Compare(a.Text, b.Text),
	)
}

// listed returns what the go command says is wrong with a package, but for that it
// is not compiled. dir is where it was asked.
func listed(p *packages.Package, dir string) []Fault {
	var out []Fault
	for _, e := range p.Errors {
		if strings.Contains(e.Msg, refusal) {
			continue
		}
		text := strings.TrimPrefix(e.Msg, e.Pos+": ")
		pos := e.Pos
		if m := position.FindStringSubmatch(joined(text)); m != nil && (pos == "" || pos == "-") {
			pos, text = m[1], m[2]
		}
		out = append(out, Fault{parsePosition(pos, dir), joined(text)})
	}
	return out
}

// position matches what begins with a file, a line, and perhaps a column.
var position = regexp.MustCompile(`^(\S+\.\w+:\d+(?::\d+)?): (.*)$`)

// parsePosition reads file:line:column.
func parsePosition(s, dir string) token.Position {
	var numbers []int
	for len(numbers) < 2 {
		i := strings.LastIndexByte(s, ':')
		n, err := strconv.Atoi(s[i+1:])
		if i < 0 || err != nil {
			break
		}
		s, numbers = s[:i], append(numbers, n)
	}
	slices.Reverse(numbers)
	numbers = append(numbers, 0, 0)
	if s == "" || s == "-" {
		return token.Position{}
	}
	if !filepath.IsAbs(s) {
		s = filepath.Join(dir, s)
	}
	return token.Position{Filename: s, Line: numbers[0], Column: numbers[1]}
}

// joined makes one line of what a tool says in several, without its headings, which
// begin with a number sign, and without the source lines that it shows. A line that
// begins with a small letter goes on from the one before it.
func joined(text string) string {
	var out strings.Builder
	for line := range strings.Lines(text) {
		shown := noise.MatchString(line)
		line = strings.TrimSpace(line)
		if line == "" || shown {
			continue
		}
		if said := out.String(); said != "" {
			if !strings.HasSuffix(said, ":") && !strings.HasSuffix(said, ".") && !unicode.IsLower(rune(line[0])) {
				out.WriteByte(';')
			}
			out.WriteByte(' ')
		}
		out.WriteString(line)
	}
	return out.String()
}

// noise matches a heading of the go command, a line of source as a C compiler shows it,
// and its last words.
var noise = regexp.MustCompile(`^# |^\s*\d*\s+\||^compilation terminated\.`)

// missing says why a package cannot be imported. Of one of the user's own modules the
// go command has little to say that fits: it looks for it in other modules, and advises
// to get it. It has yet to be generated, or is gone.
func missing(path, said string, own []string) string {
	within := func(path string) bool {
		return slices.ContainsFunc(own, func(module string) bool { return path == module || strings.HasPrefix(path, module+"/") })
	}
	if within(path) {
		return "there is no such package in this module"
	}
	if m := advice.FindStringSubmatchIndex(said); m != nil && within(said[m[2]:m[3]]) {
		return said[:m[0]]
	}
	return said
}

// advice matches what the go command tells its users to do about a package that is
// missing.
var advice = regexp.MustCompile(`; to add(?: it)?: go get ([^\s@]+)\S*$`)

// typeErrors returns errors of the parser and of the type checker as the latter has
// them, with positions in files that were parsed.
func typeErrors(fset *token.FileSet, err error) []types.Error {
	var syntax scanner.ErrorList
	var one types.Error
	switch {
	case errors.As(err, &one):
		return []types.Error{one}
	case errors.As(err, &syntax):
		var out []types.Error
		for _, e := range syntax {
			out = append(out, types.Error{Fset: fset, Pos: posOf(fset, e.Pos), Msg: e.Msg})
		}
		return out
	}
	return []types.Error{{Fset: fset, Msg: err.Error()}}
}

// posOf finds a position in the file that was parsed last under its name.
func posOf(fset *token.FileSet, p token.Position) token.Pos {
	pos := token.NoPos
	fset.Iterate(func(f *token.File) bool {
		if f.Name() == p.Filename && p.Offset <= f.Size() {
			pos = f.Pos(p.Offset)
		}
		return true
	})
	return pos
}

// faults returns errors of the type checker, each with what it says further, at
// other positions, in the same line.
func faults(errs []types.Error) []Fault {
	var out []Fault
	for _, e := range errs {
		f := Fault{Text: joined(e.Msg)}
		if e.Pos.IsValid() {
			f.Pos = e.Fset.Position(e.Pos)
		}
		if n := len(out); n > 0 && strings.HasPrefix(e.Msg, "\t") {
			out[n-1].Text += "; " + f.String()
			continue
		}
		out = append(out, f)
	}
	return out
}
