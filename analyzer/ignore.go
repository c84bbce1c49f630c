package analyzer

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/errswallow/errswallow/analyzer/internal/rule"
)

// ignorePrefix begins a comment that a finding is accepted, and why:
//
//	//errswallow:ignore RULE reason
//
// It is about the line that it stands on, or the one below; in a function's doc
// comment about the function; before the package clause about the file.
const ignorePrefix = directivePrefix + "ignore"

// isIgnore reports whether a comment is such a one, well written or not.
func isIgnore(c *ast.Comment) bool {
	rest, ok := strings.CutPrefix(c.Text, ignorePrefix)
	return ok && (rest == "" || rest[0] == ' ' || rest[0] == '\t')
}

// An ignore is one such comment.
type ignore struct {
	pos    token.Pos
	rule   string
	reason string
	// from and to are what it is about, in lines of its file.
	file     *token.File
	from, to int
	used     bool
}

// A suppression is a finding that is accepted, and why.
type suppression struct {
	finding *rule.Finding
	reason  string
}

// suppress leaves out the findings that are accepted, and returns them, too. It reports
// a comment that gives no reason, one that names no rule, and, where all of the package
// was looked at, one that suppresses nothing.
func suppress(pass *analysis.Pass, world *world, found []*rule.Finding) (kept []*rule.Finding, accepted []suppression) {
	var ignores []*ignore
	for _, file := range pass.Files {
		if mentioned(file) {
			ignores = append(ignores, ignoresOf(pass, file)...)
		}
	}
	found = slices.DeleteFunc(found, func(f *rule.Finding) bool {
		file, suppressed := pass.Fset.File(f.Pos), false
		for _, i := range ignores {
			if line := file.Line(f.Pos); i.file == file && i.rule == f.Rule && i.from <= line && line <= i.to {
				if !suppressed {
					accepted = append(accepted, suppression{f, i.reason})
				}
				i.used, suppressed = true, true
			}
		}
		return suppressed
	})
	for _, i := range ignores {
		if !i.used && world.judges(i.rule) && len(pass.TypeErrors) == 0 {
			misuse(pass, i.pos, "directive", "%s %s"+unused, ignorePrefix, i.rule)
		}
	}
	return found, accepted
}

// judges reports whether a rule is applied, to everything: only then does a
// comment that suppresses nothing mean anything.
func (w *world) judges(id string) bool {
	return !w.narrowed && slices.ContainsFunc(w.rules, func(r rule.Rule) bool { return r.ID == id })
}

// ignoresOf returns the comments of a file that are well written, and reports the
// others.
func ignoresOf(pass *analysis.Pass, file *ast.File) []*ignore {
	var ignores []*ignore
	source := pass.Fset.File(file.FileStart)
	functions := map[*ast.CommentGroup]*ast.FuncDecl{}
	for _, decl := range file.Decls {
		if fn, ok := decl.(*ast.FuncDecl); ok && fn.Doc != nil {
			functions[fn.Doc] = fn
		}
	}
	for _, group := range file.Comments {
		for _, c := range group.List {
			if !isIgnore(c) {
				continue
			}
			words := strings.Fields(strings.TrimPrefix(c.Text, ignorePrefix))
			known := len(words) > 0 && slices.ContainsFunc(rule.All(), func(r rule.Rule) bool { return r.ID == words[0] })
			switch {
			case !known:
				misuse(pass, c.Pos(), "directive", "%s names no rule: want %s RULE reason, with one of %s", c.Text, ignorePrefix, ids(rule.All()))
				continue
			case len(words) < 2:
				misuse(pass, c.Pos(), "directive", "%s gives no reason", c.Text)
				continue
			}
			i := &ignore{pos: c.Pos(), rule: words[0], reason: strings.Join(words[1:], " "), file: source, from: source.Line(c.Pos()), to: source.Line(group.End()) + 1}
			switch fn := functions[group]; {
			case fn != nil:
				i.to = source.Line(fn.End())
			case c.Pos() < file.Package:
				i.to = source.LineCount()
			case trailing(file, source, c):
				i.to = i.from
			}
			ignores = append(ignores, i)
		}
	}
	return ignores
}

// trailing reports whether code stands before a comment on its line.
func trailing(file *ast.File, source *token.File, c *ast.Comment) bool {
	start, found := source.LineStart(source.Line(c.Pos())), false
	ast.Inspect(file, func(n ast.Node) bool {
		if n == nil || found || n.Pos() >= c.Pos() {
			return false
		}
		if _, comment := n.(*ast.CommentGroup); comment {
			return false
		}
		found = n.Pos() >= start || n.End() > start && n.End() <= c.Pos()
		return true
	})
	return found
}
