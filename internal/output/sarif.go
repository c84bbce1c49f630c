package output

import (
	"encoding/json"
	"fmt"
	"go/token"
	"io"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/tools/go/analysis"

	"github.com/errswallow/errswallow/analyzer"
	"github.com/errswallow/errswallow/internal/finding"
	"github.com/errswallow/errswallow/internal/load"
	"github.com/errswallow/errswallow/internal/sarif"
)

// A Rule is what is said of a rule wherever its findings are shown.
type Rule struct {
	// ID is its name, Title one line on what is wrong, Page all of it as Markdown,
	// and URL where that is read.
	ID, Title, Page, URL string
}

// Stdout is the name of a file that stands for standard output.
const Stdout = "-"

// SARIF writes findings to a file as SARIF 2.1.0, whether there are any or not, and
// what was not analysed as notifications.
func SARIF(name, version string, rules []Rule, findings []*finding.Finding, losses []load.Loss) error {
	run := sarif.Run{ColumnKind: "unicodeCodePoints", Results: []sarif.Result{}, Invocations: []sarif.Invocation{invocation(losses)}}
	run.Tool.Driver = sarif.Driver{Name: "errswallow", Version: version, InformationURI: "https://github.com/errswallow/errswallow"}
	for _, r := range rules {
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, described(r))
	}
	prints := fingerprints()
	for _, f := range findings {
		if f.Misuse() {
			continue // it is no result: the command says it, and fails
		}
		index := slices.IndexFunc(rules, func(r Rule) bool { return r.ID == f.Category })
		run.Results = append(run.Results, result(f, index, prints(f)))
	}
	log := sarif.Log{Schema: sarif.Schema, Version: sarif.Version, Runs: []sarif.Run{run}}
	if name == Stdout {
		return encode(os.Stdout, log)
	}
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	if err := encode(file, log); err != nil {
		file.Close()
		return fmt.Errorf("%s: %w", name, err)
	}
	return file.Close()
}

// encode writes something as JSON that people can read, too.
func encode(w io.Writer, v any) error {
	out := json.NewEncoder(w)
	out.SetIndent("", "  ")
	out.SetEscapeHTML(false)
	return out.Encode(v)
}

// described is what the file says of a rule.
func described(r Rule) sarif.Rule {
	_, text, _ := strings.Cut(r.Page, "## What\n\n")
	text, _, _ = strings.Cut(text, "\n\n")
	level := severity(r.ID, "likely")
	return sarif.Rule{
		ID: r.ID, Name: r.ID, HelpURI: r.URL,
		ShortDescription:     sarif.Text{Text: r.Title},
		FullDescription:      sarif.Text{Text: plain.ReplaceAllString(strings.ReplaceAll(text, "`", ""), "$1")},
		Help:                 sarif.Text{Text: r.Title, Markdown: absolute(r.Page, r.URL)},
		DefaultConfiguration: sarif.Configuration{Level: string(level)},
		Properties:           sarif.RuleProperties{Tags: []string{"correctness", "reliability", "error-handling"}, Precision: "high", Severity: string(level)},
	}
}

// plain matches a link of Markdown, and its text; link one, and where it leads.
var (
	plain = regexp.MustCompile(`\[([^]]*)\]\([^)]*\)`)
	link  = regexp.MustCompile(`\]\(([^):]+)\)`)
)

// absolute has the links of a page lead from anywhere to where they lead from its URL.
func absolute(page, at string) string {
	base, err := url.Parse(at)
	if err != nil {
		return page
	}
	return link.ReplaceAllStringFunc(page, func(text string) string {
		to := *base
		to.Path = path.Join(path.Dir(base.Path), link.FindStringSubmatch(text)[1])
		return "](" + to.String() + ")"
	})
}

// result is a finding.
func result(f *finding.Finding, rule int, print string) sarif.Result {
	evidence := analyzer.Evidence(f.Diagnostic)
	r := sarif.Result{
		RuleID: f.Category, RuleIndex: rule,
		Level: string(SeverityOf(f)), Rank: rank(f.Category, evidence),
		Message:             sarif.Text{Text: f.Message},
		Locations:           []sarif.Location{location(f.Start, end(f))},
		PartialFingerprints: map[string]string{fingerprint: print},
		Properties:          sarif.ResultProperties{Evidence: evidence, Function: f.Function},
	}
	for i, related := range f.Related {
		p := f.Fset.Position(related.Pos)
		at := location(p, p)
		at.ID, at.Message = &i, &sarif.Text{Text: related.Message}
		r.RelatedLocations = append(r.RelatedLocations, at)
	}
	if f.Explanation != nil {
		r.CodeFlows = []sarif.CodeFlow{flow(f.Explanation)}
	}
	for _, fix := range f.SuggestedFixes {
		r.Fixes = append(r.Fixes, change(f.Fset, fix))
	}
	return r
}

// flow is how a finding comes about: the query, the conditions, what is answered, and what
// hangs on it. What other objects are told stands in the message.
func flow(e *analyzer.Explanation) sarif.CodeFlow {
	var out sarif.CodeFlow
	var told []string
	var thread sarif.ThreadFlow
	for _, s := range e.Steps {
		if s.Kind == analyzer.IfAbsent || s.Kind == analyzer.IfFound {
			told = append(told, s.Text)
			continue
		}
		p := token.Position{Filename: s.File, Line: s.Line, Column: s.Column}
		at := location(p, p)
		at.Message = &sarif.Text{Text: s.Text}
		importance := "essential"
		if s.Kind == analyzer.Branch || s.Kind == analyzer.Condition {
			importance = "important"
		}
		thread.Locations = append(thread.Locations, sarif.Step{Location: at, Kinds: []string{string(s.Kind)}, Importance: importance})
	}
	out.Message.Text = strings.Join(append([]string{e.Message}, told...), "; ")
	out.ThreadFlows = []sarif.ThreadFlow{thread}
	return out
}

// invocation says whether all could be analysed, and what could not.
func invocation(losses []load.Loss) sarif.Invocation {
	out := sarif.Invocation{ExecutionSuccessful: true}
	for _, l := range losses {
		level := "warning"
		switch {
		case l.All:
			level = "error"
			out.ExecutionSuccessful = false
		case !l.Partial():
			level = "note" // it costs nothing
		}
		for _, f := range l.Faults {
			out.Notifications = append(out.Notifications, notification(level, f))
		}
		for _, f := range l.Functions {
			out.Notifications = append(out.Notifications, notification(level, LeftOut(f)))
		}
	}
	return out
}

func notification(level string, f load.Fault) sarif.Notification {
	n := sarif.Notification{Level: level, Message: sarif.Text{Text: f.Text}}
	if pos := f.Pos; pos.Line > 0 {
		pos.Column = max(1, pos.Column)
		n.Locations = []sarif.Location{location(pos, pos)}
	}
	return n
}

func location(start, end token.Position) sarif.Location {
	return sarif.Location{Physical: sarif.PhysicalLocation{Artifact: Artifact(start.Filename), Region: region(start, end)}}
}

// Artifact names a file relative to the checkout.
func Artifact(name string) sarif.Artifact {
	rel := relative(checkout(), name)
	if filepath.IsAbs(rel) {
		return sarif.Artifact{URI: (&url.URL{Scheme: "file", Path: filepath.ToSlash(rel)}).String()}
	}
	return sarif.Artifact{URI: (&url.URL{Path: filepath.ToSlash(rel)}).String(), BaseID: "%SRCROOT%"}
}

func region(start, end token.Position) sarif.Region {
	source := lines(start.Filename)
	return sarif.Region{
		StartLine: start.Line, StartColumn: characters(source, start),
		EndLine: end.Line, EndColumn: characters(source, end),
	}
}

// characters is the column of a position, which go/token counts in bytes.
func characters(source []string, p token.Position) int {
	if p.Line > len(source) || p.Column-1 > len(source[p.Line-1]) {
		return p.Column
	}
	return utf8.RuneCountInString(source[p.Line-1][:p.Column-1]) + 1
}

// change is a suggested fix.
func change(fset *token.FileSet, fix analysis.SuggestedFix) sarif.Fix {
	out := sarif.Fix{Description: sarif.Text{Text: fix.Message}}
	at := map[string]int{} // where the change of a file stands
	for _, e := range fix.TextEdits {
		start, end := fset.PositionFor(e.Pos, false), fset.PositionFor(e.End, false)
		i, ok := at[start.Filename]
		if !ok {
			i = len(out.Changes)
			at[start.Filename] = i
			out.Changes = append(out.Changes, sarif.Change{Artifact: Artifact(start.Filename)})
		}
		out.Changes[i].Replacements = append(out.Changes[i].Replacements, sarif.Replacement{
			Deleted: region(start, end), Inserted: sarif.Text{Text: string(e.NewText)},
		})
	}
	return out
}
