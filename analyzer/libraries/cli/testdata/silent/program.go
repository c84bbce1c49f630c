package silent

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// What the program is says the name of what holds its path.
type config struct{ Path, GitBinary, DockerBinary, Dockerfile string }

func NewConfig(path, git, docker, file string) *config { return &config{path, git, docker, file} }

func (c *config) ByField(name string) (bool, error) {
	out, err := exec.Command(c.DockerBinary, "ps", "-q", "--filter", "name="+name).Output()
	return len(out) > 0, err
}

// Of others it says nothing.
func (c *config) ByPath(name string) bool { return exec.Command(c.Path, "inspect", name).Run() == nil }

func (c *config) ByOther(name string) bool {
	return exec.Command(c.GitBinary, "inspect", name).Run() == nil
}

func (c *config) ByFile(name string) bool {
	return exec.Command(c.Dockerfile, "inspect", name).Run() == nil
}

func ByDefault(name string) bool {
	bin := os.Getenv("ENGINE")
	if bin == "" {
		bin = "make"
	}
	return exec.Command(bin, "inspect", name).Run() == nil
}

func ByJoining(dir, name string) bool {
	return exec.Command(filepath.Join(dir, "docker", "build.sh"), "inspect", name).Run() == nil
}

// In a container, another command line is run.
func Inside(name, file string) bool {
	return exec.Command("docker", "exec", name, "test", "-e", file).Run() == nil
}

func InsideInspected(name string) bool {
	return exec.Command("docker", "exec", name, "app", "inspect").Run() == nil
}

// A struct is handed with the line in it.
type request struct {
	Command string
	Args    []string
}

type response struct{ Stdout string }

type caller interface {
	Call(request) (response, error)
}

func GitBin() string { return os.Getenv("GIT") }

func ByRequest(r caller, name string) bool {
	_, err := r.Call(request{Command: GitBin(), Args: []string{"inspect", name}})
	return err == nil
}

// A struct with a text and a list of texts is a command if it begins with a program.
type spelled struct {
	Program string
	Args    []string
}

func (s *spelled) Exec() (string, error) {
	out, err := exec.Command(s.Program, s.Args...).Output()
	return string(out), err
}

func inDocker(args ...string) spelled { return spelled{Program: "docker", Args: args} }

func Nothing() spelled { return spelled{} }

func inGit(args ...string) spelled { return spelled{Program: "git", Args: args} }

func Spelled(name string) (bool, error) {
	cmd := inDocker("inspect", name)
	out, err := cmd.Exec()
	if err != nil && strings.Contains(err.Error(), "No such object") {
		return false, nil
	}
	return out != "", err
}

func SpelledOtherwise(name string) bool {
	cmd := inGit("inspect", name)
	_, err := cmd.Exec()
	return err == nil
}

func SpelledNothing() bool {
	cmd := Nothing()
	_, err := cmd.Exec()
	return err == nil
}
