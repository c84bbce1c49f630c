// Package silent runs docker, and other programs.
package silent

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"strings"
)

func IsRunning(name string) (bool, error) {
	out, err := exec.Command("docker", "inspect", "-f", "{{.State.Running}}", name).CombinedOutput()
	if err != nil {
		if strings.Contains(string(out), "No such object") {
			return false, nil
		}
		return true, err
	}
	return strings.TrimSpace(string(out)) == "true", nil
}

func ByStderr(name string) (bool, error) {
	_, err := exec.Command("docker", "inspect", name).Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) && strings.Contains(string(exit.Stderr), "No such object") {
		return false, nil
	}
	return true, err
}

// The question is whether the daemon answers.
func DaemonUp() bool { return exec.Command("docker", "info").Run() == nil }

func Started(name string) bool { return exec.Command("docker", "start", name).Run() == nil }

func Clean() bool { return exec.Command("git", "diff", "--quiet").Run() == nil }

func Any(args ...string) bool { return exec.Command("docker", args...).Run() == nil }

func ByBuffer(name string) (bool, error) {
	cmd := exec.Command("docker", "inspect", name)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Run(); err != nil {
		if strings.Contains(stderr.String(), "No such object") {
			return false, nil
		}
		return true, err
	}
	return true, nil
}

func ByBuffers(name string) (bool, error) {
	cmd := exec.Command("docker", "inspect", name)
	var stdout, stderr strings.Builder
	cmd.Stdout, cmd.Stderr = &stdout, io.MultiWriter(os.Stderr, &stderr)
	if err := cmd.Run(); err != nil {
		if msg := strings.TrimSpace(stderr.String()); strings.HasPrefix(msg, "Error: No such object") {
			return false, nil
		}
		return true, err
	}
	return stdout.String() == "true", nil
}

type runner interface {
	Run(cmd *exec.Cmd) (string, error)
}

func HandedOver(r runner, name string) (bool, error) {
	_, err := r.Run(exec.Command("docker", "image", "inspect", name))
	return err == nil, err
}

func run(ctx context.Context, program string, args ...string) (string, error) {
	out, err := exec.CommandContext(ctx, program, args...).Output()
	return string(out), err
}

func Helped(ctx context.Context, name string) (bool, error) {
	_, err := run(ctx, "docker", "volume", "inspect", name)
	return err == nil, err
}

func Built(ctx context.Context, name string) bool {
	_, err := run(ctx, "docker", "build", "-t", name, ".")
	return err == nil
}

// Method values, and commands that are nil, are nothing to look into.
func MethodValue(name string) bool {
	inspect := exec.Command("docker", "inspect", name).Run
	return inspect() == nil
}

func with(cmd *exec.Cmd, words ...string) error { return cmd.Run() }

func NoCommand() error { return with(nil, "docker", "inspect") }

func named(program, word string, cmd *exec.Cmd) (bool, error) { return true, cmd.Run() }

func NilCommand() (bool, error) { return named("docker", "inspect", nil) }

func BufferValue(name string) (bool, error) {
	cmd := exec.Command("docker", "inspect", name)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	printed := stderr.String
	if err := cmd.Run(); err != nil {
		return true, errors.New(printed())
	}
	return true, nil
}

func ByBytes(name string) (bool, error) {
	out, err := exec.Command("docker", "image", "inspect", name).CombinedOutput()
	switch {
	case err == nil:
		return true, nil
	case bytes.Contains(out, []byte("No such image")):
		return false, nil
	default:
		return false, err
	}
}

// Any program may be inspected, and have a list of images.
type tool struct{ program string }

func (t *tool) Inspects(name string) bool {
	return exec.Command(t.program, "inspect", name).Run() == nil
}

func (t *tool) HasImages() bool { return exec.Command(t.program, "image", "list").Run() == nil }

func (t *tool) Mine(name string) bool {
	return exec.Command("mine", "image", "list", name).Run() == nil
}

func (t *tool) Exists(name string) (bool, error) {
	out, err := exec.Command(t.program, "container", "inspect", name).CombinedOutput()
	if err != nil && strings.Contains(string(out), "No such container") {
		return false, nil
	}
	return true, err
}

// What a helper answers beside the error need not be nil.
type outcome struct{ output string }

func (t *tool) outcome(ctx context.Context, args ...string) (*outcome, error) {
	out, err := exec.CommandContext(ctx, t.program, args...).CombinedOutput()
	return &outcome{string(out)}, err
}

func (t *tool) ID(ctx context.Context, name string) (string, error) {
	o, err := t.outcome(ctx, "container", "inspect", "-f", "{{.Id}}", name)
	if err != nil {
		return "", errors.New(o.output)
	}
	return o.output, nil
}

// The words are in what the helper answered.
func (t *tool) ExistsByOutcome(ctx context.Context, name string) (bool, error) {
	o, err := t.outcome(ctx, "container", "inspect", name)
	if err != nil {
		if strings.Contains(o.output, "No such container") {
			return false, nil
		}
		return true, err
	}
	return true, nil
}

func (t *tool) IDByOutcome(ctx context.Context, name string) (string, error) {
	o, err := t.outcome(ctx, "container", "inspect", "-f", "{{.Id}}", name)
	if err != nil {
		if strings.Contains(o.output, "No such container") {
			err = nil
		}
		return "", err
	}
	return o.output, nil
}

// Other programs, and other structs.
type input struct {
	Program string
	Args    []string
}

func call(in input) (string, error) {
	out, err := exec.Command(in.Program, in.Args...).Output()
	return string(out), err
}

func IsClean(dir string) bool {
	_, err := call(input{Program: "git", Args: []string{"diff", "--quiet", dir}})
	return err == nil
}

func (t *tool) IsTagged(tag string) bool {
	_, err := call(input{Args: []string{"inspect", tag}})
	return err == nil
}
