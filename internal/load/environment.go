package load

import (
	"go/version"
	"os/exec"
	"runtime"
	"strings"
)

// An environment is what the go command says of itself.
type environment struct {
	goroot, goarch, goversion string
}

// ask asks the go command that builds what stands in a folder: go.mod may choose
// another than the first on the path.
func ask(dir string) environment {
	cmd := exec.Command("go", "env", "GOROOT", "GOARCH", "GOVERSION")
	cmd.Dir = dir
	out, err := cmd.Output()
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	if err != nil || len(lines) != 3 {
		return environment{goarch: runtime.GOARCH} // go list fails, too, and says why
	}
	return environment{lines[0], lines[1], lines[2]}
}

// newer reports whether a version of Go, as go.mod has it, is newer than the one that
// this command was built with, whose parser and type checker it uses.
func newer(v string) bool {
	return version.Compare(version.Lang("go"+strings.TrimPrefix(v, "go")), version.Lang(built())) > 0
}

// built is the version of Go that this command was built with; a development version
// is as new as any.
var built = func() string {
	name, _, _ := strings.Cut(runtime.Version(), " ")
	if !version.IsValid(name) {
		return "go9999.0"
	}
	return name
}
