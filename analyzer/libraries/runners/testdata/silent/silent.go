// Package silent asks what went wrong, or runs something else.
package silent

import (
	"context"
	"strings"

	execute "github.com/alexellis/go-execute/v2"
	"github.com/bitfield/script"
	"k8s.io/utils/exec"
)

type runtime struct{ exec exec.Interface }

func (r *runtime) Exists(id string) (bool, error) {
	out, err := r.exec.Command("docker", "container", "inspect", id).CombinedOutput()
	if err != nil && strings.Contains(string(out), "No such container") {
		return false, nil
	}
	return err == nil, err
}

func Running(id string) (bool, error) {
	out, err := script.Exec("docker container inspect --format {{.State.Running}} " + id).String()
	if err != nil {
		return false, err
	}
	return strings.TrimSpace(out) == "true", nil
}

func Known(ctx context.Context, id string) error {
	task := execute.ExecTask{Command: "docker", Args: []string{"container", "inspect", id}}
	_, err := task.Execute(ctx)
	return err
}

func Clean(dir string) bool { return script.Exec("git -C "+dir+" diff --quiet").Wait() == nil }

func Lines(path string) int {
	n, err := script.File(path).CountLines()
	if err != nil {
		return 0
	}
	return n
}
