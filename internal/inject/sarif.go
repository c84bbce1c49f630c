package inject

import (
	"crypto/sha256"
	"fmt"
	"io"
	"path/filepath"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/errswallow/errswallow/internal/output"
)

// titles say what verdicts mean that SARIF has as results, and at which level.
var titles = []struct {
	verdict      Verdict
	level, title string
}{
	{Destroyed, "error", "a fault in a test run destroyed something"},
	{Crashed, "error", "a fault in a test run made the program panic"},
	{Hung, "error", "a fault in a test run was waited for without end"},
	{Unnoticed, "note", "no test tells a fault from absence"},
}

// SARIF writes what a run has shown as SARIF 2.1.0: what was destroyed, crashed or hung,
// and, as notes, what nobody tests. Files are named as they are seen from the checkout.
// Reference: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
func (r *Report) SARIF(w io.Writer, version string) error {
	run := sarif.NewRunWithInformationURI("errswallow inject", "https://github.com/errswallow/errswallow")
	run.Tool.Driver.WithVersion(version)
	levels := map[Verdict]string{}
	for _, t := range titles {
		run.AddRule("inject-" + string(t.verdict)).WithName("inject-" + string(t.verdict)).
			WithShortDescription(sarif.NewMultiformatMessageString().WithText(t.title)).
			WithHelpURI("https://github.com/errswallow/errswallow/blob/main/docs/inject.md")
		levels[t.verdict] = t.level
	}
	for _, s := range r.Sites {
		level := levels[s.Verdict]
		if level == "" {
			continue
		}
		sum := sha256.Sum256(fmt.Appendf(nil, "%s %s %s", s.Verdict, s.Function, s.Call))
		result := run.CreateResultForRule("inject-" + string(s.Verdict)).WithLevel(level).
			WithMessage(sarif.NewTextMessage(s.sentence())).
			WithPartialFingerprints(map[string]string{"verdictFunctionCall/v1": fmt.Sprintf("%x", sum[:16])}).
			AddLocation(place(s.File, s.Line, s.Column))
		for i, l := range s.Losses {
			result.AddRelatedLocation(place(l.File, l.Line, 1).WithID(i).WithMessage(sarif.NewTextMessage(l.String())))
		}
	}
	report := sarif.NewReport()
	report.AddRun(run)
	return report.PrettyWrite(w)
}

// place is a line of a file.
func place(file string, line, column int) *sarif.Location {
	if abs, err := filepath.Abs(file); err == nil {
		file = abs
	}
	return sarif.NewLocationWithPhysicalLocation(sarif.NewPhysicalLocation().
		WithArtifactLocation(output.Artifact(file)).
		WithRegion(sarif.NewRegion().WithStartLine(line).WithStartColumn(column)))
}
