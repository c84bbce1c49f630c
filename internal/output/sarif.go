package output

import (
	"crypto/sha256"
	"fmt"
	"go/token"
	"net/url"
	"os"
	"path/filepath"
	"unicode/utf8"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
	"golang.org/x/tools/go/analysis"

	"github.com/errswallow/errswallow/analyzer"
	"github.com/errswallow/errswallow/internal/finding"
	"github.com/errswallow/errswallow/internal/load"
)

// A Rule is what is said of a rule wherever its findings are shown.
type Rule struct {
	// ID is its name, Title one line on what is wrong, Page all of it as Markdown,
	// and URL where that is read.
	ID, Title, Page, URL string
}

// fingerprint names the kind of fingerprint: another way to compute it gets
// another name.
const fingerprint = "ruleFunctionOrdinal/v1"

// Stdout is the name of a file that stands for standard output.
const Stdout = "-"

// levels are what SARIF says of a result by its evidence: its level, and its rank from 0 to
// 100.
var levels = map[string]struct {
	level string
	rank  float64
}{"certain": {"error", 95}, "likely": {"error", 75}, "possible": {"note", 25}}

// SARIF writes findings to a file as SARIF 2.1.0, whether there are any or not, and
// what was not analysed as notifications. A fingerprint is made of the rule, the
// function, and which of its findings it is: it stays when lines move.
// Reference: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
func SARIF(name, version string, rules []Rule, findings []*finding.Finding, losses []load.Loss) error {
	run := sarif.NewRunWithInformationURI("errswallow", "https://github.com/errswallow/errswallow")
	run.Tool.Driver.WithVersion(version)
	run.WithColumnKind("unicodeCodePoints")
	for _, r := range rules {
		run.AddRule(r.ID).
			WithName(r.ID).
			WithShortDescription(sarif.NewMultiformatMessageString().WithText(r.Title)).
			WithHelp(sarif.NewMultiformatMessageString().WithText(r.Title).WithMarkdown(r.Page)).
			WithHelpURI(r.URL)
	}
	ordinal := map[string]int{}
	for _, f := range findings {
		if f.Misuse() {
			continue // it is no result: the command says it, and fails
		}
		key := f.Category + " " + f.Function
		ordinal[key]++
		sum := sha256.Sum256(fmt.Appendf(nil, "%s %d", key, ordinal[key]))
		result := run.CreateResultForRule(f.Category).
			WithLevel(levels[analyzer.Evidence(f.Diagnostic)].level).
			WithRank(levels[analyzer.Evidence(f.Diagnostic)].rank).
			WithMessage(sarif.NewTextMessage(f.Message)).
			WithPartialFingerprints(map[string]string{fingerprint: fmt.Sprintf("%x", sum[:16])}).
			AddLocation(location(f.Start, end(f)))
		for i, r := range f.Related {
			p := f.Fset.Position(r.Pos)
			result.AddRelatedLocation(location(p, p).WithID(i).WithMessage(sarif.NewTextMessage(r.Message)))
		}
		for _, fix := range f.SuggestedFixes {
			result.AddFixe(change(f.Fset, fix))
		}
	}
	run.AddInvocation(invocation(losses))
	report := sarif.NewReport()
	report.AddRun(run)
	if name == Stdout {
		return report.PrettyWrite(os.Stdout)
	}
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	if err := report.PrettyWrite(file); err != nil {
		file.Close()
		return fmt.Errorf("%s: %w", name, err)
	}
	return file.Close()
}

// invocation says whether all could be analysed, and what could not.
func invocation(losses []load.Loss) *sarif.Invocation {
	out := sarif.NewInvocation().WithExecutionSuccessful(true)
	for _, l := range losses {
		level := "warning"
		switch {
		case l.All:
			level = "error"
			out.WithExecutionSuccessful(false)
		case !l.Partial():
			level = "note" // it costs nothing
		}
		for _, f := range l.Faults {
			out.AddToolExecutionNotification(notification(level, f))
		}
		for _, f := range l.Functions {
			out.AddToolExecutionNotification(notification(level, LeftOut(f)))
		}
	}
	return out
}

func notification(level string, f load.Fault) *sarif.Notification {
	n := sarif.NewNotification().WithLevel(level).WithMessage(sarif.NewTextMessage(f.Text))
	if pos := f.Pos; pos.Line > 0 {
		pos.Column = max(1, pos.Column)
		n.AddLocation(location(pos, pos))
	}
	return n
}

func location(start, end token.Position) *sarif.Location {
	return sarif.NewLocationWithPhysicalLocation(sarif.NewPhysicalLocation().
		WithArtifactLocation(Artifact(start.Filename)).
		WithRegion(region(start, end)))
}

// Artifact names a file relative to the checkout.
func Artifact(name string) *sarif.ArtifactLocation {
	rel := relative(checkout(), name)
	if filepath.IsAbs(rel) {
		u := url.URL{Scheme: "file", Path: filepath.ToSlash(rel)}
		return sarif.NewSimpleArtifactLocation(u.String())
	}
	return sarif.NewSimpleArtifactLocation((&url.URL{Path: filepath.ToSlash(rel)}).String()).WithURIBaseID("%SRCROOT%")
}

func region(start, end token.Position) *sarif.Region {
	source := lines(start.Filename)
	return sarif.NewRegion().
		WithStartLine(start.Line).WithStartColumn(characters(source, start)).
		WithEndLine(end.Line).WithEndColumn(characters(source, end))
}

// characters is the column of a position, which go/token counts in bytes.
func characters(source []string, p token.Position) int {
	if p.Line > len(source) || p.Column-1 > len(source[p.Line-1]) {
		return p.Column
	}
	return utf8.RuneCountInString(source[p.Line-1][:p.Column-1]) + 1
}

// change is a suggested fix.
func change(fset *token.FileSet, fix analysis.SuggestedFix) *sarif.Fix {
	changes := map[string]*sarif.ArtifactChange{}
	out := sarif.NewFix().WithDescription(sarif.NewTextMessage(fix.Message))
	for _, e := range fix.TextEdits {
		start, end := fset.PositionFor(e.Pos, false), fset.PositionFor(e.End, false)
		c := changes[start.Filename]
		if c == nil {
			c = sarif.NewArtifactChange().WithArtifactLocation(Artifact(start.Filename))
			changes[start.Filename] = c
			out.AddArtifactChange(c)
		}
		c.AddReplacement(sarif.NewReplacement().
			WithDeletedRegion(region(start, end)).
			WithInsertedContent(sarif.NewArtifactContent().WithText(string(e.NewText))))
	}
	return out
}
