package main

import (
	"fmt"
	"os"

	"golang.org/x/tools/go/analysis"

	"github.com/errswallow/errswallow/analyzer"
	"github.com/errswallow/errswallow/internal/finding"
	"github.com/errswallow/errswallow/internal/inject"
	"github.com/errswallow/errswallow/internal/output"
)

// withRuns reads what an injection has shown, and says what of it is out of date.
func withRuns(name string) (*inject.Report, error) {
	dir, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	runs, stale, err := inject.Open(name, dir)
	if err != nil {
		return nil, fmt.Errorf("-with: %w", err)
	}
	if stale > 0 {
		say(fmt.Sprintf("%s: %d of its calls stand in files that have changed: errswallow inject -format json tries them anew", name, stale))
	}
	return runs, nil
}

// confirm has the findings say that a run has shown them, where one has, and leaves out those
// whose evidence is weaker than the settings ask for.
func confirm(report *finding.Report, runs *inject.Report, settings analyzer.Settings) {
	report.Change(func(f *finding.Finding) analysis.Diagnostic {
		lines := []string{output.Line(f.Start)}
		for _, r := range f.Related {
			lines = append(lines, output.Line(f.Fset.Position(r.Pos)))
		}
		if by, ok := runs.Shown(lines, output.Line(f.Fset.Position(analyzer.Asked(f.Diagnostic)))); ok {
			return analyzer.Shown(f.Diagnostic, by)
		}
		return f.Diagnostic
	})
	report.Drop(func(f *finding.Finding) bool { return !settings.Reports(f.Diagnostic) })
}
