package analyzer

import (
	"fmt"
	"go/token"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/fix"
	"github.com/errswallow/errswallow/analyzer/internal/rule"
	"github.com/errswallow/errswallow/analyzer/internal/summary"
)

// Where the pages stand: rulesURL has docs/rules/<id>.md.
const (
	docsURL          = "https://github.com/errswallow/errswallow/blob/main/docs/"
	rulesURL         = docsURL + "rules/"
	configurationURL = docsURL + "configuration.md"
)

// report reports a finding, and how to mend it.
func report(pass *analysis.Pass, world *world, f *rule.Finding) {
	d := diagnostic(f)
	if written(pass, f.Pos) {
		d.SuggestedFixes = fix.Suggest(&fix.Package{
			Fset:      pass.Fset,
			Files:     pass.Files,
			Types:     pass.Pkg,
			Info:      pass.TypesInfo,
			Catalogue: world.catalogue,
		}, f)
	}
	pass.Report(d)
}

// written reports whether a position is in a file that can be mended: what cgo makes
// of one says that it is another.
func written(pass *analysis.Pass, pos token.Pos) bool {
	return pass.Fset.PositionFor(pos, false).Filename == pass.Fset.PositionFor(pos, true).Filename
}

// misuse reports a setting or a directive that is wrong. It is a diagnostic, for
// go vet forgets the error of an analyzer once it has printed it: the next run,
// answered from the cache, would pass. The category, of no rule, tells it from a
// finding.
func misuse(pass *analysis.Pass, pos token.Pos, category, format string, args ...any) {
	pass.Report(analysis.Diagnostic{Pos: pos, Category: category, URL: configurationURL, Message: fmt.Sprintf(format, args...)})
}

// diagnostic words a finding. The message stands alone: most drivers show
// nothing else.
func diagnostic(f *rule.Finding) analysis.Diagnostic {
	d := analysis.Diagnostic{
		Pos:      f.Pos,
		Category: f.Rule,
		URL:      ruleURL(f.Rule),
		Message:  fmt.Sprintf("%s: %s (%s)", funcName(f.Fn), sentence(f), f.Rule),
	}
	if f.QueryPos.IsValid() && f.QueryPos != f.Pos {
		d.Related = append(d.Related, analysis.RelatedInformation{Pos: f.QueryPos, Message: queryName(f.Query) + " is called here"})
	}
	if r := f.Reached; r != nil && r.Via != "" {
		d.Related = append(d.Related, analysis.RelatedInformation{Pos: f.Pos, Message: fmt.Sprintf("%s calls %s at %s", r.Via, r.Name, r.Where)})
	}
	return d
}

// sentence says what the function does, on what, and which fault gets there.
func sentence(f *rule.Finding) string {
	query := queryName(f.Query)
	object := withArticle(f.Query.Object)
	fault := query + " times out"
	if m := f.Message; m != nil {
		fault = fmt.Sprintf("%s fails with %q", query, m.Text)
	}
	switch f.Rule {
	case "collapse", "empty":
		return fmt.Sprintf("answers %s, as for %s that does not exist, when %s", f.Told, object, fault)
	case "destroy":
		r := f.Reached
		name := r.Name
		if r.Via != "" {
			name = fmt.Sprintf("%s, by %s", r.Name, r.Via)
		}
		return fmt.Sprintf("calls %s, as for %s that does not exist, when %s", name, object, fault)
	case "discard":
		verb := "drops"
		if f.Logged {
			verb = "goes on after"
		}
		switch {
		case f.Crash:
			return fmt.Sprintf("%s the error of %s and dereferences the nil beside it, when %s", verb, query, fault)
		case f.Told != "":
			return fmt.Sprintf("%s the error of %s and answers %s, as for %s that does not exist, when %s", verb, query, f.Told, object, fault)
		}
		return fmt.Sprintf("%s the error of %s and decides by the value beside it, as for %s that does not exist, when %s", verb, query, object, fault)
	case "overbroad":
		if f.Query.Name == "" {
			return fmt.Sprintf("answers %s, as for absence, to the fault %q", f.Told, f.Message.Text)
		}
		return fmt.Sprintf("takes a fault for the absence of %s: its match is true when %s", object, fault)
	}
	return f.Rule
}

// queryName shows a query, and the wrapper that makes it.
func queryName(q summary.Query) string {
	if q.Via != "" {
		return fmt.Sprintf("%s (%s)", q.Via, q.Name)
	}
	return q.Name
}

func withArticle(object string) string {
	switch {
	case object == "":
		return "something"
	case strings.ContainsRune("aeiou", rune(object[0])):
		return "an " + object
	}
	return "a " + object
}

// funcName is how people call a function: a func literal by the function it
// stands in, if it stands in one.
func funcName(fn *ssa.Function) string {
	outer := outermost(fn)
	if outer.Syntax() == nil {
		return "func literal" // in the initial value of a variable
	}
	return outer.Name()
}
