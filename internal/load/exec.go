package load

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
)

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

// environment asks the go command where its standard library is, and for which
// processor it builds.
var environment = sync.OnceValue(func() [2]string {
	out, err := exec.Command("go", "env", "GOROOT", "GOARCH").Output()
	if err != nil {
		return [2]string{} // packages.Load has failed before, and said so
	}
	root, arch, _ := strings.Cut(strings.TrimSpace(string(out)), "\n")
	return [2]string{root, arch}
})

func goroot() string { return environment()[0] }
func goarch() string { return environment()[1] }
