package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"

	"github.com/errswallow/errswallow/analyzer"
	"github.com/errswallow/errswallow/docs"
	"github.com/errswallow/errswallow/internal/edit"
	"github.com/errswallow/errswallow/internal/finding"
	"github.com/errswallow/errswallow/internal/load"
	"github.com/errswallow/errswallow/internal/output"
)

// The exit statuses. Those of the flag package and of the go command agree with
// the first three.
const (
	clean    = 0
	failed   = 1
	misused  = 2
	findings = 3
)

// alone runs the command by itself and returns its exit status, and an error that
// says what it could not do.
func alone(args []string) (int, error) {
	o, err := parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		usage(os.Stdout)
		return clean, nil
	case err != nil:
		return misused, fmt.Errorf("%w (errswallow -help lists the flags)", err)
	case o.version:
		fmt.Println("errswallow", version())
		return clean, nil
	}
	if o.dir != "" {
		if err := os.Chdir(o.dir); err != nil {
			return misused, fmt.Errorf("-C: %w", err)
		}
	}
	if err := o.settings.Validate(); err != nil {
		return failed, err
	}
	known := finding.Baseline{}
	if o.baseline != "" && !o.writeBaseline {
		if known, err = finding.ReadBaseline(o.baseline); err != nil {
			return failed, fmt.Errorf("-baseline: %w", err)
		}
	}
	report, broken, err := analyse(o, analyzer.New(o.settings))
	if err != nil || broken != nil && o.writeBaseline { // a baseline is whole or not at all
		return failed, errors.Join(broken, err)
	}
	report.Drop(finding.Nolint(analyzer.Analyzer.Name))
	if o.writeBaseline {
		return clean, finding.NewBaseline(report).Write(o.baseline)
	}
	if n := known.Stale(report); n > 0 && broken == nil {
		fmt.Fprintf(os.Stderr, "errswallow: %s: %d of its findings are gone; -write-baseline writes it anew\n", o.baseline, n)
	}
	report.Drop(known.Known())
	if o.sarif != "" {
		if err := output.SARIF(o.sarif, version(), rules(), report.Findings); err != nil {
			return failed, fmt.Errorf("-sarif: %w", err)
		}
	}
	if o.fix || o.diff {
		if err := fix(o, report); err != nil {
			return failed, err
		}
	}
	if err := show(o, report); err != nil {
		return failed, err
	}
	if broken != nil {
		return failed, broken
	}
	return status(report), nil
}

// analyse loads the packages and runs a pass over them. Broken names what does
// not load; the report is of the rest.
func analyse(o *options, pass *analysis.Analyzer) (report *finding.Report, broken, err error) {
	collect(400)
	progress := start("loading packages")
	defer progress.stop()
	self, err := os.Executable()
	if err != nil {
		return nil, nil, err
	}
	pkgs, broken := load.Packages(load.Config{Tests: o.tests, Tags: o.tags, Compiler: []string{self, toolexec}}, o.patterns...)
	if len(pkgs) == 0 {
		return nil, nil, broken
	}
	var memory runtime.MemStats
	if runtime.ReadMemStats(&memory); memory.HeapAlloc > large {
		collect(100)
	}
	progress.say(fmt.Sprintf("analysing %d packages", len(pkgs)))
	graph, err := checker.Analyze([]*analysis.Analyzer{pass}, pkgs, nil)
	if err != nil {
		return nil, nil, err
	}
	report, err = finding.New(graph)
	return report, broken, err
}

// large is a heap, in bytes, from which on it matters that less is collected.
const large = 256 << 20

// collect sets the garbage collector's GOGC, unless the user has. A run over a
// project of 50,000 lines is a second long: a tenth of that goes into collecting
// what fits into a tenth more memory.
func collect(percent int) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(percent)
	}
}

// show prints the findings.
func show(o *options, report *finding.Report) error {
	switch {
	case o.diff:
		return nil // its output is a patch
	case o.format == "json":
		return report.Graph().PrintJSON(os.Stdout)
	case o.format == "github":
		return output.GitHub(os.Stdout, report.Findings)
	}
	return output.Text(os.Stdout, report.Findings, o.context)
}

// fix applies the first fix of each finding, or prints what that would change;
// what is fixed is not reported.
func fix(o *options, report *finding.Report) error {
	var fixes []analysis.SuggestedFix
	for _, f := range report.Findings {
		if len(f.SuggestedFixes) > 0 {
			fixes = append(fixes, f.SuggestedFixes[0])
		}
	}
	if len(fixes) == 0 {
		return nil
	}
	changes, err := edit.Plan(report.Findings[0].Fset, fixes)
	if err != nil {
		return err
	}
	if o.diff {
		dir, err := os.Getwd()
		if err != nil {
			return err
		}
		return changes.Diff(os.Stdout, func(name string) string {
			if rel, err := filepath.Rel(dir, name); err == nil {
				return filepath.ToSlash(rel)
			}
			return name
		})
	}
	if err := changes.Write(); err != nil {
		return err
	}
	all, next := len(report.Findings), 0
	report.Drop(func(f *finding.Finding) bool {
		if len(f.SuggestedFixes) == 0 {
			return false
		}
		next++
		return changes.Took(next - 1)
	})
	fmt.Fprintf(os.Stderr, "errswallow: fixed %d of %d findings\n", all-len(report.Findings), all)
	return nil
}

// status says which of the exit statuses a report gets: what is wrong with a
// setting or a directive comes first, for the findings are not all then.
func status(report *finding.Report) int {
	status := clean
	for _, f := range report.Findings {
		if f.Misuse() {
			return failed
		}
		status = findings
	}
	return status
}

// rules returns the rules and their pages.
func rules() []output.Rule {
	var out []output.Rule
	for _, r := range analyzer.Rules() {
		page, _ := docs.Rule(r.ID) // a test reads every page
		out = append(out, output.Rule{ID: r.ID, Title: r.Title, Page: page, URL: r.URL})
	}
	return out
}
