package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"reflect"
	"strings"

	"github.com/errswallow/errswallow/analyzer"
	"github.com/errswallow/errswallow/internal/load"
)

// unit returns the configuration file that go vet runs the command with for one
// package, the last of its arguments, or "".
func unit(args []string) string {
	if n := len(args); n > 0 && strings.HasSuffix(args[n-1], ".cfg") {
		return args[n-1]
	}
	return ""
}

// A vetConfig is what go vet says of a package.
type vetConfig struct {
	ImportPath, GoVersion string
	VetxOnly              bool
	// Standard are the packages of the standard library that it imports, and PackageVetx
	// what the command has written about imported packages.
	Standard    map[string]bool
	PackageVetx map[string]string
}

// vet ends the process if the settings on a command line of go vet are wrong, or if
// the command is too old for the go command. The driver would say so, too, but go vet
// caches the facts of a package whose analysis failed, and is silent about it from the
// second run on. What fails before it has any facts is run again, and fails again.
//
// A package that only its facts are asked of is passed over without a word: there
// are hundreds, and those asked for are told.
func vet(args []string) {
	cfg := unit(args)
	if cfg == "" {
		return
	}
	var settings analyzer.Settings
	flags := flag.NewFlagSet("", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	settings.Bind(flags)
	for _, name := range []string{"json", "fix", "diff"} {
		flags.Bool(name, false, "")
	}
	flags.Int("c", 0, "")
	if flags.Parse(args) != nil {
		return // singlechecker says what is wrong
	}
	var config vetConfig
	if text, err := os.ReadFile(cfg); err != nil || json.Unmarshal(text, &config) != nil {
		return // and here, too
	}
	var err error
	if len(settings.Catalogues) > 0 {
		err = fmt.Errorf("-catalogue %s: go vet would not see the file change: write its lines into a package, after //errswallow:catalogue", settings.Catalogues[0])
	} else if !reflect.ValueOf(settings).IsZero() { // the defaults are good
		err = settings.Validate()
	}
	if err == nil {
		err = config.outdated()
	}
	switch {
	case err == nil:
	case config.VetxOnly:
		os.Exit(0)
	default:
		fmt.Fprintln(os.Stderr, "errswallow:", err)
		os.Exit(1)
	}
}

// outdated returns an error if a package is written for a newer Go than the command was
// built with, or if it imports a package of the standard library that is.
func (c *vetConfig) outdated() error {
	if load.Newer(c.GoVersion) {
		return errors.New(load.Outdated(load.Asks(c.ImportPath, c.GoVersion)))
	}
	for path := range c.Standard {
		if path != "unsafe" && c.PackageVetx[path] == "" {
			return errors.New(load.Outdated("the go command is of a newer Go"))
		}
	}
	return nil
}
