package analyzer

import (
	"fmt"
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/fix"
	"github.com/errswallow/errswallow/analyzer/internal/rule"
	"github.com/errswallow/errswallow/analyzer/internal/trial"
)

// Where the pages stand: rulesURL has docs/rules/<id>.md.
const (
	docsURL          = "https://github.com/errswallow/errswallow/blob/main/docs/"
	rulesURL         = docsURL + "rules/"
	configurationURL = docsURL + "configuration.md"
)

// report reports a finding, and how to mend it.
func report(pass *analysis.Pass, world *world, inferred *trial.Package, f *rule.Finding) {
	d := diagnostic(f)
	if written(pass, f.Pos) {
		fixes := fix.Suggest(&fix.Package{
			Fset:      pass.Fset,
			Files:     pass.Files,
			Types:     pass.Pkg,
			Info:      pass.TypesInfo,
			Catalogue: world.catalogue,
		}, f)
		d.SuggestedFixes = slices.DeleteFunc(fixes, func(fix analysis.SuggestedFix) bool {
			return !mends(pass, world, inferred, f, fix)
		})
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
	label := f.Rule
	if f.Evidence == rule.Possible {
		label += possibly
	}
	d := analysis.Diagnostic{
		Pos:      f.Pos,
		Category: f.Rule,
		URL:      ruleURL(f.Rule),
		Message:  fmt.Sprintf("%s: %s (%s)", funcName(f.Fn), rule.Sentence(f, fault(f)), label),
	}
	if f.Trial != nil && f.Trial.Pos() != f.Pos {
		d.Related = append(d.Related, analysis.RelatedInformation{Pos: f.Trial.Pos(), Message: rule.QueryName(f.Query()) + calledHere})
	}
	if e := f.Event; e != nil && e.Reach.Via != "" {
		d.Related = append(d.Related, analysis.RelatedInformation{Pos: f.Pos, Message: fmt.Sprintf("%s calls %s at %s", e.Reach.Via, e.Reach.Name, e.Reach.Where)})
	}
	if e := f.Event; e != nil && f.Verdict == nil && e.At.Pos().IsValid() && e.At.Pos() != f.Pos && e.At.Pos() != f.Trial.Pos() {
		d.Related = append(d.Related, analysis.RelatedInformation{Pos: e.At.Pos(), Message: consequence(f)})
	}
	if r := f.Relies; r != nil {
		d.Related = append(d.Related, analysis.RelatedInformation{Pos: r.Pos, Message: fmt.Sprintf("%s calls %s%s", funcName(r.Caller), r.Reached[0].Reach.Name, onAnswer)})
	}
	return d
}

// calledHere ends the related information about where a finding asks.
const calledHere = " is called here"

// Asked returns where the query of a diagnostic of this pass is called.
func Asked(d analysis.Diagnostic) token.Pos {
	for _, r := range d.Related {
		if strings.HasSuffix(r.Message, calledHere) {
			return r.Pos
		}
	}
	return d.Pos
}

// Line writes a position as findings and sites are compared by: file:line.
func Line(p token.Position) string { return fmt.Sprintf("%s:%d", p.Filename, p.Line) }

// consequence says what becomes of what is done, or not done, under a fault.
func consequence(f *rule.Finding) string {
	switch under := underFault(f); {
	case under && f.Rule != "destroy" && happens(f, f.Witness.Found.Events):
		return "this is made then without what the query answers of an object that is there"
	case under && happens(f, f.Witness.Found.Events):
		return "this is done then without what is done before when the object is there"
	case under:
		return "this is done then, and not when the object is there"
	}
	return "this is not done then, and is when the object is there"
}

// underFault reports whether what a finding is about happens under the fault, and not only for
// an object that is there.
func underFault(f *rule.Finding) bool { return happens(f, f.Witness.Fault.Events) }

// happens reports whether what a finding is about is one of some events.
func happens(f *rule.Finding, events []*absint.Event) bool {
	return slices.ContainsFunc(events, func(e *absint.Event) bool { return e.At == f.Event.At })
}

// fault says which fault of the query leads there.
func fault(f *rule.Finding) string {
	query := rule.QueryName(f.Query())
	if m := f.Message(); m != nil {
		return fmt.Sprintf("%s fails with %q", query, m.Text)
	}
	if s := f.Witness.Fault.Status; s != "" {
		return query + " answers " + s
	}
	if f.Witness.Fault.Refused {
		return query + " does not find something"
	}
	if says := f.Query().Fails.Says; says != "" {
		return query + " " + says
	}
	return query + " times out"
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
