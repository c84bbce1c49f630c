package main

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/errswallow/errswallow/analyzer"
	"github.com/errswallow/errswallow/internal/audit"
	"github.com/errswallow/errswallow/internal/cache"
	"github.com/errswallow/errswallow/internal/output"
)

// at matches FILE:LINE, and what may follow in a finding.
var at = regexp.MustCompile(`^(.+?):(\d+)(?::\d*)?:?$`)

// explains tells how the findings of the function at a line come about, and returns the
// exit status, and an error that says what it could not do.
func explains(args []string) (int, error) {
	o := &options{cache: cache.Off, tests: true}
	flags := o.explainFlags()
	err := flags.Parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		explainUsage(os.Stdout)
		return clean, nil
	case err != nil:
		return misused, fmt.Errorf("%w (errswallow explain -help lists the flags)", err)
	case flags.NArg() != 1:
		return misused, fmt.Errorf("explain: want one FILE:LINE, have %d arguments", flags.NArg())
	}
	m := at.FindStringSubmatch(flags.Arg(0))
	if m == nil {
		return misused, fmt.Errorf("explain: %q is not FILE:LINE", flags.Arg(0))
	}
	number, err := strconv.Atoi(m[2])
	if err != nil {
		return misused, fmt.Errorf("explain: %q is not FILE:LINE: %w", flags.Arg(0), err)
	}
	o.given = namedFlags(flags)
	if status, err := o.configure(); err != nil {
		return status, err
	}
	file, err := filepath.Abs(m[1])
	if err != nil {
		return failed, err
	}
	if _, err := os.Stat(file); err != nil {
		return failed, fmt.Errorf("explain: %w", err)
	}
	o.patterns = []string{"file=" + file}
	known, lost, err := findingsAt(o, file, number)
	if err == nil && len(known.findings) == 0 && !o.given["evidence"] {
		o.settings.Evidence = "possible" // whoever asks wants to know
		known, lost, err = findingsAt(o, file, number)
	}
	if err != nil {
		return failed, err
	}
	if err := known.tell(os.Stdout, fmt.Sprintf("%s:%d", m[1], number)); err != nil {
		return failed, err
	}
	lost.say(o.settings.Verbose)
	return lost.status(false), nil
}

// A knowledge is what is known of a line.
type knowledge struct {
	findings []analyzer.Explanation
	// functions are those around the line that ask.
	functions []*audit.Function
}

// findingsAt analyses the package of a file, and returns what it says of a line.
func findingsAt(o *options, file string, line int) (known knowledge, lost losses, err error) {
	found, lost, err := analyse(o, analyzer.NewAudit)
	if err != nil {
		return known, nil, err
	}
	report, err := audited(found)
	if err != nil {
		return known, nil, err
	}
	here := func(p analyzer.Place) bool {
		full, err := filepath.Abs(p.File)
		return err == nil && full == file
	}
	for _, f := range report.Functions {
		if here(analyzer.Place{File: f.File}) && f.Line <= line && line <= f.End {
			known.functions = append(known.functions, f)
			known.findings = append(known.findings, f.Findings...)
		}
	}
	if len(known.findings) > 0 {
		return known, lost, nil
	}
	// What is handed an error asks nobody.
	for _, root := range found.Roots {
		result, ok := root.Result.(*analyzer.Result)
		if !ok {
			continue
		}
		for _, e := range result.Explanations {
			if slices.ContainsFunc(e.Steps, func(s analyzer.Step) bool { return here(s.Place) && s.Line == line }) {
				known.findings = append(known.findings, e)
			}
		}
	}
	return known, lost, nil
}

// tell tells how each finding comes about; what the functions answer if there is none.
func (k knowledge) tell(w io.Writer, line string) error {
	out := bufio.NewWriter(w)
	defer out.Flush()
	for i, e := range k.findings {
		if i > 0 {
			fmt.Fprintln(out)
		}
		output.Explain(out, e)
	}
	if len(k.findings) == 0 {
		if len(k.functions) == 0 {
			fmt.Fprintf(out, "%s: nothing here asks for the state of anything, as far as errswallow knows (-query and .errswallow.yaml tell it more)\n", line)
		} else if err := audit.New(k.functions).List(out); err != nil {
			return err
		}
	}
	for _, f := range k.functions {
		if f.Reason != "" {
			fmt.Fprintf(out, "\nIt is accepted: %s\n", f.Reason)
		}
	}
	return nil
}

// explainFlags returns the flags of the subcommand, bound to the options.
func (o *options) explainFlags() *flag.FlagSet {
	flags := flag.NewFlagSet("errswallow explain", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	o.bindSettings(flags)
	flags.StringVar(&o.tags, "tags", "", "build `tags`, separated by commas")
	return flags
}

// explainUsage describes the subcommand.
func explainUsage(w io.Writer) {
	fmt.Fprint(w, strings.TrimPrefix(`
errswallow explain tells how a finding comes about, step by step: what was supposed,
which conditions lead on, what is told, what an absent object would have been told, and
what hangs on it. It explains weak findings, too, which are not reported by default. Of a
function without any it says what that answers.

Usage:
	errswallow explain [flags] FILE:LINE

Flags:
`, "\n"))
	flags := new(options).explainFlags()
	flags.SetOutput(w)
	flags.PrintDefaults()
	fmt.Fprint(w, `
Exit status: 0 it is told; 1 the package is analysed in part, or not at all, or a setting
is wrong; 2 the command line is wrong.
`)
}
