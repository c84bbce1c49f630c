package analyzer

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/format"
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/astutil"
	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/rule"
	"github.com/errswallow/errswallow/analyzer/internal/trial"
)

// explained tells how a finding comes about: its witness, step by step.
func explained(pass *analysis.Pass, f *rule.Finding) Explanation {
	d := diagnostic(f)
	e := Explanation{Rule: f.Rule, Evidence: Evidence(d), Message: d.Message, Place: place(pass, d.Pos)}
	add := func(kind StepKind, pos token.Pos, format string, args ...any) {
		if pos.IsValid() {
			e.Steps = append(e.Steps, Step{kind, fmt.Sprintf(format, args...), place(pass, pos)})
		}
	}
	name := funcName(f.Fn)
	if f.Trial == nil {
		add(Supposed, f.Fn.Pos(), "supposed: %s is handed an error that says %q", name, f.Message().Text)
	} else {
		add(Supposed, f.Trial.Pos(), "supposed: %s", fault(f))
	}
	left := f.Event != nil && f.Verdict == nil && !underFault(f)
	for _, c := range conditions(pass, f) {
		switch {
		case c.free:
			add(Condition, c.pos, "and supposed: %s is %t", c.text, c.truth)
		case left: // the conditions that lead there are those of an object that is there
			add(Branch, c.pos, "%s is %t for an object that is there", c.text, c.truth)
		default:
			add(Branch, c.pos, "%s is %t then", c.text, c.truth)
		}
	}
	if event := f.Event; f.Verdict == nil && event != nil && event.At.Pos().IsValid() {
		add(Answer, event.At.Pos(), "%s: %s", callee(pass, event.At.Pos()), consequence(f))
		if event.Reach.Via != "" {
			add(Consequence, event.At.Pos(), "%s calls %s at %s", event.Reach.Via, event.Reach.Name, event.Reach.Where)
		}
	} else {
		pos := f.Pos
		if f.Trial != nil && pos == f.Trial.Pos() && f.Witness.Fault.Pos.IsValid() {
			pos = f.Witness.Fault.Pos // the report belongs where the error is dropped
		}
		answered := f.Answered()
		if f.Verdict == nil { // an error that is handed in
			answered = "answers " + answered + ", as for absence"
		}
		add(Answer, pos, "%s %s", name, answered)
		object := trial.WithArticle(f.Query().Object)
		if absent := f.Witness.Absent; absent != nil {
			add(IfAbsent, absent.Pos, "%s that does not exist is told the same: %s", object, rule.Told(f.Fn, absent.Results))
		}
		if found := f.Witness.Found; found != nil {
			add(IfFound, found.Pos, "%s that is there is told: %s", object, rule.Told(f.Fn, found.Results))
		}
	}
	if r := f.Relies; r != nil {
		lost := r.Reached[0]
		if pos := lost.At.Pos(); pos.IsValid() && lost.Reach.Via == "" {
			add(Consequence, pos, "%s, which asks %s at line %d, calls %s%s", funcName(r.Caller), name, pass.Fset.Position(r.Pos).Line, lost.Reach.Name, onAnswer)
		} else {
			add(Consequence, r.Pos, "%s calls %s%s", funcName(r.Caller), lost.Reach.Name, onAnswer)
		}
	}
	return e
}

// A condition goes one way on the way to what a finding is about.
type condition struct {
	pos   token.Pos
	text  string
	truth bool
	// free: it has nothing to do with the query, and could have gone the other way.
	free bool
}

// conditions returns the conditions that lead from the query to what the finding is
// about, those that every way there takes, in order.
func conditions(pass *analysis.Pass, f *rule.Finding) []condition {
	to := f.Witness.Fault.Block
	if e := f.Event; e != nil && f.Verdict == nil && e.At.Parent() == f.Fn && e.At.Block() != nil {
		to = e.At.Block()
	}
	if to == nil {
		return nil
	}
	var from *ssa.BasicBlock
	if f.Trial != nil && f.Trial.Site.Parent() == to.Parent() {
		from = f.Trial.Site.Block()
	}
	var out []condition
	for b := to; b != from && b.Idom() != nil; b = b.Idom() {
		above := b.Idom()
		branch, ok := above.Instrs[len(above.Instrs)-1].(*ssa.If)
		if !ok {
			continue
		}
		for i, succ := range above.Succs {
			if !succ.Dominates(to) || len(succ.Preds) != 1 {
				continue
			}
			if c, ok := spelledOut(pass, branch, i == 0); ok {
				c.free = slices.ContainsFunc(f.Witness.Fault.Paths, func(p absint.Path) bool {
					return slices.ContainsFunc(p, func(a absint.Atom) bool { return a.Cond == branch.Cond })
				})
				out = append(out, c)
			}
		}
	}
	slices.Reverse(out)
	return out
}

// spelledOut returns a condition as it stands in the source.
func spelledOut(pass *analysis.Pass, branch *ssa.If, truth bool) (condition, bool) {
	c := condition{pos: branch.Cond.Pos(), truth: truth}
	if expr := expression(pass, c.pos); expr != nil {
		c.pos, c.text = expr.Pos(), text(pass, expr)
		return c, true
	}
	// A value without a position: the statement that the branch stands in says what it is.
	for _, instr := range branch.Block().Succs[0].Instrs {
		for _, n := range enclosing(pass, instr.Pos()) {
			if n, ok := n.(*ast.IfStmt); ok && n.Body.Pos() <= instr.Pos() {
				c.pos, c.text = n.Cond.Pos(), text(pass, n.Cond)
				return c, true
			}
		}
	}
	return c, false
}

// enclosing returns the syntax around a position, the innermost first.
func enclosing(pass *analysis.Pass, pos token.Pos) []ast.Node {
	file := fileAt(pass, pos)
	if file == nil {
		return nil
	}
	path, _ := astutil.PathEnclosingInterval(file, pos, pos)
	return path
}

// fileAt returns the file around a position, or nil.
func fileAt(pass *analysis.Pass, pos token.Pos) *ast.File {
	for _, file := range pass.Files {
		if file.FileStart <= pos && pos < file.FileEnd {
			return file
		}
	}
	return nil
}

// expression returns the innermost expression at a position that is more than a name.
func expression(pass *analysis.Pass, pos token.Pos) ast.Expr {
	for _, n := range enclosing(pass, pos) {
		switch n := n.(type) {
		case *ast.BinaryExpr, *ast.CallExpr, *ast.TypeAssertExpr, *ast.IndexExpr, *ast.SelectorExpr:
			return n.(ast.Expr)
		case *ast.Ident, *ast.ParenExpr, *ast.UnaryExpr, *ast.StarExpr:
		default:
			return nil
		}
	}
	return nil
}

// callee is the call at a position as it stands in the source, without its arguments.
func callee(pass *analysis.Pass, pos token.Pos) string {
	for _, n := range enclosing(pass, pos) {
		if call, ok := n.(*ast.CallExpr); ok {
			return text(pass, call.Fun)
		}
	}
	return "what stands here"
}

// text is an expression in one line.
func text(pass *analysis.Pass, expr ast.Expr) string {
	var out bytes.Buffer
	if err := format.Node(&out, pass.Fset, expr); err != nil {
		return "the condition"
	}
	return strings.Join(strings.Fields(out.String()), " ")
}

func place(pass *analysis.Pass, pos token.Pos) Place {
	p := pass.Fset.Position(pos)
	return Place{p.Filename, p.Line, p.Column}
}
