package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/mattn/go-isatty"

	"github.com/errswallow/errswallow/analyzer"
	"github.com/errswallow/errswallow/internal/cache"
	"github.com/errswallow/errswallow/internal/finding"
	"github.com/errswallow/errswallow/internal/inject"
)

// injectFormats are the values of -format of an injection.
var injectFormats = []string{"text", "json", "junit", "sarif"}

// injectOptions are what the command line of an injection says.
type injectOptions struct {
	options
	inject inject.Config
	keep   string
}

// parseInject reads the command line of an injection.
func parseInject(args []string) (*injectOptions, error) {
	o := &injectOptions{}
	flags := o.flags()
	if err := flags.Parse(args); err != nil {
		return nil, err
	}
	if o.patterns = flags.Args(); len(o.patterns) == 0 {
		o.patterns = []string{"."}
	}
	switch {
	case !slices.Contains(injectFormats, o.format):
		return nil, fmt.Errorf("-format: unknown format %q: have %s", o.format, strings.Join(injectFormats, ", "))
	case !slices.Contains(inject.Faults, o.inject.Fault):
		return nil, fmt.Errorf("-fault: unknown fault %q: have %s", o.inject.Fault, strings.Join(inject.Faults, ", "))
	case o.inject.Timeout < 0:
		return nil, fmt.Errorf("-timeout: %v", o.inject.Timeout)
	case o.inject.Parallel < 0:
		return nil, fmt.Errorf("-p: %d runs", o.inject.Parallel)
	}
	if _, err := regexp.Compile(o.inject.Run); err != nil {
		return nil, fmt.Errorf("-run: %w", err)
	}
	o.given = namedFlags(flags)
	return o, lateFlag(o.patterns)
}

// flags returns the flags of an injection, bound to the options.
func (o *injectOptions) flags() *flag.FlagSet {
	flags := flag.NewFlagSet("errswallow inject", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	o.bindSettings(flags)
	flags.StringVar(&o.tags, "tags", "", "build `tags`, separated by commas")
	flags.StringVar(&o.format, "format", "text", "write `text`, json, junit or sarif")
	flags.StringVar(&o.inject.Run, "run", "", "run the tests that `regexp` matches only, as go test -run does")
	flags.Func("site", "try the calls only whose name, or file:line, `regexp` matches", func(s string) (err error) {
		o.inject.Only, err = regexp.Compile(s)
		return err
	})
	flags.StringVar(&o.inject.Fault, "fault", inject.Faults[0], "have queries fail with this `fault`: "+strings.Join(inject.Faults, ", "))
	flags.BoolVar(&o.inject.Short, "short", false, "tell the tests to be short")
	flags.DurationVar(&o.inject.Timeout, "timeout", 0, "end a run after this `time` (default two minutes without a fault, and with one five times what that took, but ten seconds at least)")
	flags.IntVar(&o.inject.Parallel, "p", 0, "have `n` runs go on at once (default as many as there are processors)")
	flags.StringVar(&o.keep, "keep", "", "write the overlay into `dir`, and leave it there")
	flags.StringVar(&o.cache, "cache", "", "keep what runs came to in `dir`, or nothing if it is off (default $ERRSWALLOW_CACHE, or errswallow in the user's folder for caches)")
	return flags
}

// injects runs an injection and returns its exit status, and an error that says what it
// could not do.
func injects(args []string) (int, error) {
	o, err := parseInject(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		injectUsage(os.Stdout)
		return clean, nil
	case err != nil:
		return misused, fmt.Errorf("%w (errswallow inject -help lists the flags)", err)
	}
	if status, err := o.configure(); err != nil {
		return status, err
	}
	if o.keep != "" {
		if o.inject.Keep, err = filepath.Abs(o.keep); err != nil {
			return failed, fmt.Errorf("-keep: %w", err)
		}
	}
	runs := cache.Open(o.cache)
	defer runs.Trim()
	o.cache = cache.Off // what the pass says beside findings is not kept
	found, lost, err := analyse(&o.options, analyzer.NewSites)
	if err != nil {
		return failed, err
	}
	if i := slices.IndexFunc(found.Findings, (*finding.Finding).Misuse); i >= 0 {
		return failed, fmt.Errorf("%s: %s", found.Findings[i].Start, found.Findings[i].Message)
	}
	packages, reported := sites(found)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	how := &injecting{begun: time.Now()}
	quiet := telling(how, os.Stderr, isatty.IsTerminal(os.Stderr.Fd()))
	o.inject.Patterns, o.inject.Tags, o.inject.Cache, o.inject.Progress = o.patterns, o.tags, runs, how.set
	report, err := inject.Run(ctx, o.inject, packages, reported)
	quiet()
	switch {
	case ctx.Err() != nil:
		return failed, errors.New("interrupted: what has ended is kept, and the next run goes on from there")
	case err != nil:
		return failed, err
	}
	dir, err := os.Getwd()
	if err != nil {
		return failed, err
	}
	report.Relative(dir)
	if err := o.showInjected(report); err != nil {
		return failed, err
	}
	for _, p := range report.Problems {
		say(p.String())
	}
	lost.say(o.settings.Verbose)
	switch {
	case report.Bad():
		return findings, nil
	case len(report.Problems) > 0:
		return failed, nil
	}
	return clean, nil
}

// sites collects what the pass says of packages.
func sites(found *finding.Report) (packages []*inject.Package, reported []analyzer.Reported) {
	for _, root := range found.Roots {
		result, ok := root.Result.(*analyzer.Result)
		if !ok || result.Sites == nil || len(root.Package.GoFiles) == 0 {
			continue
		}
		p := &inject.Package{Path: root.Package.PkgPath, Name: result.Sites.Name, Dir: filepath.Dir(root.Package.GoFiles[0])}
		for _, s := range result.Sites.Sites {
			p.Sites = append(p.Sites, &inject.Site{Site: s})
		}
		packages, reported = append(packages, p), append(reported, result.Sites.Reported...)
	}
	return packages, reported
}

// showInjected writes a report in the format that was asked for.
func (o *injectOptions) showInjected(report *inject.Report) error {
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	switch o.format {
	case "json":
		return report.JSON(out)
	case "junit":
		return report.JUnit(out)
	case "sarif":
		return report.SARIF(out, version())
	}
	return report.Text(out)
}

// injectUsage describes the subcommand.
func injectUsage(w io.Writer) {
	fmt.Fprint(w, `errswallow inject makes each call that asks fail for real, while your own tests run,
and says what was destroyed then, and was not before. No file of yours is changed.

Usage:
	errswallow inject [flags] [packages]

Verdicts:
	destroyed    something was destroyed, or made anew, that was not before
	crashed      the program panicked
	hung         the tests did not end
	unnoticed    the tests pass, and pass as well when the answer is absence
	passed       the tests pass, and nobody can answer absence there
	noticed      a test failed, or something else was done than for absence
	not reached  no test that passes comes there
	left alone   nothing can be done there

Flags:
`)
	flags := new(injectOptions).flags()
	flags.SetOutput(w)
	flags.PrintDefaults()
	fmt.Fprint(w, `
Exit status: 3 something was destroyed, crashed or hung; 1 nothing can be said of a package,
or a setting is wrong; 2 the command line is wrong; 0 otherwise.
`)
}
