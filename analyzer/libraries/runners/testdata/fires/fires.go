// Package fires takes every failure of a command for an object that is not there.
package fires

import (
	"context"
	"strings"

	execute "github.com/alexellis/go-execute/v2"
	"github.com/bitfield/script"
	"k8s.io/utils/exec"
)

type runtime struct{ exec exec.Interface }

func (r *runtime) Exists(id string) bool {
	out, err := r.exec.Command("docker", "container", "inspect", id).CombinedOutput()
	if err != nil {
		return false // want `Exists: answers false, as for a container that does not exist, when docker container inspect times out \(collapse\)`
	}
	return len(out) > 0
}

func Running(id string) bool {
	out, err := script.Exec("docker container inspect --format {{.State.Running}} " + id).String()
	if err != nil {
		return false // want `Running: answers false, as for a container that does not exist, when docker container inspect times out \(collapse\)`
	}
	return strings.TrimSpace(out) == "true"
}

func Known(ctx context.Context, id string) bool {
	task := execute.ExecTask{Command: "docker", Args: []string{"container", "inspect", id}}
	_, err := task.Execute(ctx)
	return err == nil // want `Known: answers false, as for a container that does not exist, when docker container inspect times out \(collapse\)`
}
