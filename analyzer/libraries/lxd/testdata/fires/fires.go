// Package fires takes an LXD that does not answer for an instance that does not exist.
package fires

import (
	"os/exec"

	lxd "github.com/lxc/lxd/client"
	"github.com/lxc/lxd/shared/api"
)

func InstanceExists(server lxd.InstanceServer, project, name string) bool {
	_, _, err := server.UseProject(project).GetInstance(name)
	return err == nil // want `InstanceExists: answers false, as for .* when GetInstance times out \(collapse\)`
}

func Ensure(server lxd.InstanceServer, name string) error {
	if _, _, err := server.GetInstance(name); err == nil {
		return nil
	}
	_, err := server.CreateInstance(api.InstancesPost{Name: name}) // want `Ensure: calls CreateInstance, as for .* when GetInstance times out \(destroy\)`
	return err
}

func Running(server lxd.InstanceServer, name string) (bool, error) {
	state, _, err := server.GetInstanceState(name)
	if err != nil {
		return false, nil // want `Running: answers \(false, nil\), as for .* when GetInstanceState times out \(collapse\)`
	}
	return state.StatusCode == api.Running, nil
}

func HasImage(server lxd.ImageServer, alias string) bool {
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
func Conflict(server lxd.InstanceServer, name string) (bool, error) {
	_, _, err := server.GetProfile(name)
	if err != nil && !api.StatusErrorCheck(err, 409) {
		return false, nil // want `Conflict: answers \(false, nil\), as for .* when GetProfile times out \(collapse\)`
	}
	return true, err
}

// The command line.
func Info(name string) bool {
	return exec.Command("lxc", "info", name).Run() == nil // want `Info: answers false, as for .* when lxc info times out \(collapse\)`
}
