// Package fires asks through fsouza/go-dockerclient.
package fires

import docker "github.com/fsouza/go-dockerclient"

func Exists(cli *docker.Client, id string) bool {
	_, err := cli.InspectContainerWithOptions(docker.InspectContainerOptions{ID: id})
	return err == nil // want `Exists: answers false, .* when InspectContainerWithOptions times out \(collapse\)`
}

func ImageExists(cli *docker.Client, name string) (bool, error) {
	_, err := cli.InspectImage(name)
	if err == docker.ErrNoSuchImage {
		return false, nil
	}
	if err == docker.ErrConnectionRefused {
		return false, nil // want `ImageExists: answers \(false, nil\), as for an image .* \(collapse\)`
	}
	return true, err
}
