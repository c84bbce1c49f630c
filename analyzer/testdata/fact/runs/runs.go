// Package runs has command lines run: nothing that it imports tells that.
package runs

import (
	"context"
	"strings"

	"testdata/fact/runner"
)

func Running(ctx context.Context, r runner.Runner, id string) (bool, error) {
	out, err := r.Run(ctx, "docker", "inspect", "-f", "{{.State.Running}}", id)
	if err != nil {
		return false, nil // want `Running: answers \(false, nil\), as for an object that does not exist, when docker inspect times out \(collapse\)`
	}
	return strings.TrimSpace(out) == "true", nil
}

func Told(ctx context.Context, r runner.Runner, id string) (bool, error) {
	out, err := r.Run(ctx, "docker", "inspect", "-f", "{{.State.Running}}", id)
	if err != nil && !strings.Contains(err.Error(), "No such object") {
		return true, err
	}
	return strings.TrimSpace(out) == "true", nil
}

// The program is named, and not run.
func Named(programs map[string]bool) bool { return programs["docker"] }
