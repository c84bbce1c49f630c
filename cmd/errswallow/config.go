package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"reflect"
	"strings"
	"text/tabwriter"

	"github.com/errswallow/errswallow/internal/config"
)

// noConfig is the value of -config that leaves the repository's settings aside.
const noConfig = "off"

// configure changes to the folder that the command line names, and adds to what the
// command line says what the repository's settings do. It returns the exit status of its
// error.
func (o *options) configure() (int, error) {
	if o.dir != "" {
		if err := os.Chdir(o.dir); err != nil {
			return misused, fmt.Errorf("-C: %w", err)
		}
	}
	var err error
	switch o.config {
	case noConfig:
	case "":
		o.file, err = config.For(".")
	default:
		if o.file, err = config.Read(o.config); err != nil {
			err = fmt.Errorf("-config: %w", err)
		}
	}
	if err != nil {
		return failed, err
	}
	o.settings = o.file.Under(o.settings, func(flag string) bool { return o.given[flag] })
	return failed, o.settings.Validate()
}

// configs prints the settings that are in force, and where each comes from.
func configs(args []string) (int, error) {
	o := &options{}
	flags := flag.NewFlagSet("errswallow config", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	o.bindSettings(flags)
	err := flags.Parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		fmt.Print("errswallow config prints the settings that are in force, and where each comes from:\na flag, or " + config.Name + " in the module's folder or above it.\n\nFlags:\n")
		flags.SetOutput(os.Stdout)
		flags.PrintDefaults()
		return clean, nil
	case err != nil:
		return misused, fmt.Errorf("%w (errswallow config -help lists the flags)", err)
	case flags.NArg() > 0:
		return misused, fmt.Errorf("config: it looks at no packages, and %q is one", flags.Arg(0))
	}
	o.given = namedFlags(flags)
	if status, err := o.configure(); err != nil {
		return status, err
	}
	return clean, o.showConfig(os.Stdout)
}

// showConfig writes a line a setting: its key, its value, and where that comes from.
func (o *options) showConfig(w io.Writer) error {
	out := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	settings := reflect.ValueOf(o.settings)
	for _, f := range reflect.VisibleFields(settings.Type()) {
		key := f.Tag.Get("json")
		if key == "-" {
			continue
		}
		var texts []string
		switch v := settings.FieldByIndex(f.Index).Interface().(type) {
		case []string:
			texts = v
		case string:
			if v != "" {
				texts = []string{v}
			}
		case bool:
			if v || o.given[key] || o.file.Where(key, "false") != "" {
				texts = []string{fmt.Sprint(v)}
			}
		}
		for _, text := range texts {
			fmt.Fprintf(out, "%s\t%s\t%s\n", key, text, strings.TrimSuffix(o.settings.At(key, text), ": "+key))
		}
		if len(texts) == 0 {
			fmt.Fprintf(out, "%s\t%s\tby default\n", key, map[string]string{"rules": "all", "libraries": "all", "evidence": "likely", "verbose": "false"}[key])
		}
	}
	return out.Flush()
}
