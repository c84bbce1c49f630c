// Package held has commands that hold what was made of them.
package held

import "os/exec"

type runner struct {
	cmd  *exec.Cmd
	wrap *runner
}

func (r *runner) Run() error { return r.cmd.Run() }

func wrapped(r *runner, words ...string) *runner { return r }

func Held(name string) error {
	r := &runner{}
	r.wrap = wrapped(r, "inspect", name)
	r.wrap.wrap = wrapped(r.wrap, "inspect")
	return r.Run()
}

func docker(r *runner, words ...string) (*runner, error) { return r, nil }

func Around(name string) bool {
	var r runner
	r.wrap, _ = docker(&r, "docker", "inspect", name)
	for range 2 {
		r.wrap, _ = docker(r.wrap, "container", "inspect")
	}
	return r.wrap.Run() == nil
}
