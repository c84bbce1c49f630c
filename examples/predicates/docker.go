package predicates

import (
	"context"

	"github.com/containerd/errdefs"
	"github.com/docker/docker/client"
)

// Docker is IsRunning by the client of github.com/docker/docker, which types every
// status 404 as not found: the words tell.
func Docker(ctx context.Context, host, id string) (bool, error) {
	cli, err := client.NewClientWithOpts(client.WithHost(host), client.WithAPIVersionNegotiation())
	if err != nil {
		return true, err
	}
	defer cli.Close()
	info, err := cli.ContainerInspect(ctx, id)
	if errdefs.IsNotFound(err) && err.Error() == "Error response from daemon: No such container: "+id {
		return false, nil
	}
	if err != nil {
		return true, err
	}
	if info.ContainerJSONBase == nil || info.State == nil {
		return true, errAnswer
	}
	return runs(info.State.Status)
}
