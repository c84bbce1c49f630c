package analyzer

import (
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/errswallow/errswallow/analyzer/internal/catalogue"
)

// directivePrefix begins every directive. It follows the Go convention: no
// space after the slashes, so that it is not shown in documentation.
const directivePrefix = "//errswallow:"

// directives returns the functions and interface methods of a package whose doc
// comments say what they are: //errswallow:query, //errswallow:notfound or
// //errswallow:destructive. It reports an unknown word, and a query that cannot
// fail.
func directives(pass *analysis.Pass) map[*types.Func]catalogue.Kind {
	declared := map[*types.Func]catalogue.Kind{}
	for _, file := range pass.Files {
		if !mentioned(file) {
			continue
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				declare(pass, declared, n.Name, n.Doc)
				return false
			case *ast.InterfaceType:
				for _, m := range n.Methods.List {
					if len(m.Names) == 1 {
						declare(pass, declared, m.Names[0], m.Doc)
					}
				}
			}
			return true
		})
	}
	return declared
}

// mentioned reports whether a file has any directive: few have.
func mentioned(file *ast.File) bool {
	for _, group := range file.Comments {
		for _, c := range group.List {
			if strings.HasPrefix(c.Text, directivePrefix) {
				return true
			}
		}
	}
	return false
}

// declare records what the doc comment of a function says.
func declare(pass *analysis.Pass, declared map[*types.Func]catalogue.Kind, name *ast.Ident, doc *ast.CommentGroup) {
	if doc == nil {
		return
	}
	for _, c := range doc.List {
		word, ok := strings.CutPrefix(c.Text, directivePrefix)
		if !ok || isIgnore(c) {
			continue
		}
		fn, ok := pass.TypesInfo.Defs[name].(*types.Func)
		if !ok {
			continue
		}
		switch kind := catalogue.Kind(strings.TrimSpace(word)); kind {
		case catalogue.Query:
			if !catalogue.AnswersError(fn) {
				misuse(pass, c.Pos(), "directive", "%squery on %s, which answers no error", directivePrefix, name.Name)
				continue
			}
			declared[fn] = kind
		case catalogue.NotFound, catalogue.Destructive:
			declared[fn] = kind
		default:
			misuse(pass, c.Pos(), "directive", "unknown directive %s: have query, notfound, destructive, ignore", c.Text)
		}
	}
}
