package main

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/mattn/go-isatty"
	"golang.org/x/tools/go/analysis"

	"github.com/errswallow/errswallow/analyzer"
	"github.com/errswallow/errswallow/docs"
	"github.com/errswallow/errswallow/internal/drive"
	"github.com/errswallow/errswallow/internal/edit"
	"github.com/errswallow/errswallow/internal/finding"
	"github.com/errswallow/errswallow/internal/inject"
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
	if status, err := o.configure(); err != nil {
		return status, err
	}
	known := finding.Baseline{}
	if o.baseline != "" {
		if known, err = finding.ReadBaseline(o.baseline); err != nil && !(o.writeBaseline && errors.Is(err, fs.ErrNotExist)) {
			return failed, fmt.Errorf("-baseline: %w", err)
		}
	}
	settings := o.settings
	var runs *inject.Report
	if o.with != "" {
		if runs, err = withRuns(o.with); err != nil {
			return failed, err
		}
		o.settings.Evidence = "possible" // a run may show it
	}
	report, lost, err := analyse(o, analyzer.New)
	if err != nil {
		return failed, err
	}
	if runs != nil {
		confirm(report, runs, settings)
	}
	report.Drop(finding.Nolint(analyzer.Analyzer.Name))
	if o.newFrom != "" && len(report.Findings) > 0 {
		old, err := o.before()
		if err != nil {
			return failed, err
		}
		report.Drop(old.Known())
	}
	scope := report.Scope(o.settings.Rules, o.tests, lost.functions())
	if o.writeBaseline {
		if err := known.Renew(report, scope).Write(o.baseline); err != nil {
			return failed, fmt.Errorf("-write-baseline: %w", err)
		}
		report.Drop(func(*finding.Finding) bool { return true })
	} else {
		if n := known.Stale(report, scope); n > 0 && len(o.settings.Libraries) == 0 {
			say(fmt.Sprintf("%s: %d of its findings are gone; -write-baseline writes it anew", o.baseline, n))
		}
		report.Drop(known.Known())
	}
	if err := tell(o, report, lost); err != nil {
		return failed, err
	}
	lost.say(o.settings.Verbose)
	return status(report, lost), nil
}

// tell reports what is found, in all the forms that are asked for, and mends it if it
// is to. Files are written last: what is reported are their lines.
func tell(o *options, report *finding.Report, lost losses) error {
	all := len(report.Findings)
	changes := &edit.Changes{}
	if o.fix > 0 || o.diff {
		var err error
		if changes, err = plan(o, report); err != nil {
			return err
		}
	}
	if o.sarif != "" {
		if err := output.SARIF(o.sarif, version(), rules(), report.Findings, lost); err != nil {
			return fmt.Errorf("-sarif: %w", err)
		}
	}
	if err := show(o, report, lost, changes); err != nil {
		return err
	}
	if o.fix == 0 || o.diff || all == len(report.Findings) {
		return nil
	}
	if err := changes.Write(); err != nil {
		return fmt.Errorf("-fix: %w", err)
	}
	say(fmt.Sprintf("fixed %d of %d findings", all-len(report.Findings), all))
	return nil
}

// analyse loads the packages and runs a pass over them.
func analyse(o *options, pass func(analyzer.Settings) *analysis.Analyzer) (*finding.Report, losses, error) {
	collect()
	progress := start()
	defer progress.stop()
	self, err := os.Executable()
	if err != nil {
		return nil, nil, err
	}
	executes, concerns, err := executed(o.settings)
	if err != nil {
		return nil, nil, err
	}
	errswallow := pass(o.settings)
	driver := drive.New(errswallow)
	driver.Found, driver.Declared = progress.find, o.baseline != "" && !o.tests
	config := load.Config{Dir: o.past, Tests: o.tests, Tags: o.tags, Compiler: []string{self, toolexec}, Executes: executes, Concerns: concerns, Progress: progress.load, Pass: driver.Visit}
	kept, err := o.kept(self)
	if err != nil {
		return nil, nil, err
	}
	if kept != nil {
		config.Cache, config.Salt = kept, kept.salt
		defer kept.Trim()
	}
	loaded, err := load.Packages(config, o.patterns...)
	if err != nil {
		return nil, nil, hint(err, o.patterns)
	}
	for _, note := range loaded.Notes {
		if o.past == "" {
			defer say(note) // once progress is told no more
		}
	}
	if o.past == "" {
		if err := absent(o, config, loaded.Listed); err != nil {
			return nil, nil, err
		}
	}
	roots, err := driver.Roots()
	if err != nil {
		return nil, nil, err
	}
	if err := wrongSettings(roots); err != nil && o.past == "" { // what they name may be new
		return nil, nil, err
	}
	report, lost := finding.New(roots), losses(loaded.Losses)
	if lost.partial() {
		report.DropMisuse(func(f *finding.Finding) bool { return analyzer.Unused(f.Diagnostic) })
	}
	return report, lost, nil
}

// absent returns an error that names each function of the settings whose package is
// neither among those that were listed nor anywhere else that the go command looks. A
// file of several modules may name what one of them does not have.
func absent(o *options, config load.Config, listed map[string]bool) error {
	var errs []error
	for _, n := range o.settings.Names() {
		if listed[n.Package] || o.file != nil && o.file.Shared && !strings.HasPrefix(n.Where, "-") {
			continue
		}
		if why := config.Missing(n.Package); why != "" {
			errs = append(errs, fmt.Errorf("%s: %s: there is no package %s: %s", n.Where, n.Name, n.Package, why))
		}
	}
	return errors.Join(errs...)
}

// wrongSettings returns an error that says what is wrong with the settings, once, in
// however many packages it was found.
func wrongSettings(roots []*finding.Root) error {
	var said []string
	for _, root := range roots {
		for _, d := range root.Diagnostics {
			if analyzer.WrongSetting(d) && !slices.Contains(said, d.Message) {
				said = append(said, d.Message)
			}
		}
	}
	if len(said) == 0 {
		return nil
	}
	return errors.New(strings.Join(said, "\n"))
}

// show prints the findings, or what mends them.
func show(o *options, report *finding.Report, lost losses, changes *edit.Changes) error {
	switch {
	case o.diff:
		return diff(changes)
	case o.sarif == output.Stdout:
		return nil
	case o.format == "json":
		return output.JSON(os.Stdout, report, lost)
	case o.format == "github":
		return output.GitHub(os.Stdout, report.Findings, lost)
	case o.format == "gitlab":
		return output.GitLab(os.Stdout, report.Findings)
	}
	if len(report.Findings) == 0 && o.fix == 0 && !o.writeBaseline && isatty.IsTerminal(os.Stdout.Fd()) {
		fmt.Println(nothing(report, o.baseline != "" || o.newFrom != ""))
	}
	return output.Text(os.Stdout, report.Findings, o.context)
}

// nothing says that there are no findings, and whether there was anything to look at.
func nothing(report *finding.Report, beside bool) string {
	asks := 0
	for _, root := range report.Roots {
		if result, ok := root.Result.(*analyzer.Result); ok {
			asks += result.Asks
		}
	}
	none := "no findings"
	if beside {
		none = "no new findings"
	}
	switch asks {
	case 0:
		return none + "; no function asks anything that errswallow knows (-query and .errswallow.yaml tell it of your own clients)"
	case 1:
		return none + "; 1 function asks (errswallow audit shows it)"
	}
	return fmt.Sprintf("%s; %d functions ask (errswallow audit shows them)", none, asks)
}

// diff prints what changes, with names as they are seen from here.
func diff(changes *edit.Changes) error {
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

// status says which of the exit statuses a report gets: what is wrong with a
// setting or a directive comes first, for the findings are not all then.
func status(report *finding.Report, lost losses) int {
	if slices.ContainsFunc(report.Findings, (*finding.Finding).Misuse) {
		return failed
	}
	return lost.status(len(report.Findings) > 0)
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
