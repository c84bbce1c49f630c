package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"reflect"
	"strings"

	"github.com/errswallow/errswallow/analyzer"
)

// unit returns the configuration file that go vet runs the command with for one
// package, the last of its arguments, or "".
func unit(args []string) string {
	if n := len(args); n > 0 && strings.HasSuffix(args[n-1], ".cfg") {
		return args[n-1]
	}
	return ""
}

// vet ends the process if the settings on a command line of go vet are
// wrong. The pass would say so, too, but go vet caches the facts of a package
// whose analysis failed, and is silent about it from the second run on. What
// fails before it has any facts is run again, and fails again.
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
	if reflect.ValueOf(settings).IsZero() {
		return // the defaults are good, and there are hundreds of packages
	}
	err := settings.Validate()
	if err == nil {
		return
	}
	var config struct{ VetxOnly bool }
	if text, err := os.ReadFile(cfg); err == nil && json.Unmarshal(text, &config) == nil && config.VetxOnly {
		os.Exit(0)
	}
	fmt.Fprintln(os.Stderr, "errswallow:", err)
	os.Exit(1)
}
