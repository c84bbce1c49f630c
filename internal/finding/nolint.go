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
	lines := map[int]bool{}
	var spans []span
	for _, group := range file.Comments {
		for _, c := range group.List {
			m := nolint.FindStringSubmatch(c.Text)
			if m == nil || m[1] != "" && !names(m[1], linter) {
				continue
			}
			line := lineOf(fset, c.Pos())
			lines[line] = true
			if c.Pos() < file.Package {
				return []span{{1, lineOf(fset, file.FileEnd)}}
			}
			spans = append(spans, span{line, line})
			if fset.Position(c.Pos()).Column == 1 || alone(fset, file, c) {
				lines[lineOf(fset, group.End())+1] = true // what stands below
			}
		}
	}
	if len(lines) == 0 {
		return nil
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n.(type) {
		case ast.Stmt, ast.Decl, ast.Spec:
			if first := lineOf(fset, n.Pos()); lines[first] {
				spans = append(spans, span{first, lineOf(fset, n.End())})
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

// alone reports whether no code stands before a comment on its line.
func alone(fset *token.FileSet, file *ast.File, c *ast.Comment) bool {
	line, before := lineOf(fset, c.Pos()), false
	ast.Inspect(file, func(n ast.Node) bool {
		if n == nil || before || n.Pos() >= c.Pos() {
			return false
		}
		if _, comment := n.(*ast.CommentGroup); comment {
			return false
		}
		before = lineOf(fset, n.Pos()) == line || n.End() < c.Pos() && lineOf(fset, n.End()) == line
		return true
	})
	return !before
}

func lineOf(fset *token.FileSet, pos token.Pos) int {
	return fset.PositionFor(pos, false).Line
}
