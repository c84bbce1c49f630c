package inject

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"

	"github.com/errswallow/errswallow/internal/output"
	"github.com/errswallow/errswallow/internal/sarif"
)

// titles say what verdicts mean that SARIF has as results, at which level, and how grave
// they are from 0 to 100.
var titles = []struct {
	verdict      Verdict
	level, title string
	rank         float64
}{
	{Destroyed, "error", "a fault in a test run destroyed something", 95},
	{Crashed, "error", "a fault in a test run made the program panic", 90},
	{Hung, "error", "a fault in a test run was waited for without end", 80},
	{Unnoticed, "note", "no test tells a fault from absence", 20},
}

// page is where these are explained.
const page = "https://github.com/errswallow/errswallow/blob/main/docs/inject.md"

// SARIF writes what a run has shown as SARIF 2.1.0: what was destroyed, crashed or hung,
// and, as notes, what nobody tests. Files are named as they are seen from the checkout.
// Reference: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
func (r *Report) SARIF(w io.Writer, version string) error {
	run := sarif.Run{ColumnKind: "unicodeCodePoints", Results: []sarif.Result{}, Invocations: []sarif.Invocation{{ExecutionSuccessful: len(r.Problems) == 0}}}
	run.Tool.Driver = sarif.Driver{Name: "errswallow inject", Version: version, InformationURI: "https://github.com/errswallow/errswallow"}
	index := map[Verdict]int{}
	for i, t := range titles {
		index[t.verdict] = i
		text := sarif.Text{Text: t.title}
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarif.Rule{
			ID: "inject-" + string(t.verdict), Name: "inject-" + string(t.verdict), HelpURI: page,
			ShortDescription: text, FullDescription: text, Help: text,
			DefaultConfiguration: sarif.Configuration{Level: t.level},
			Properties:           sarif.RuleProperties{Tags: []string{"reliability", "error-handling", "test"}, Precision: "very-high", Severity: severities[t.level]},
		})
	}
	for _, p := range r.Problems {
		run.Invocations[0].Notifications = append(run.Invocations[0].Notifications, sarif.Notification{Level: "error", Message: sarif.Text{Text: p.String()}})
	}
	for _, s := range r.Sites {
		i, ok := index[s.Verdict]
		if !ok {
			continue
		}
		sum := sha256.Sum256(fmt.Appendf(nil, "%s %s %s", s.Verdict, s.Function, s.Call))
		result := sarif.Result{
			RuleID: "inject-" + string(s.Verdict), RuleIndex: i, Level: titles[i].level, Rank: titles[i].rank,
			Message:             sarif.Text{Text: s.sentence()},
			Locations:           []sarif.Location{place(s.File, s.Line, s.Column)},
			PartialFingerprints: map[string]string{"verdictFunctionCall/v1": fmt.Sprintf("%x", sum[:16])},
			Properties:          sarif.ResultProperties{Evidence: "certain", Function: s.Function},
		}
		for i, l := range s.Losses {
			at := place(l.File, l.Line, 1)
			at.ID, at.Message = &i, &sarif.Text{Text: l.String()}
			result.RelatedLocations = append(result.RelatedLocations, at)
		}
		run.Results = append(run.Results, result)
	}
	out := json.NewEncoder(w)
	out.SetIndent("", "  ")
	out.SetEscapeHTML(false)
	return out.Encode(sarif.Log{Schema: sarif.Schema, Version: sarif.Version, Runs: []sarif.Run{run}})
}

// severities are the words of code scanning for levels.
var severities = map[string]string{"error": "error", "note": "recommendation"}

// place is a line of a file.
func place(file string, line, column int) sarif.Location {
	if abs, err := filepath.Abs(file); err == nil {
		file = abs
	}
	return sarif.Location{Physical: sarif.PhysicalLocation{
		Artifact: output.Artifact(file),
		Region:   sarif.Region{StartLine: line, StartColumn: column, EndLine: line, EndColumn: column},
	}}
}
