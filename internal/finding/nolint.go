package finding

import (
	"go/ast"
	"go/token"
	"regexp"
	"slices"
	"strings"
)

// nolint matches the comment that golangci-lint reads, and the list of linters.
var nolint = regexp.MustCompile(`^//\s*nolint(?::\s*([\w-]+(?:\s*,\s*[\w-]+)*))?(?:\s|$|//)`)

// Nolint returns a function that is true of findings with a comment nolint, for
// all linters or for this one: on the line, or on the first line, or above it, of
// a statement or declaration around it. Inside golangci-lint these comments are
// golangci-lint's.
func Nolint(linter string) func(*Finding) bool {
	files := map[*ast.File][]span{}
	return func(f *Finding) bool {
		if f.File == nil {
			return false
		}
		spans, ok := files[f.File]
		if !ok {
			spans = silenced(f.Fset, f.File, linter)
			files[f.File] = spans
		}
		line := lineOf(f.Fset, f.Pos)
		return slices.ContainsFunc(spans, func(s span) bool { return s.first <= line && line <= s.last })
	}
}

// A span is lines of a file, the first and the last.
type span struct{ first, last int }

// silenced returns the lines of a file that the comments are about.
func silenced(fset *token.FileSet, file *ast.File, linter string) []span {
	on, above := map[int]bool{}, map[place]bool{}
	var spans []span
	for _, group := range file.Comments {
		for _, c := range group.List {
			m := nolint.FindStringSubmatch(c.Text)
			if m == nil || m[1] != "" && !names(m[1], linter) {
				continue
			}
			if c.Pos() < file.Package {
				return []span{{1, lineOf(fset, file.FileEnd)}}
			}
			at := placeOf(fset, c.Pos())
			spans = append(spans, span{at.line, at.line})
			on[at.line] = true
			above[place{lineOf(fset, group.End()) + 1, at.column}] = true
		}
	}
	if len(spans) == 0 {
		return nil
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n.(type) {
		case ast.Stmt, ast.Decl, ast.Spec:
			if first := placeOf(fset, n.Pos()); on[first.line] || above[first] {
				spans = append(spans, span{first.line, lineOf(fset, n.End())})
			}
		}
		return true
	})
	return spans
}

func names(list, linter string) bool {
	return slices.ContainsFunc(strings.Split(list, ","), func(name string) bool {
		name = strings.TrimSpace(name)
		return name == linter || name == "all"
	})
}

// A place is a line and a column of a file: a comment is about what stands below
// it, at the same depth.
type place struct{ line, column int }

func placeOf(fset *token.FileSet, pos token.Pos) place {
	p := fset.PositionFor(pos, false)
	return place{p.Line, p.Column}
}

func lineOf(fset *token.FileSet, pos token.Pos) int { return placeOf(fset, pos).line }
