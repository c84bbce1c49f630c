package helper

import (
	"bytes"
	"os/exec"
	"strings"
)

// Cmd is what a command can do, for fakes.
type Cmd interface {
	Run() error
	SetOutput(b *bytes.Buffer)
}

type local struct{ *exec.Cmd }

func (l *local) SetOutput(b *bytes.Buffer) { l.Stdout = b }

type maker struct{}

func (maker) Command(name string, args ...string) Cmd { return &local{exec.Command(name, args...)} }

var commands = maker{}

// Command makes a command.
func Command(name string, args ...string) Cmd { return commands.Command(name, args...) }

// Lines runs a command, and answers what it prints.
func Lines(cmd Cmd) ([]string, error) {
	var b bytes.Buffer
	cmd.SetOutput(&b)
	if err := cmd.Run(); err != nil {
		return nil, err
	}
	return strings.Fields(b.String()), nil
}

// Run runs a command.
func Run(cmd *exec.Cmd) error { return cmd.Run() }

// Output answers what a command prints, and nothing if it fails.
func Output(cmd *exec.Cmd) string {
	out, err := cmd.Output()
	if err != nil {
		return ""
	}
	return string(out)
}
