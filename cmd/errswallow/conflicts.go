package main

import (
	"flag"
	"fmt"
)

// A conflict is flags of which one leaves no room for the other: nothing that is
// asked for is passed over without a word.
type conflict struct {
	flag   string
	others []string
	why    string
}

// conflicts are those of a run alone.
var conflicts = []conflict{
	{"version", nil, "there is nothing to analyse then"},
	{"write-baseline", []string{"fix", "diff", "format", "json", "c", "sarif"}, "what goes into a baseline is not reported"},
	{"write-baseline", []string{"libraries"}, "a baseline does not say which library a finding is about, so the others' would be lost"},
	{"write-baseline", []string{"evidence"}, "a baseline does not say how strong the evidence was, so that of other findings would be lost"},
	{"write-baseline", []string{"with"}, "a baseline does not say what a run has shown"},
	{"write-baseline", []string{"new-from"}, "what is not new goes into a baseline, too"},
	{"diff", []string{"json", "format", "c"}, "standard output is a patch"},
	{"c", []string{"json", "format"}, "lines around a finding are for text"},
}

// auditConflicts are those of an audit.
var auditConflicts = []conflict{
	{"against", []string{"format"}, "what is better or worse is text"},
}

// refuse returns an error for the first two flags that do not work together.
func refuse(flags *flag.FlagSet, conflicts []conflict) error {
	given := givenFlags(flags)
	for _, c := range conflicts {
		if !given[c.flag] {
			continue
		}
		others := c.others
		if others == nil {
			flags.Visit(func(f *flag.Flag) { others = append(others, f.Name) })
		}
		for _, other := range others {
			if other != c.flag && given[other] {
				return fmt.Errorf("-%s and -%s do not go together: %s", c.flag, other, c.why)
			}
		}
	}
	return nil
}

// givenFlags are the flags that say something else than if they were not there.
func givenFlags(flags *flag.FlagSet) map[string]bool {
	given := map[string]bool{}
	flags.Visit(func(f *flag.Flag) { given[f.Name] = f.Value.String() != f.DefValue })
	return given
}

// namedFlags are the flags that a command line has, whatever they say.
func namedFlags(flags *flag.FlagSet) map[string]bool {
	named := map[string]bool{}
	flags.Visit(func(f *flag.Flag) { named[f.Name] = true })
	return named
}
