package fires

import (
	"os"
	"os/exec"
	"path/filepath"
)

// What the program is says the name of what holds its path.
type config struct{ DockerBinary, podman_path string }

func NewConfig(docker, podman string) *config { return &config{docker, podman} }

func (c *config) ByField(name string) bool {
	return exec.Command(c.DockerBinary, "inspect", name).Run() == nil // want `ByField: answers false, as for .* when docker inspect times out \(collapse\)`
}

func ByFieldOfCopy(c config, name string) bool {
	return exec.Command(c.podman_path, "inspect", name).Run() == nil // want `ByFieldOfCopy: answers false, as for .* when podman inspect times out \(collapse\)`
}

func ByHelperOfField(c *config, name string) bool {
	return start(c.DockerBinary, "inspect", name).Run() == nil // want `ByHelperOfField: answers false, as for .* when docker inspect times out \(collapse\)`
}

var nerdctl string

func ByGlobal(name string) bool { return exec.Command(nerdctl, "inspect", name).Run() == nil } // want `ByGlobal: answers false, as for .* when nerdctl inspect times out \(collapse\)`

func dockerPath() string { return os.Getenv("DOCKER") }

func ByAnswer(name string) bool { return exec.Command(dockerPath(), "inspect", name).Run() == nil } // want `ByAnswer: answers false, as for .* when docker inspect times out \(collapse\)`

func ByDefault(name string) bool {
	bin := os.Getenv("ENGINE")
	if bin == "" {
		bin = "docker"
	}
	return exec.Command(bin, "inspect", name).Run() == nil // want `ByDefault: answers false, as for .* when docker inspect times out \(collapse\)`
}

func ByLooking(name string) (bool, error) {
	path, err := exec.LookPath("docker")
	if err != nil {
		return false, err
	}
	return exec.Command(path, "inspect", name).Run() == nil, nil // want `ByLooking: answers \(false, nil\), as for .* when docker inspect times out \(collapse\)`
}

func ByJoining(dir, name string) bool {
	return exec.Command(filepath.Join(dir, "docker"), "inspect", name).Run() == nil // want `ByJoining: answers false, as for .* when docker inspect times out \(collapse\)`
}

// In a container, another command line is run.
func Inside(node, image string) bool {
	return exec.Command("docker", "exec", "-i", "-u", "root", node, "crictl", "inspecti", image).Run() == nil // want `Inside: answers false, as for .* when crictl inspecti times out \(collapse\)`
}

// A struct is handed with the line in it, and the program is what a function answers.
type request struct {
	Command string
	Args    []string
}

type response struct{ Stdout string }

type caller interface {
	Call(request) (response, error)
}

func DockerBin() string { return os.Getenv("DOCKER_BIN") }

func ByRequest(r caller, name string) bool {
	_, err := r.Call(request{Command: DockerBin(), Args: []string{"inspect", name}})
	return err == nil // want `ByRequest: answers false, as for .* when docker inspect times out \(collapse\)`
}

// A spelled command is a struct with a program and its arguments, whose methods run it.
type spelled struct {
	Program string
	Args    []string
	Why     string
}

func (s *spelled) cmd() *exec.Cmd { return exec.Command(s.Program, s.Args...) }

func (s *spelled) Exec() (string, error) {
	out, err := s.cmd().Output()
	return string(out), err
}

func inDocker(args []string, why string) spelled {
	return spelled{Program: "docker", Args: args, Why: why}
}

func Spelled(name string) bool {
	cmd := inDocker([]string{"inspect", name}, "looking for it")
	if _, err := cmd.Exec(); err != nil {
		return false // want `Spelled: answers false, as for .* when docker inspect times out \(collapse\)`
	}
	return true
}

func SpelledHere(name string) bool {
	cmd := &spelled{Program: "docker", Args: []string{"inspect", name}}
	_, err := cmd.Exec()
	return err == nil // want `SpelledHere: answers false, as for .* when docker inspect times out \(collapse\)`
}
