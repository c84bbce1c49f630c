package predicates

import (
	"context"

	docker "github.com/fsouza/go-dockerclient"
)

// Fsouza is IsRunning by the client of github.com/fsouza/go-dockerclient. Its inspect
// answers NoSuchContainer for every status 404, and drops the words; so this lists,
// and what a list lacks is absent.
func Fsouza(ctx context.Context, host, id string) (bool, error) {
	cli, err := docker.NewClient(host)
	if err != nil {
		return true, err
	}
	list, err := cli.ListContainers(docker.ListContainersOptions{
		Context: ctx, All: true, Filters: map[string][]string{"name": {"^/" + id + "$"}},
	})
	if err != nil {
		return true, err
	}
	if list == nil { // null, and not []
		return true, errAnswer
	}
	if len(list) == 0 {
		return false, nil
	}
	return runs(list[0].State)
}
