package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/errswallow/errswallow/analyzer"
	"github.com/errswallow/errswallow/internal/config"
	"github.com/errswallow/errswallow/internal/output"
)

// options are what the command line of a run alone says.
type options struct {
	settings analyzer.Settings
	patterns []string

	// config is where the repository's settings are, and file what is there, nil if there
	// is none; given are the flags that the command line has.
	config string
	file   *config.File
	given  map[string]bool

	dir           string
	tests         bool
	tags          string
	json          bool
	format        string
	context       int
	sarif         string
	baseline      string
	writeBaseline bool
	newFrom       string
	// past is the folder to look at instead of the working directory, "" for that.
	past    string
	fix     choice
	diff    bool
	cache   string
	version bool
	with    string
}

// formats are the values of -format.
var formats = []string{"text", "json", "github", "gitlab"}

// parse reads a command line. Its error is for whoever typed it; flag.ErrHelp asks
// for the usage.
func parse(args []string) (*options, error) {
	o := &options{}
	flags := o.flags()
	if err := flags.Parse(args); err != nil {
		return nil, err
	}
	if o.patterns = flags.Args(); len(o.patterns) == 0 {
		o.patterns = []string{"."}
	}
	if err := lateFlag(o.patterns); err != nil {
		return nil, err
	}
	switch {
	case !slices.Contains(formats, o.format):
		return nil, fmt.Errorf("-format: unknown format %q: have %s", o.format, strings.Join(formats, ", "))
	case o.json && o.format != "text" && o.format != "json":
		return nil, fmt.Errorf("-json and -format %s do not go together: the one is -format json", o.format)
	case o.context < 0:
		return nil, fmt.Errorf("-c: %d lines", o.context)
	case o.writeBaseline && o.baseline == "":
		return nil, errors.New("-write-baseline: -baseline names no file to write")
	}
	all := conflicts
	if o.sarif == output.Stdout {
		all = append(slices.Clone(all), conflict{"sarif", []string{"json", "format", "diff", "c"}, "-sarif - has standard output for itself"})
	}
	if err := refuse(flags, all); err != nil {
		return nil, err
	}
	if o.json {
		o.format = "json"
	}
	o.given = namedFlags(flags)
	return o, nil
}

// lateFlag returns an error for a flag among the packages.
func lateFlag(patterns []string) error {
	if i := slices.IndexFunc(patterns, func(p string) bool { return strings.HasPrefix(p, "-") }); i >= 0 {
		return fmt.Errorf("flag %s comes after a package: flags come first", patterns[i])
	}
	return nil
}

// flags returns the flags, bound to the options.
func (o *options) flags() *flag.FlagSet {
	flags := flag.NewFlagSet("errswallow", flag.ContinueOnError)
	flags.SetOutput(io.Discard) // main says what is wrong, in one line
	o.bindSettings(flags)
	flags.BoolVar(&o.tests, "test", true, "analyse test files, too")
	flags.StringVar(&o.tags, "tags", "", "build `tags`, separated by commas")
	flags.StringVar(&o.format, "format", "text", "print findings as `text`, json, github (annotations of GitHub Actions) or gitlab (Code Quality of GitLab)")
	flags.BoolVar(&o.json, "json", false, "the same as -format json")
	flags.IntVar(&o.context, "c", 0, "print `n` lines before and after each finding's")
	flags.StringVar(&o.sarif, "sarif", "", "write findings to `file`, too, as SARIF 2.1.0; - is standard output, with nothing else")
	flags.StringVar(&o.baseline, "baseline", "", "leave out the findings that `file` has")
	flags.BoolVar(&o.writeBaseline, "write-baseline", false, "write the findings to the file of -baseline")
	flags.StringVar(&o.newFrom, "new-from", "", "report only what is not found where the branch began: the last commit that it has in common with `revision`")
	flags.Var(&o.fix, "fix", "apply a suggested fix of each finding: the first, or with -fix=`n` the nth where there are several")
	flags.BoolVar(&o.diff, "diff", false, "print what -fix would change as a unified diff, and change nothing")
	flags.StringVar(&o.with, "with", "", "take the word of `file`, what errswallow inject -format json has written, for what it has shown")
	flags.StringVar(&o.cache, "cache", "", "keep what was learned of packages in `dir`, or nothing if it is off (default $ERRSWALLOW_CACHE, or errswallow in the user's folder for caches)")
	flags.BoolVar(&o.version, "version", false, "print the version")
	return flags
}

// bindSettings adds the flags that say what is looked for, and where that is written.
func (o *options) bindSettings(flags *flag.FlagSet) {
	o.settings.Bind(flags)
	flags.StringVar(&o.dir, "C", "", "change to `dir` first")
	flags.StringVar(&o.config, "config", "", "read settings from `file`, or none if it is off (default .errswallow.yaml in the module's folder, or above it)")
}

// usage describes the command.
func usage(w io.Writer) {
	fmt.Fprint(w, `errswallow reports transient errors that are answered as absence.

Usage:
	errswallow [flags] [packages]
	errswallow audit [flags] [packages]
	errswallow inject [flags] [packages]
	errswallow explain [flags] FILE:LINE
	errswallow config [flags]
	errswallow help RULE
	errswallow version
	go vet -vettool=$(which errswallow) [flags] [packages]

Without packages it analyses the one of this folder.

Rules:
`)
	for _, r := range analyzer.Rules() {
		fmt.Fprintf(w, "\t%-10s %s\n", r.ID, r.Title)
	}
	fmt.Fprint(w, "\nFlags:\n")
	flags := new(options).flags()
	flags.SetOutput(w)
	flags.PrintDefaults()
	fmt.Fprint(w, `
Exit status: 0 nothing to report; 3 findings; 1 a package is analysed in part, and
nothing is found, or not at all, or a setting is wrong; 2 the command line is wrong.
`)
}

// fail says why the command ends, and ends it.
func fail(status int, err error) {
	for line := range strings.Lines(err.Error()) {
		say(strings.TrimSuffix(line, "\n"))
	}
	os.Exit(status)
}

// say says something on standard error, in one line. Files are named as they are seen
// from here.
func say(line string) {
	if dir, err := os.Getwd(); err == nil {
		line = strings.ReplaceAll(line, dir+string(filepath.Separator), "")
	}
	fmt.Fprintln(os.Stderr, "errswallow:", line)
}
