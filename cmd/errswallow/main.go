// The errswallow command reports transient errors that are answered as absence: a busy
// daemon times out, and the container is taken for dead.
//
// Run it alone, or as a vet tool:
//
//	errswallow ./...
//	go vet -vettool=$(which errswallow) ./...
//
// Alone it exits with 0 when there is nothing to report, with 3 when there are
// findings, with 1 when a package is analysed in part and nothing is found, or not at
// all, or a setting is wrong, and with 2 when the command line is. go vet exits with 1
// on findings, too.
package main

import (
	"fmt"
	"os"
	"runtime/debug"
	"slices"

	"github.com/errswallow/errswallow/docs"
	"github.com/errswallow/errswallow/internal/load"
)

// toolexec is the command that the go command is told to run compilers with.
const toolexec = "toolexec"

func main() {
	args := os.Args[1:]
	switch {
	case len(args) > 1 && args[0] == toolexec: // the tool's own flags follow
		os.Exit(load.Refuse(args[1:]))
	case vetProtocol(args):
		vet(args)
	case len(args) > 0 && subcommands[args[0]] != nil:
		end(subcommands[args[0]](args[1:]))
	default:
		end(alone(args))
	}
}

// subcommands are what the first argument may be, instead of a flag or a package.
var subcommands map[string]func(args []string) (int, error)

func init() { // help is among them, and looks at them
	subcommands = map[string]func(args []string) (int, error){
		"audit":   audits,
		"check":   alone,
		"config":  configs,
		"explain": explains,
		"help":    help,
		"inject":  injects,
		"version": func(args []string) (int, error) { return alone(append([]string{"-version"}, args...)) },
	}
}

// end ends the process, and says why if there is an error.
func end(status int, err error) {
	if err != nil {
		fail(status, err)
	}
	os.Exit(status)
}

// help prints the page of a rule, how to use a subcommand, or how to use the command.
func help(args []string) (int, error) {
	switch {
	case len(args) == 0:
		usage(os.Stdout)
		return clean, nil
	case len(args) > 1:
		return misused, fmt.Errorf("help: one rule at a time, and %q is one more", args[1])
	}
	switch topic := args[0]; topic {
	case "audit", "check", "config", "explain":
		return subcommands[topic]([]string{"-help"})
	default:
		page, ok := docs.Rule(topic)
		if !ok {
			return misused, fmt.Errorf("help: no rule %q (errswallow help lists them)", topic)
		}
		fmt.Print(page)
		return clean, nil
	}
}

// version returns the version of the module that the command was built from.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}

// vetProtocol reports whether go vet runs the command: it asks for its version
// and its flags, and then to analyse one package.
func vetProtocol(args []string) bool {
	return slices.Contains(args, "-V=full") || slices.Contains(args, "-flags") || unit(args) != ""
}
