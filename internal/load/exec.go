package load

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
)

// refusal is what Refuse says.
const refusal = "errswallow: not in the build cache"

// Refuse is a toolchain that compiles nothing. Given as -toolexec, it lets the go
// command ask a tool for its version, which the keys of the build cache are made
// of, and fails everything else: what is in the cache is found, what is not is not
// made. It returns the status to exit with.
func Refuse(args []string) int {
	if !slices.Contains(args, "-V=full") && !slices.Contains(args, "-###") {
		fmt.Fprintln(os.Stderr, refusal)
		return 1
	}
	if len(args) == 0 {
		return 1
	}
	return run(args)
}

// run runs a tool in this one's place and returns its exit status.
func run(args []string) int {
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	err := cmd.Run()
	if exit := new(exec.ExitError); err != nil && !errors.As(err, &exit) {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return cmd.ProcessState.ExitCode()
}

// quoted returns a command line as the go command splits it.
func quoted(args []string) string {
	var out []string
	for _, arg := range args {
		quote := `"`
		if strings.Contains(arg, quote) {
			quote = "'"
		}
		out = append(out, quote+arg+quote)
	}
	return strings.Join(out, " ")
}
