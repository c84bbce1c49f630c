package analyzer

import (
	"go/ast"
	"go/types"
	"regexp"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/errswallow/errswallow/analyzer/internal/catalogue"
)

// directivePrefix begins every directive. It follows the Go convention: no
// space after the slashes, so that it is not shown in documentation.
const directivePrefix = "//errswallow:"

// attempt matches a comment that is one, or is meant to be: with a space after the
// slashes, or between /* and */, it says nothing, and it looks as if it did.
var attempt = regexp.MustCompile(`^(//|/\*)(\s*)errswallow:(query|notfound|destructive|catalogue|ignore)\b`)

// directives returns the functions and interface methods of a package whose doc
// comments say what they are: //errswallow:query, //errswallow:notfound or
// //errswallow:destructive. It reports an unknown word, a query that cannot fail, and
// a comment that says nothing for how, or where, it is written.
func directives(pass *analysis.Pass) map[*types.Func]catalogue.Kind {
	d := &declarations{pass: pass, kinds: map[*types.Func]catalogue.Kind{}, read: map[*ast.Comment]bool{}}
	for _, file := range pass.Files {
		if !mentioned(file) {
			continue
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				d.declare(n.Name, n.Doc)
				return false
			case *ast.InterfaceType:
				for _, m := range n.Methods.List {
					if len(m.Names) == 1 {
						d.declare(m.Names[0], m.Doc)
					}
				}
			}
			return true
		})
		d.strays(file)
	}
	return d.kinds
}

// mentioned reports whether a file has any directive, or what is meant to be one: few
// have.
func mentioned(file *ast.File) bool {
	for _, group := range file.Comments {
		for _, c := range group.List {
			if strings.HasPrefix(c.Text, directivePrefix) || attempt.MatchString(c.Text) {
				return true
			}
		}
	}
	return false
}

// declarations are what directives say, and which of them have been read.
type declarations struct {
	pass  *analysis.Pass
	kinds map[*types.Func]catalogue.Kind
	read  map[*ast.Comment]bool
}

// declare records what the doc comment of a function says.
func (d *declarations) declare(name *ast.Ident, doc *ast.CommentGroup) {
	if doc == nil {
		return
	}
	for _, c := range doc.List {
		word, ok := strings.CutPrefix(c.Text, directivePrefix)
		if !ok || isIgnore(c) || isEntry(c) {
			continue
		}
		d.read[c] = true
		fn, ok := d.pass.TypesInfo.Defs[name].(*types.Func)
		if !ok {
			continue
		}
		switch kind := catalogue.Kind(strings.TrimSpace(word)); kind {
		case catalogue.Query:
			if !catalogue.AnswersError(fn) {
				misuse(d.pass, c.Pos(), "directive", "%squery on %s, which answers no error", directivePrefix, name.Name)
				continue
			}
			d.kinds[fn] = kind
		case catalogue.NotFound, catalogue.Destructive:
			d.kinds[fn] = kind
		default:
			unknown(d.pass, c)
		}
	}
}

func unknown(pass *analysis.Pass, c *ast.Comment) {
	misuse(pass, c.Pos(), "directive", "unknown directive %s: have query, notfound, destructive, catalogue, ignore", c.Text)
}

// strays reports the comments of a file that say nothing: they are not written as a
// directive is, or stand where no function is declared.
func (d *declarations) strays(file *ast.File) {
	for _, group := range file.Comments {
		for _, c := range group.List {
			m := attempt.FindStringSubmatch(c.Text)
			switch {
			case m != nil && m[1]+m[2] != "//":
				misuse(d.pass, c.Pos(), "directive", "this comment says nothing: want %s%s, without a space and after //", directivePrefix, m[3])
			case !strings.HasPrefix(c.Text, directivePrefix) || isIgnore(c) || isEntry(c) || d.read[c]:
			case m == nil:
				unknown(d.pass, c)
			default:
				misuse(d.pass, c.Pos(), "directive", "%s%s says nothing here: it belongs into the doc comment of a function, a method, or a method of an interface", directivePrefix, m[3])
			}
		}
	}
}

// isEntry reports whether a comment adds a line to the catalogue.
func isEntry(c *ast.Comment) bool {
	_, ok := entry(c)
	return ok
}
