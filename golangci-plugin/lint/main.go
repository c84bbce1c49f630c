// The lint command is golangci-lint with errswallow in it, for the tests: what
// golangci-lint custom makes of .custom-gcl.yml.
package main

import (
	"fmt"
	"os"

	"github.com/golangci/golangci-lint/v2/pkg/commands"
	"github.com/golangci/golangci-lint/v2/pkg/exitcodes"

	_ "github.com/errswallow/errswallow/golangci-plugin"
)

func main() {
	if err := commands.Execute(commands.BuildInfo{Version: "v2.15.0"}); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(exitcodes.Failure)
	}
}
