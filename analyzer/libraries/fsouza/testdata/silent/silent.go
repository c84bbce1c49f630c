// Package silent asks through fsouza/go-dockerclient.
package silent

import (
	"errors"

	docker "github.com/fsouza/go-dockerclient"
)

func Exists(cli *docker.Client, id string) (bool, error) {
	_, err := cli.InspectContainerWithOptions(docker.InspectContainerOptions{ID: id})
	if _, ok := err.(*docker.NoSuchContainer); ok {
		return false, nil
	}
	return true, err
}

func ExistsAs(cli *docker.Client, id string) (bool, error) {
	_, err := cli.InspectContainerWithOptions(docker.InspectContainerOptions{ID: id})
	var absent *docker.NoSuchContainer
	if errors.As(err, &absent) {
		return false, nil
	}
	return true, err
}

func ImageExists(cli *docker.Client, name string) (bool, error) {
	_, err := cli.InspectImage(name)
	switch err {
	case docker.ErrNoSuchImage:
		return false, nil
	case nil:
		return true, nil
	}
	return true, err
}
