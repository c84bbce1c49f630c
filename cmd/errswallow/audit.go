package main

import (
	"bufio"
	"cmp"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/errswallow/errswallow/analyzer"
	"github.com/errswallow/errswallow/internal/audit"
	"github.com/errswallow/errswallow/internal/cache"
	"github.com/errswallow/errswallow/internal/finding"
	"github.com/errswallow/errswallow/internal/inject"
)

// auditFormats are the values of -format of an audit.
var auditFormats = []string{"text", "markdown", "json", "html"}

// auditOptions are what the command line of an audit says.
type auditOptions struct {
	options
	against string
	failOn  []string
}

// parseAudit reads the command line of an audit.
func parseAudit(args []string) (*auditOptions, error) {
	o := &auditOptions{}
	flags := o.flags()
	if err := flags.Parse(args); err != nil {
		return nil, err
	}
	if o.patterns = flags.Args(); len(o.patterns) == 0 {
		o.patterns = []string{"."}
	}
	if !slices.Contains(auditFormats, o.format) {
		return nil, fmt.Errorf("-format: unknown format %q: have %s", o.format, strings.Join(auditFormats, ", "))
	}
	for _, id := range o.failOn {
		if !slices.ContainsFunc(analyzer.Rules(), func(r analyzer.Rule) bool { return r.ID == id }) {
			return nil, fmt.Errorf("-fail-on: unknown rule %q", id)
		}
	}
	if err := refuse(flags, auditConflicts); err != nil {
		return nil, err
	}
	o.given = namedFlags(flags)
	return o, lateFlag(o.patterns)
}

// flags returns the flags of an audit, bound to the options.
func (o *auditOptions) flags() *flag.FlagSet {
	flags := flag.NewFlagSet("errswallow audit", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	o.bindSettings(flags)
	flags.BoolVar(&o.tests, "test", false, "audit test files, too")
	flags.StringVar(&o.tags, "tags", "", "build `tags`, separated by commas")
	flags.StringVar(&o.format, "format", "text", "write `text`, markdown, json or html")
	flags.StringVar(&o.with, "with", "", "say what `file` has shown of each query, what errswallow inject -format json has written")
	flags.StringVar(&o.against, "against", "", "say what is better or worse than in `file`, an audit in JSON")
	flags.Func("fail-on", "exit with 3 if one of these `rules` reports a function, separated by commas", func(s string) error {
		o.failOn = append(o.failOn, strings.Split(s, ",")...)
		return nil
	})
	return flags
}

// audits runs an audit and returns its exit status, and an error that says what it
// could not do.
func audits(args []string) (int, error) {
	o, err := parseAudit(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		auditUsage(os.Stdout)
		return clean, nil
	case err != nil:
		return misused, fmt.Errorf("%w (errswallow audit -help lists the flags)", err)
	}
	if status, err := o.configure(); err != nil {
		return status, err
	}
	var old *audit.Report
	if o.against != "" {
		f, err := os.Open(o.against)
		if err != nil {
			return failed, fmt.Errorf("-against: %w", err)
		}
		defer f.Close()
		if old, err = audit.Read(f); err != nil {
			return failed, fmt.Errorf("-against: %s: %w", o.against, err)
		}
	}
	var runs *inject.Report
	if o.with != "" {
		if runs, err = withRuns(o.with); err != nil {
			return failed, err
		}
	}
	o.cache = cache.Off // it keeps nothing of an audit
	found, lost, err := analyse(&o.options, analyzer.NewAudit)
	if err != nil {
		return failed, err
	}
	report, err := audited(found)
	if err != nil {
		return failed, err
	}
	if runs != nil {
		for _, f := range report.Functions {
			for i, q := range f.Queries {
				f.Queries[i].Tests = cmp.Or(runs.Tests(fmt.Sprintf("%s:%d", f.File, q.Line)), "not reached")
			}
		}
	}
	if err := o.show(report, old); err != nil {
		return failed, err
	}
	lost.say(o.settings.Verbose)
	return lost.status(report.Fails(o.failOn)), nil
}

// audited collects what an analysis says of the packages that were asked for, with
// file names as they are seen from here.
func audited(found *finding.Report) (*audit.Report, error) {
	dir, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	var all []*audit.Function
	for _, root := range found.Roots {
		if result, ok := root.Result.(*analyzer.Result); ok {
			all = append(all, result.Functions...)
		}
	}
	places := placesOf(all)
	for _, f := range all {
		for i, d := range f.Destroys {
			f.Destroys[i].Where = places(d.Where)
		}
		seen := func(file *string) {
			if rel, err := filepath.Rel(dir, *file); err == nil {
				*file = filepath.ToSlash(rel)
			}
		}
		seen(&f.File)
		for i := range f.Findings {
			seen(&f.Findings[i].File)
			for j := range f.Findings[i].Steps {
				seen(&f.Findings[i].Steps[j].File)
			}
		}
		for i, d := range f.Destroys {
			if file, line, ok := strings.Cut(d.Where, ":"); ok && filepath.IsAbs(file) {
				seen(&file)
				f.Destroys[i].Where = file + ":" + line
			}
		}
	}
	return audit.New(all), nil
}

// placesOf returns a function that makes absolute what the pass says of where something is
// done, by the last folder and the file, if only one file of the functions is called that.
func placesOf(functions []*audit.Function) func(string) string {
	files := map[string]string{}
	for _, f := range functions {
		short := filepath.Base(filepath.Dir(f.File)) + "/" + filepath.Base(f.File)
		if other, ok := files[short]; ok && other != f.File {
			files[short] = "" // there are two
			continue
		}
		files[short] = f.File
	}
	return func(where string) string {
		file, line, ok := strings.Cut(where, ":")
		if full := files[file]; ok && full != "" {
			return full + ":" + line
		}
		return where
	}
}

// show writes a report in the format that was asked for, or how it differs from an
// older one.
func (o *auditOptions) show(report, old *audit.Report) error {
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	if old != nil {
		changes := report.Against(old)
		for _, c := range changes {
			fmt.Fprintln(out, c)
		}
		if len(changes) == 0 {
			fmt.Fprintln(out, "no verdict is another")
		}
		return nil
	}
	switch o.format {
	case "markdown":
		return report.Markdown(out)
	case "json":
		return report.JSON(out)
	case "html":
		dir, err := os.Getwd()
		if err != nil {
			return err
		}
		return report.HTML(out, "What "+filepath.Base(dir)+" asks of others", dir)
	}
	return report.Text(out)
}

// auditUsage describes the subcommand.
func auditUsage(w io.Writer) {
	fmt.Fprint(w, `errswallow audit shows every function that asks others for state: what
it answers when the object runs, is stopped, is absent, and when the query fails;
who calls it, and what is destroyed on the strength of it.

Usage:
	errswallow audit [flags] [packages]

Verdicts:
`)
	for _, v := range audit.Verdicts {
		fmt.Fprintf(w, "\t%-11s %s\n", v, audit.Meanings[v])
	}
	fmt.Fprint(w, `
Flags:
`)
	flags := new(auditOptions).flags()
	flags.SetOutput(w)
	flags.PrintDefaults()
	fmt.Fprint(w, `
Exit status: 0 it is shown; 3 a rule of -fail-on reports a function; 1 a package is
audited in part, or not at all, or a setting is wrong; 2 the command line is wrong.
`)
}
