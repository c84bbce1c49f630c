// The errswallow command reports transient errors of container runtimes that
// are answered as absence: a busy daemon times out, and the container is taken
// for dead.
//
// Run it alone, or as a vet tool:
//
//	errswallow ./...
//	go vet -vettool=$(which errswallow) ./...
//
// Alone it exits with 0 when there is nothing to report, with 3 when there are
// findings, with 1 when a package cannot be loaded or a setting is wrong, and
// with 2 when the command line is. go vet exits with 1 on findings, too.
package main

import (
	"fmt"
	"os"
	"runtime/debug"

	"golang.org/x/tools/go/analysis/singlechecker"

	"github.com/errswallow/errswallow/analyzer"
)

func main() {
	// -V=full, -flags and *.cfg are the vet protocol's, and singlechecker's.
	if len(os.Args) == 2 && (os.Args[1] == "-version" || os.Args[1] == "--version") {
		fmt.Println("errswallow", version())
		return
	}
	if cfg := unit(os.Args[1:]); cfg != "" {
		checkUnit(os.Args[1:], cfg)
	}
	singlechecker.Main(analyzer.Analyzer)
}

// version returns the version of the module that the command was built from.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}
