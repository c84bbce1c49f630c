// Package fires takes an Incus that does not answer for an instance that does not exist.
package fires

import (
	"fmt"
	"os/exec"
	"strings"

	incus "github.com/lxc/incus/v6/client"
	"github.com/lxc/incus/v6/shared/api"
)

func InstanceExists(server incus.InstanceServer, project, name string) bool {
	_, _, err := server.UseProject(project).GetInstance(name)
	return err == nil // want `InstanceExists: answers false, as for .* when GetInstance times out \(collapse\)`
}

func Ensure(server incus.InstanceServer, name string) error {
	if _, _, err := server.GetInstance(name); err == nil {
		return nil
	}
	_, err := server.CreateInstance(api.InstancesPost{Name: name}) // want `Ensure: calls CreateInstance, as for .* when GetInstance times out \(destroy\)`
	return err
}

func Running(server incus.InstanceServer, name string) (bool, error) {
	state, _, err := server.GetInstanceState(name)
	if err != nil {
		return false, nil // want `Running: answers \(false, nil\), as for .* when GetInstanceState times out \(collapse\)`
	}
	return state.StatusCode == api.Running, nil
}

func HasImage(server incus.ImageServer, alias string) bool {
	entry, _, _ := server.GetImageAlias(alias) // want `HasImage: drops the error of GetImageAlias and answers false, as for .* when GetImageAlias times out \(discard\)`
	return entry != nil
}

// An interface of one's own.
type server interface {
	GetNetwork(name string) (*api.Network, string, error)
}

func HasNetwork(s server, name string) bool {
	_, _, err := s.GetNetwork(name)
	return err == nil // want `HasNetwork: answers false, as for .* when GetNetwork times out \(collapse\)`
}

// Another code is not that of absence.
func Conflict(server incus.InstanceServer, name string) (bool, error) {
	_, _, err := server.GetProfile(name)
	if err != nil && !api.StatusErrorCheck(err, 409) {
		return false, nil // want `Conflict: answers \(false, nil\), as for .* when GetProfile times out \(collapse\)`
	}
	return true, err
}

// The command line, through a helper that has the program inside a text, for a group.
func quoted(text string) string { return "'" + strings.ReplaceAll(text, "'", "'\\''") + "'" }

func words(args ...string) []string {
	all := append([]string{"--project", "default"}, args...)
	out := make([]string, len(all))
	for i, arg := range all {
		out[i] = shellQuote(arg)
	}
	return []string{"incus-admin", "-c", "incus " + strings.Join(out, " ")}
}

func shellQuote(text string) string { return quoted(text) }

func output(args ...string) (string, error) {
	out, err := exec.Command("sg", words(args...)...).Output()
	if err != nil {
		return "", fmt.Errorf("incus %v: %w", args, err)
	}
	return strings.TrimSpace(string(out)), nil
}

func Listed(name string) bool {
	out, err := output("list", "^"+name+"$", "--format=csv")
	return err == nil && out != "" // want `Listed: answers false, as for .* when incus list times out \(collapse\)`
}

func Aliased(name string) bool {
	out, _ := output("image", "alias", "list", name) // want `Aliased: drops the error of incus image alias list and answers false, as for .* when incus image alias list times out \(discard\)`
	return out != ""
}

func Queried(name string) bool {
	return exec.Command("incus", "query", "/1.0/instances/"+name).Run() == nil // want `Queried: answers false, as for an instance that does not exist, when incus query times out \(collapse\)`
}
