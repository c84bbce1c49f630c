// Package silent tells an instance that does not exist from an Incus that does not answer.
package silent

import (
	"net/http"
	"os/exec"
	"strings"

	incus "github.com/lxc/incus/v6/client"
	"github.com/lxc/incus/v6/shared/api"
)

func InstanceExists(server incus.InstanceServer, name string) (bool, error) {
	_, _, err := server.GetInstance(name)
	if api.StatusErrorCheck(err, http.StatusNotFound) {
		return false, nil
	}
	return err == nil, err
}

func Ensure(server incus.InstanceServer, name string) error {
	if _, _, err := server.GetInstance(name); !api.StatusErrorCheck(err, http.StatusNotFound) {
		return err
	}
	_, err := server.CreateInstance(api.InstancesPost{Name: name})
	return err
}

func Delete(server incus.InstanceServer, name string) error {
	_, _, err := server.GetInstance(name)
	if err != nil {
		if api.StatusErrorCheck(err, http.StatusNotFound, http.StatusGone) {
			return nil
		}
		return err
	}
	_, err = server.DeleteInstance(name)
	return err
}

func Count(server incus.InstanceServer) (int, error) {
	names, err := server.GetInstanceNames(api.InstanceTypeAny)
	return len(names), err
}

// The question is whether the daemon answers.
func Up(server incus.InstanceServer) bool {
	_, _, err := server.GetServer()
	return err == nil
}

func Started(server incus.InstanceServer, name string) bool {
	_, err := server.UpdateInstanceState(name, api.InstanceStatePut{Action: "start"}, "")
	return err == nil
}

func HasNetwork(server incus.InstanceServer, name string) (bool, error) {
	_, _, err := server.GetNetwork(name)
	switch {
	case err == nil:
		return true, nil
	case api.StatusErrorCheck(err, http.StatusNotFound):
		return false, nil
	default:
		return false, err
	}
}

func output(args ...string) (string, error) {
	out, err := exec.Command("incus", append([]string{"--project", "default"}, args...)...).Output()
	return strings.TrimSpace(string(out)), err
}

func Listed(name string) (bool, error) {
	out, err := output("list", "^"+name+"$", "--format=csv")
	return out != "", err
}

func Published(name string) bool {
	_, err := output("publish", name)
	return err == nil
}

func Version() bool { return exec.Command("incus", "version").Run() == nil }

// It is the server that is asked.
func Ready() bool { return exec.Command("incus", "info").Run() == nil }

func Queried(name string) ([]byte, error) {
	return exec.Command("incus", "query", "/1.0/instances/"+name).Output()
}
