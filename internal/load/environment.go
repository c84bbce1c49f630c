package load

import (
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
